import { Body, Controller, Post } from '@nestjs/common';
import type * as z from 'zod';
import { Allow } from '../platform/access/allow.ts';
import { Answers } from '../platform/api/answers.ts';
import { Entry } from './entry.ts';
import { entered, linkBody, zoomBody, zoomChallenge, zoomCodeBody } from './live.api.ts';
import type { Entered, ZoomChallenge } from './live.api.ts';
import { ZoomEntry } from './zoom-entry.ts';

/** Where somebody without a token says who they are; what they hold is the proof. */
@Controller('sign-in')
@Allow('anybody')
export class SignInController {
  constructor(
    private readonly entry: Entry,
    private readonly zoom: ZoomEntry,
  ) {}

  @Post('link')
  @Answers(200, 'Lets the holder of a personal link into its session.', entered, 'unknown-link')
  byLink(@Body({ schema: linkBody }) { link }: z.output<typeof linkBody>): Promise<Entered> {
    return this.entry.byLink(link);
  }

  @Post('zoom')
  @Answers(
    200,
    'Lets somebody in for whom Zoom vouches, or says what is missing.',
    entered,
    'not-recognised',
    'zoom-is-off',
  )
  byContext(@Body({ schema: zoomBody }) body: z.output<typeof zoomBody>): Promise<Entered> {
    return this.zoom.byContext(body);
  }

  @Post('zoom/challenge')
  @Answers(200, 'What the panel hands to `authorize`.', zoomChallenge, 'zoom-is-off')
  challenge(): ZoomChallenge {
    return this.zoom.challenge();
  }

  @Post('zoom/code')
  @Answers(
    200,
    'Links a person to their Zoom account and lets them in.',
    entered,
    'not-recognised',
    'zoom-is-off',
  )
  byCode(@Body({ schema: zoomCodeBody }) body: z.output<typeof zoomCodeBody>): Promise<Entered> {
    return this.zoom.byCode(body);
  }
}
