import { closesAt } from '../domain/session/closing.ts';
import type { Session } from '../domain/session/session.ts';
import { whatHappened } from '../domain/session/what-happened.ts';
import type { Side } from '../domain/person.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { RememberedSession, Writing } from '../store/sessions.ts';

/** A session with its words, and whose it is. */
export interface LiveSession extends Omit<RememberedSession, 'facts' | 'words'> {
  readonly session: Session;
}

/** Somebody of the pair in front of their session. */
export interface InSession {
  readonly live: LiveSession;
  readonly side: Side;
}

/**
 * On which side the caller sits.
 * @throws Problem for everybody else, whatever their role: they learn nothing, not even that there is a session
 */
export function seat(caller: Caller, remembered: RememberedSession | null): Side {
  if (!remembered || remembered.ended) throw new Problem('unknown-session');
  if (caller.session !== undefined && caller.session !== remembered.id) throw new Problem('unknown-session');
  const { manager, rep } = remembered.people;
  const side = manager.id === caller.person ? 'manager' : rep.id === caller.person ? 'rep' : null;
  if (side === null || !remembered.people[side].active) throw new Problem('unknown-session');
  return side;
}

/** What the store keeps of a session, its words left to whoever seals them. */
export function writingOf(session: Session, slotEnd: number): Omit<Writing, 'words'> {
  const { words: _, ...facts } = session;
  return { facts, happened: whatHappened(session), closesAt: closesAt(session, slotEnd) };
}
