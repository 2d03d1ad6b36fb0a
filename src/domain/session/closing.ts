import type { Minute } from '../minute.ts';
import { notNow } from './happened.ts';
import type { Taken } from './happened.ts';
import type { Millisecond, Missing, Session } from './session.ts';

/** After the end both can still write and confirm for this long (F043). */
export const CONFIRM_MS = 2 * 60 * 60_000;

/** How long before the end the commitment is asked for. */
const ASK_BEFORE_MS = 120_000;

export type Outcome = 'complete' | 'ack_missing' | 'never_started';

/** A meeting that ended with everything said closes at once; otherwise it waits for both. */
export function whenOver(session: Session, at: Millisecond): Session {
  return session.timer.is === 'ended' && bothConfirmed(session) ? close(session, at) : session;
}

/** Time ran out: it closes with what is missing named. */
export function closeByTime(session: Session, slotEnd: Minute, at: Millisecond): Taken {
  const due = closesAt(session, slotEnd);
  if (due === null) return notNow('It is closed already.');
  return at < due ? notNow('There is still time.') : close(session, at);
}

/** When it closes by itself; null where it has. One that nobody ends closes two hours after its last sign of life. */
export function closesAt(session: Session, slotEnd: Minute): Millisecond | null {
  const { timer, startedAt, touchedAt, minutes } = session;
  if (timer.is === 'closed') return null;
  if (timer.is === 'ended') return timer.at + CONFIRM_MS;
  const planned = startedAt === null ? slotEnd * 60_000 : startedAt + minutes * 60_000;
  return Math.max(planned, touchedAt) + CONFIRM_MS;
}

/** A meeting that was moved after its session closed unused can be run all the same. */
export function reopen(session: Session, at: Millisecond): Session {
  return { ...session, timer: { is: 'waiting' }, missing: [], undo: null, touchedAt: at };
}

export function outcomeOf({ timer, startedAt, missing }: Session): Outcome | null {
  if (timer.is !== 'closed') return null;
  if (startedAt === null) return 'never_started';
  return missing.some((what) => ACKS.includes(what)) ? 'ack_missing' : 'complete';
}

const ACKS: readonly Missing[] = ['commitment', 'manager_ack', 'rep_ack'];

/** What is not there yet, in the order of the meeting. */
function missingOf(session: Session): Missing[] {
  const { inspects, tried, clip, edit, confirmed } = session;
  const all: [Missing, boolean][] = [
    ['inspection', inspects !== null && tried === null],
    ['artifact', clip === null],
    ['commitment', edit === 0],
    ['manager_ack', confirmed.manager === null],
    ['rep_ack', confirmed.rep === null],
  ];
  return all.filter(([, isMissing]) => isMissing).map(([what]) => what);
}

/** In the last block, or two minutes before the event's end, whichever comes first; null once both confirmed. */
export function asksForCommitmentAt(session: Session): Millisecond | null {
  const { startedAt, minutes, blocks, current } = session;
  if (startedAt === null || bothConfirmed(session)) return null;
  const beforeEnd = startedAt + minutes * 60_000 - ASK_BEFORE_MS;
  const last = current === blocks.length - 1 ? blocks[current]!.startedAt : null;
  return last === null ? beforeEnd : Math.min(beforeEnd, last);
}

/** Ending inside the slot means that something was left out: ask once what (F045). */
export function asksWhatWasSkipped(session: Session): boolean {
  const { startedAt, endedAt, minutes, blocks, edit, wasSkipped } = session;
  if (startedAt === null || endedAt === null || wasSkipped !== null) return false;
  const leftOut = blocks.some((block) => block.startedAt === null || block.skipped !== null) || edit === 0;
  return leftOut && endedAt - startedAt <= minutes * 60_000;
}

function bothConfirmed({ confirmed }: Session): boolean {
  return confirmed.manager !== null && confirmed.rep !== null;
}

function close(session: Session, at: Millisecond): Session {
  return { ...session, timer: { is: 'closed', at }, missing: missingOf(session), undo: null, playback: null };
}
