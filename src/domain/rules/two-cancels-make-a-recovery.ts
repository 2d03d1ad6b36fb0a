import { twoThatCount } from '../audit/counter.ts';
import { keyOf } from '../occurrence.ts';
import { told } from '../situation.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { recoveryDue } from '../working-week.ts';

/** Older pairs of cancels than this make no recovery any more: nobody looked for weeks, and the week is long gone. */
const STALE = 14 * 1440;

/** Two cancels make a recovery, due by the end of the week of the second one (promise 5; F056). */
export function raiseRecovery({ facts, now }: Situation): Step[] {
  if (facts.series.endedAt !== null) return [];
  if (facts.recoveries.some((r) => r.state === 'due' || r.state === 'booked')) return [];
  const two = twoThatCount(facts.occurrences, facts.recoveries, facts.twoOfFour, now - STALE);
  if (!two) return [];
  const { dueBy, window } = recoveryDue(facts.week, facts.people.rep.zone, two.second.week, now);
  const because = `Two meetings were cancelled (${told(facts, two.first.originalStart)} and ${told(facts, two.second.originalStart)}), so a recovery meeting is due by ${told(facts, dueBy)}.`;
  return [
    {
      do: 'raise recovery',
      because,
      recovery: {
        first: keyOf(two.first),
        second: keyOf(two.second),
        dueBy,
        window,
        state: 'due',
        is: null,
        placed: null,
        attestations: [],
        refused: [],
        answered: [],
        because,
      },
    },
  ];
}
