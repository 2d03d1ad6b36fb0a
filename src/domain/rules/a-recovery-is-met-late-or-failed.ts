import type { Facts } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { isHeld, isOpen, keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Recovery } from '../recovery.ts';
import type { Step } from '../step.ts';
import { closesAt } from '../working-week.ts';

const BECAUSE = {
  met: 'The recovery meeting was held in time.',
  late: 'The recovery meeting was held, later than it was due.',
  failed: 'The recovery meeting was not held.',
  excused: 'Its week was excused, so no recovery meeting is owed.',
  'pair ended': 'The pair ended before a recovery meeting was held.',
} as const;

const RECOVERED = { state: 'recovered', because: 'Its recovery meeting was held instead.' } as const;

/**
 * A recovery is met, late or failed; a held one clears the counter (promise 5). Where it was an event of its own, the
 * meeting that it stood in for ends as recovered: a correction, told by a row of its own.
 */
export function endRecoveries(facts: Facts, now: Minute): Step[] {
  return facts.recoveries.flatMap((recovery): Step[] => {
    if (recovery.state !== 'due' && recovery.state !== 'booked') return [];
    const state = endOf(facts, recovery, now);
    if (!state) return [];
    const end: Step = {
      do: 'end recovery',
      second: recovery.second,
      state,
      because: why(facts, recovery, state),
    };
    const standsIn = state !== 'failed' && recovery.is?.kind === 'separate';
    return standsIn ? [end, { do: 'close', key: recovery.second, ...RECOVERED }] : [end];
  });
}

function endOf(facts: Facts, recovery: Recovery, now: Minute): 'met' | 'late' | 'failed' | null {
  const second = secondOf(facts, recovery);
  const inTime = (end: Minute) => (end <= recovery.dueBy ? 'met' : 'late');
  if (recovery.is?.kind === 'occurrence' && second) {
    if (isHeld(second)) return inTime(second.slot.end);
    if (second.state === 'excused') return 'failed';
    // It ended without being held: what remains of the window may hold an event of its own.
    return !isOpen(second) && now >= recovery.dueBy ? 'failed' : null;
  }
  if (recovery.is?.kind === 'separate') {
    if (bothSayHeld(recovery)) return inTime(recovery.is.slot.end);
    return now >= closesAt(facts.week, facts.series.rule.zone, recovery.is.slot) ? 'failed' : null;
  }
  return now >= recovery.dueBy ? 'failed' : null;
}

function why(facts: Facts, recovery: Recovery, state: 'met' | 'late' | 'failed'): string {
  if (state !== 'failed' || recovery.is?.kind === 'separate') return BECAUSE[state];
  if (facts.series.endedAt !== null) return BECAUSE['pair ended'];
  const isExcused = secondOf(facts, recovery)?.state === 'excused';
  return BECAUSE[isExcused ? 'excused' : state];
}

function secondOf({ occurrences }: Facts, { second }: Recovery): Occurrence | undefined {
  return occurrences.find((o) => keyOf(o) === second);
}

function bothSayHeld(recovery: Recovery): boolean {
  return new Set(recovery.attestations.filter((a) => a.says === 'held').map((a) => a.by)).size === 2;
}
