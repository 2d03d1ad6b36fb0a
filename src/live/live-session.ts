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

/** A session as far as it tells who may be in it. */
type Seated = Pick<RememberedSession, 'id' | 'organisation' | 'people' | 'ended'>;

/**
 * On which side the caller sits.
 * @throws Problem for everybody else, whatever their role: they learn nothing, not even that there is a session
 */
export function seat(caller: Caller, remembered: Seated | null): Side {
  const side = remembered && seatOf(caller, remembered);
  if (side === null) throw new Problem('unknown-session');
  return side;
}

/** The same for whoever asks only whether it is so; null for everybody but the pair. */
export function seatOf(caller: Caller, seated: Seated): Side | null {
  if (caller.organisation !== seated.organisation) return null;
  if (caller.session !== undefined && caller.session !== seated.id) return null;
  return sideOf(caller.person, seated);
}

/** Whose side a person of the organisation is on; null also for who left, and once the pair has ended. */
export function sideOf(person: string, { people, ended }: Pick<Seated, 'people' | 'ended'>): Side | null {
  const { manager, rep } = people;
  const side = manager.id === person ? 'manager' : rep.id === person ? 'rep' : null;
  return side !== null && !ended && people[side].active ? side : null;
}

/** What the store keeps of a session, its words left to whoever seals them. */
export function writingOf(session: Session, slotEnd: number): Omit<Writing, 'words'> {
  const { words: _, ...facts } = session;
  return { facts, happened: whatHappened(session), closesAt: closesAt(session, slotEnd) };
}
