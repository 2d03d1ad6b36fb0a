import { Controller, Param, Post } from '@nestjs/common';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Problem } from '../platform/problems/problem.ts';
import { Entry } from './entry.ts';
import { openedSession } from './live.api.ts';
import type { OpenedSession } from './live.api.ts';

const KEY = /^\d{1,9}@-?\d{1,10}$/;

/** From one's own page into the meeting. */
@Controller('api/series/:series/occurrences/:key')
@Allow('anyone signed in')
export class OpeningController {
  constructor(private readonly entry: Entry) {}

  @Post('session')
  @Answers(
    200,
    'Opens the session of an owed meeting, for its pair; asked again, it is the same one.',
    openedSession,
    'unknown-occurrence',
    'conflict',
  )
  open(
    @Caller() caller: Caller,
    @Param('series') series: string,
    @Param('key') key: string,
  ): Promise<OpenedSession> {
    if (!KEY.test(key)) throw new Problem('unknown-occurrence');
    return this.entry.open(caller, series, key as OccurrenceKey);
  }
}
