import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config.ts';
import { CONFIRM_MS } from '../domain/session/closing.ts';
import { sessionPass, sessionToken } from '../platform/access/session-token.ts';
import type { SessionPass } from '../platform/access/session-token.ts';
import { Clock } from '../platform/clock.ts';
import { Signer } from '../platform/signer.ts';
import type { LiveSession } from './live-session.ts';

const LINK = 'session link';

/** A session's token outlives a long meeting and its two hours; a new one is a reload away. */
const TOKEN_MS = 4 * 60 * 60_000;

type Who = Pick<SessionPass, 'organisation' | 'person'>;

/** What lets one person into one session: a link to keep, and a token for the time of the meeting. */
@Injectable()
export class SessionPasses {
  constructor(
    private readonly signer: Signer,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Good until both can no longer confirm. */
  link(
    { organisation, person }: Who,
    { id: session, slot }: LiveSession,
  ): { link: string; linkUntil: number } {
    const now = this.clock.milliseconds();
    const until = Math.max(slot.end * 60_000 + CONFIRM_MS, now + TOKEN_MS);
    const secret = this.signer.sign(LINK, { organisation, person, session, until });
    return { link: `${this.config.baseUrl}/meeting#link=${secret}`, linkUntil: until };
  }

  /** @returns null for a link that has run out or was altered */
  readLink(secret: string): SessionPass | null {
    return this.signer.read(LINK, sessionPass, secret, this.clock.milliseconds());
  }

  token({ organisation, person }: Who, { id: session }: LiveSession): { token: string; until: number } {
    const until = this.clock.milliseconds() + TOKEN_MS;
    return { token: sessionToken(this.signer, { organisation, person, session, until }), until };
  }
}
