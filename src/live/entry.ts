import { Injectable } from '@nestjs/common';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Entered, OpenedSession } from './live.api.ts';
import type { InSession } from './live-session.ts';
import { SessionPasses } from './session-passes.ts';
import { Sessions } from './sessions.ts';
import { SessionViews } from './session-views.ts';

/** The ways into a session: from one's page, by one's own link, and through the meeting client (see ZoomEntry). */
@Injectable()
export class Entry {
  constructor(
    private readonly store: PostgresStore,
    private readonly sessions: Sessions,
    private readonly passes: SessionPasses,
    private readonly views: SessionViews,
  ) {}

  /** Opens the session of an occurrence, with a link that lets the same person in from any browser. */
  async open(caller: Caller, series: string, key: OccurrenceKey): Promise<OpenedSession> {
    const { live, side } = await this.store.transaction(caller.organisation, (stores) =>
      this.sessions.open(stores, caller, series, key),
    );
    return { session: live.id, you: side, ...this.passes.link(caller, live) };
  }

  /** @throws Problem for a link that has run out, was altered, or whose person is no longer of the pair */
  async byLink(link: string): Promise<Entered> {
    const pass = this.passes.readLink(link);
    if (!pass) throw new Problem('unknown-link');
    const { organisation, person, session } = pass;
    const caller: Caller = { organisation, person, session, roles: [] };
    return this.letIn(caller, await this.sessions.read(caller, session));
  }

  /** A token for this session and nothing else, with what there is to see: the panel waits for nothing more. */
  letIn(caller: Caller, found: InSession): Entered {
    const { token, until } = this.passes.token(caller, found.live);
    return {
      is: 'in',
      session: found.live.id,
      you: found.side,
      token,
      until,
      view: this.views.of(found),
    };
  }
}
