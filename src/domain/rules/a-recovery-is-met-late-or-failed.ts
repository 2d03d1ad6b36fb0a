import type { Facts } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { isHeld, isOpen, keyOf } from '../occurrence.ts';
import type { Recovery, RecoveryState } from '../recovery.ts';
import type { Step } from '../step.ts';
import { closesAt } from '../working-week.ts';

const BECAUSE: Partial<Record<RecoveryState, string>> = {
  met: 'The recovery meeting was held in time.',
  late: 'The recovery meeting was held, later than it was due.',
  failed: 'The recovery meeting was not held.',
};

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
    const end: Step = { do: 'end recovery', second: recovery.second, state, because: BECAUSE[state]! };
    const standsIn = state !== 'failed' && recovery.is?.kind === 'separate';
    return standsIn ? [end, { do: 'close', key: recovery.second, ...RECOVERED }] : [end];
  });
}

function endOf(facts: Facts, recovery: Recovery, now: Minute): 'met' | 'late' | 'failed' | null {
  const second = facts.occurrences.find((o) => keyOf(o) === recovery.second);
  const inTime = (end: Minute) => (end <= recovery.dueBy ? 'met' : 'late');
  if (recovery.is?.kind === 'occurrence' && second) {
    if (isHeld(second)) return inTime(second.slot.end);
    return isOpen(second) ? null : 'failed';
  }
  if (recovery.is?.kind === 'separate') {
    if (bothSayHeld(recovery)) return inTime(recovery.is.slot.end);
    return now >= closesAt(facts.week, facts.series.rule.zone, recovery.is.slot) ? 'failed' : null;
  }
  return now >= recovery.dueBy ? 'failed' : null;
}

function bothSayHeld(recovery: Recovery): boolean {
  return new Set(recovery.attestations.filter((a) => a.says === 'held').map((a) => a.by)).size === 2;
}
