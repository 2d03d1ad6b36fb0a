import { decline, deletion, dragOut } from '../compare.ts';
import type { Act } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { isOpen, keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Recovery } from '../recovery.ts';
import { slotUntil, told } from '../situation.ts';
import type { Situation } from '../situation.ts';
import type { Slot } from '../slot.ts';
import type { Step } from '../step.ts';
import { recoveryReaches } from '../working-week.ts';

/** A recovery that was taken away this often is not put back again: both people are asked. */
const TAKEN_AWAY = 3;

/**
 * Books what is due: the second occurrence itself where it stands, or can be moved, inside the window, else an
 * event of its own. Nothing free yet: it stays due and is tried again at every look.
 */
export function bookRecoveries(situation: Situation): Step[] {
  const { facts, now } = situation;
  return facts.recoveries.flatMap((recovery): Step[] => {
    if (facts.series.endedAt !== null) return letGo(recovery, now);
    const second = facts.occurrences.find((o) => keyOf(o) === recovery.second);
    if (recovery.state === 'booked' && recovery.is?.kind === 'occurrence' && second && !isOpen(second)) {
      return replaceEnded(situation, recovery, second);
    }
    if (recovery.state !== 'due' || now >= recovery.dueBy || recovery.answered.length >= TAKEN_AWAY)
      return [];
    // Both people are being asked about this very meeting: their answer comes first.
    if (second?.asks != null) return [];
    return second && isOpen(second)
      ? bookSecond(situation, recovery, second)
      : bookSeparate(situation, recovery, null);
  });
}

function bookSecond(situation: Situation, recovery: Recovery, second: Occurrence): Step[] {
  const book = (story: string | null): Step => ({
    do: 'book recovery',
    second: recovery.second,
    is: { kind: 'occurrence' },
    answers: null,
    because: `${story ? `${story} ` : ''}It is the recovery meeting after two cancels, due by ${told(situation.facts, recovery.dueBy)}.`,
  });
  if (second.slot.end <= recovery.dueBy && second.slot.start > situation.now) return [book(second.because)];
  const from = Math.max(situation.now, second.week.start);
  const to = slotUntil(situation, { start: from, end: recovery.dueBy }, [...second.refused, second.slot]);
  if (!to) return [];
  const because = `It was moved to ${told(situation.facts, to.start)}, so that it is in time.`;
  return [{ do: 'move', key: keyOf(second), to, act: null, answers: null, because }, book(because)];
}

function bookSeparate(situation: Situation, recovery: Recovery, answers: string | null, what = ''): Step[] {
  const taken = recovery.is?.kind === 'separate' ? [recovery.is.slot] : [];
  const second = situation.facts.occurrences.find((o) => keyOf(o) === recovery.second);
  const from = Math.max(situation.now, second?.week.start ?? situation.now);
  const refused = [...recovery.refused, ...taken, ...(second ? [...second.refused, second.slot] : [])];
  const slot = slotUntil(situation, { start: from, end: recovery.dueBy }, refused);
  if (!slot) return [];
  const because = `${what}A recovery meeting was booked for ${told(situation.facts, slot.start)}, due by ${told(situation.facts, recovery.dueBy)} after two cancels.`;
  return [{ do: 'book recovery', second: recovery.second, is: { kind: 'separate', slot }, answers, because }];
}

/** The occurrence that was to be the recovery ended unheld: what remains of the window may hold an event of its own. */
function replaceEnded(situation: Situation, recovery: Recovery, second: Occurrence): Step[] {
  const steps = bookSeparate(situation, recovery, null);
  if (steps.length > 0) return steps;
  const because = 'The meeting that was to be the recovery was not held, and no other time is free yet.';
  return [{ do: 'lose recovery', second: recovery.second, answers: `ended:${second.state}`, because }];
}

/** The pair ended: what is not over yet is taken out of the calendar. */
function letGo({ second, state, is }: Recovery, now: Minute): Step[] {
  if (state !== 'booked' || is?.kind !== 'separate' || is.slot.start <= now) return [];
  const because = 'The pair ended, so no recovery meeting is owed any more.';
  return [{ do: 'lose recovery', second, answers: 'pair ended', because }];
}

/** Somebody deleted the recovery's own event: it moves like any meeting. */
export function moveDeletedRecovery(situation: Situation, recovery: Recovery): Step[] {
  return takenAway(
    situation,
    recovery,
    deletion(recovery),
    'The recovery meeting was deleted from the calendar. ',
  );
}

/** Declined: another time where there is one, and nobody is blamed; else it stays where it is. */
export function moveDeclinedRecovery(situation: Situation, recovery: Recovery): Step[] {
  return bookSeparate(situation, recovery, decline(recovery), 'The recovery meeting was declined. ');
}

/** Somebody dragged the recovery's own event: it stays there, or is brought back from where it would be forgotten. */
export function keepDraggedRecovery(situation: Situation, recovery: Recovery, to: Slot): Step[] {
  const { week, series } = situation.facts;
  if (to.end <= recoveryReaches(week, series.rule.zone, recovery.dueBy)) {
    return acceptMovedRecovery(situation, recovery, to, true);
  }
  const evidence = dragOut(recovery, to);
  if (recovery.answered.includes(evidence)) return [];
  return takenAway(situation, recovery, evidence, 'The recovery meeting was dragged too far away. ');
}

/**
 * Somebody moved the recovery's own event: it stays where people put it, and counts as late if that is late.
 * @param inCalendar whether the calendar shows it there already
 */
function acceptMovedRecovery(
  { facts }: Situation,
  recovery: Recovery,
  to: Slot,
  inCalendar: boolean,
): Step[] {
  const because = `The recovery meeting was moved to ${told(facts, to.start)}.`;
  return [{ do: 'accept recovery move', second: recovery.second, to, inCalendar, because }];
}

export function answerRecoveryAct(situation: Situation, act: Act): Step[] {
  const recovery = situation.facts.recoveries.find((r) => act.on === `recovery:${r.second}`);
  if (!recovery || recovery.is?.kind !== 'separate' || recovery.state !== 'booked') return [];
  if (act.kind === 'move') return acceptMovedRecovery(situation, recovery, act.to, false);
  if (act.kind !== 'cannot-make-it') return [];
  return takenAway(situation, recovery, `said:${act.id}`, 'Somebody cannot make the recovery meeting. ');
}

function takenAway(situation: Situation, recovery: Recovery, evidence: string, what: string): Step[] {
  if (recovery.answered.length + 1 < TAKEN_AWAY) {
    const steps = bookSeparate(situation, recovery, evidence, what);
    if (steps.length > 0) return steps;
  }
  const because = `${what}No other time is free before it is due: please agree on one.`;
  return [{ do: 'lose recovery', second: recovery.second, answers: evidence, because }];
}
