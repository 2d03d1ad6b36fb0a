import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type * as z from 'zod';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Clock } from '../platform/clock.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import { happeningOf, needsRevision } from './happening.ts';
import { clockView, commandBody, sessionView, streamQuery } from './live.api.ts';
import type { ClockView, SessionView } from './live.api.ts';
import type { InSession } from './live-session.ts';
import { Screens } from './screens.ts';
import { SessionViews } from './session-views.ts';
import { MovedOn, Sessions } from './sessions.ts';
import { openStream } from './stream.ts';

/** The running session: read it, follow it, act in it. For the two people of its pair alone. */
@Controller('api/sessions/:session')
@Allow('anyone signed in', 'somebody in a session')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly screens: Screens,
    private readonly views: SessionViews,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(
    200,
    'The session as you see it; 204 where nothing is newer than `after`.',
    sessionView,
    'unknown-session',
  )
  async read(
    @Caller() caller: Caller,
    @Param('session') id: string,
    @Query({ schema: streamQuery }) { after }: z.output<typeof streamQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView | undefined> {
    const found = await this.sessions.read(caller, id);
    if (after === undefined || found.live.revision > after) return this.views.of(found);
    void reply.code(204);
  }

  @Get('clock')
  @Answers(200, 'The server’s time, to measure by how much one’s own is off.', clockView, 'unknown-session')
  async tell(@Caller() caller: Caller, @Param('session') id: string): Promise<ClockView> {
    await this.sessions.read(caller, id);
    return { now: this.clock.milliseconds() };
  }

  @Get('stream')
  @Answers(200, 'Every revision of the session, as server-sent events.', null, 'unknown-session')
  async follow(
    @Caller() caller: Caller,
    @Param('session') id: string,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.screens.opening(caller.organisation, id, async () => {
      const arrived = await this.sessions.arrive(caller, id);
      this.screens.show(arrived.live);
      openStream(this.screens, arrived, { caller, last, now: this.clock.milliseconds() }, reply);
    });
  }

  @Post('commands')
  @Answers(
    200,
    'Does one thing in the session and answers it as it is then.',
    sessionView,
    'unknown-session',
    'session-moved-on',
    'conflict',
    'not-possible',
  )
  async say(
    @Caller() caller: Caller,
    @Param('session') id: string,
    @Body({ schema: commandBody }) { expected, command }: z.output<typeof commandBody>,
  ): Promise<SessionView> {
    if (expected === undefined && needsRevision(command))
      throw badInput('expected', 'must name the revision on which this is done');
    const { live, answer } = await this.sessions
      .say({
        caller,
        id,
        expected: expected ?? null,
        deed: (by, at) => happeningOf(command, by, at),
        answer: (said) => this.views.of(said),
      })
      .catch((error: unknown) => {
        throw error instanceof MovedOn ? this.#movedOn(error.found) : error;
      });
    this.screens.show(live);
    return answer;
  }

  #movedOn(found: InSession): Problem {
    return new Problem('session-moved-on', undefined, { members: { current: this.views.of(found) } });
  }
}
