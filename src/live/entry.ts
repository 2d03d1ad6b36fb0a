import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import { CONFIRM_MS } from '../domain/session/closing.ts';
import type { Caller } from '../platform/access/caller.ts';
import { sessionPass, sessionToken } from '../platform/access/session-token.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { Signer } from '../platform/signer.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { Entered, OpenedSession } from './live.api.ts';
import type { InSession } from './live-session.ts';
import { Sessions } from './sessions.ts';

const LINK = 'session link';

/** A session's token outlives a long meeting and its two hours; a new one is a reload away. */
const TOKEN_MS = 4 * 60 * 60_000;

/** The ways into a session: from one's page, by one's own link, and through the meeting client (see ZoomEntry). */
@Injectable()
export class Entry {
  constructor(
    private readonly store: PostgresStore,
    private readonly sessions: Sessions,
    private readonly signer: Signer,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Opens the session of an occurrence, with a link that lets the same person in from any browser. */
  async open(caller: Caller, series: string, key: OccurrenceKey): Promise<OpenedSession> {
    const { live, side } = await this.store.transaction(caller.organisation, (stores) =>
      this.sessions.open(stores, caller, series, key),
    );
    const until = Math.max(live.slot.end * 60_000 + CONFIRM_MS, this.clock.milliseconds() + TOKEN_MS);
    const { organisation, person } = caller;
    const note = { organisation, person, session: live.id, until };
    const link = `${this.config.baseUrl}/meeting#link=${this.signer.sign(LINK, note)}`;
    return { session: live.id, you: side, link, linkUntil: until };
  }

  /** @throws Problem for a link that has run out, was altered, or whose person is no longer of the pair */
  async byLink(link: string): Promise<Entered> {
    const note = this.signer.read(LINK, sessionPass, link, this.clock.milliseconds());
    if (!note) throw new Problem('unknown-link');
    const { organisation, person, session } = note;
    const caller: Caller = { organisation, person, session, roles: [] };
    return this.letIn(caller, await this.sessions.read(caller, session));
  }

  /** A token for this session and nothing else. */
  letIn({ organisation, person }: Caller, { live, side }: InSession): Entered {
    const until = this.clock.milliseconds() + TOKEN_MS;
    const token = sessionToken(this.signer, { organisation, person, session: live.id, until });
    return { is: 'in', session: live.id, you: side, token, until };
  }
}
