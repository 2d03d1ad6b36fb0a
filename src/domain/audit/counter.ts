import type { Minute } from '../minute.ts';
import { COUNTING, isHeld, keyOf } from '../occurrence.ts';
import type { Occurrence, OccurrenceKey } from '../occurrence.ts';
import type { Recovery } from '../recovery.ts';

/**
 * Whether an occurrence counts towards a recovery: it had a cancel act and has not been held since, or it ended
 * cancelled, deferred or as a no-show. Excused ones are skipped altogether.
 */
export function counts(o: Occurrence): boolean {
  if (isHeld(o) || o.state === 'excused' || o.state === 'recovered') return false;
  return o.cancelActs.length > 0 || (COUNTING as readonly string[]).includes(o.state);
}

/**
 * The earliest two counting occurrences that make a recovery and have not made one: two in a row, or, where the
 * organisation keeps that rule, two among four owed in a row. A held recovery clears the counter up to its second.
 * @param since a second whose week ended before this is let go
 */
export function twoThatCount(
  occurrences: readonly Occurrence[],
  recoveries: readonly Recovery[],
  twoOfFour: boolean,
  since = -Infinity,
): { first: Occurrence; second: Occurrence } | null {
  const raised = new Set<OccurrenceKey>(recoveries.map((r) => r.second));
  const owed = occurrences.filter((o) => o.state !== 'excused');
  const from = owed.findLastIndex((o) => clears(o, recoveries)) + 1;
  for (let j = from + 1; j < owed.length; j++) {
    const second = owed[j]!;
    if (!counts(second) || raised.has(keyOf(second)) || second.week.end < since) continue;
    for (let i = j - 1; i >= Math.max(from, j - (twoOfFour ? 3 : 1)); i--) {
      if (counts(owed[i]!)) return { first: owed[i]!, second };
    }
  }
  return null;
}

/** The flag an admin sees: the last four meetings owed so far hold two that make a recovery, and none was held since. */
export function standsAtTwoCancels(
  occurrences: readonly Occurrence[],
  recoveries: readonly Recovery[],
  twoOfFour: boolean,
  now: Minute,
): boolean {
  const soFar = occurrences.filter((o) => o.state !== 'excused' && (o.week.start <= now || counts(o)));
  const held = recoveries.filter((r) => r.state === 'met' || r.state === 'late');
  return twoThatCount(soFar.slice(-4), held, twoOfFour) !== null;
}

function clears(o: Occurrence, recoveries: readonly Recovery[]): boolean {
  return recoveries.some((r) => r.second === keyOf(o) && (r.state === 'met' || r.state === 'late'));
}
