import { Body, Controller, Param, Put, Query, Req } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { Allow } from '../../platform/access/allow.ts';
import { Caller } from '../../platform/access/caller.ts';
import { Answers } from '../../platform/api/answers.ts';
import { clipQuery, sessionView, transcriptBody } from '../live.api.ts';
import type { ClipQuery, SessionView } from '../live.api.ts';
import type { InSession } from '../live-session.ts';
import { Screens } from '../screens.ts';
import { SessionViews } from '../session-views.ts';
import { Clips } from './clips.ts';

const RECORDINGS = /^(audio|video)\/|^application\/octet-stream/;

/** The artifact of a session: brought by either side, seen by both and by nobody else. */
@Controller('api/sessions/:session/clip')
@Allow('anyone signed in', 'somebody in a session')
export class ClipsController implements OnModuleInit {
  constructor(
    private readonly clips: Clips,
    private readonly screens: Screens,
    private readonly views: SessionViews,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Recordings are streamed past the limit that other bodies have; they have one of their own. */
  onModuleInit(): void {
    const instance = this.host.httpAdapter.getInstance<FastifyInstance>();
    if (!instance.hasContentTypeParser(RECORDINGS))
      instance.addContentTypeParser(RECORDINGS, (_request, payload, done) => done(null, payload));
  }

  @Put()
  @Answers(
    200,
    'Cuts the window out of the recording in the body and keeps only that.',
    sessionView,
    'unknown-session',
    'not-a-recording',
    'not-possible',
    'too-large',
  )
  async bring(
    @Caller() caller: Caller,
    @Param('session') session: string,
    @Query({ schema: clipQuery }) { start, end }: ClipQuery,
    @Req() { body }: FastifyRequest,
  ): Promise<SessionView> {
    return this.#shown(await this.clips.bring(caller, session, body, { start, end: end ?? null }));
  }

  @Put('transcript')
  @Answers(
    200,
    'Writes the lines of the clip, or an excerpt that stands alone.',
    sessionView,
    'unknown-session',
    'not-possible',
  )
  async write(
    @Caller() caller: Caller,
    @Param('session') session: string,
    @Body({ schema: transcriptBody }) { lines }: z.output<typeof transcriptBody>,
  ): Promise<SessionView> {
    return this.#shown(await this.clips.write(caller, session, lines));
  }

  #shown({ live, side }: InSession): SessionView {
    this.screens.show(live);
    return this.views.of({ live, side });
  }
}
