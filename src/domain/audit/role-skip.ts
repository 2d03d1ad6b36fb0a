import type { Act } from '../facts.ts';
import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';

/**
 * F084: a senior rep may skip a week, never two in a row. Weeks that owe nothing for another reason lie between
 * two skips without separating them.
 *
 * @param occurrences the series' own, by original start; `o` is one of them
 * @param acts skips that were agreed to and not yet answered count as well
 */
export function maySkip(occurrences: readonly Occurrence[], acts: readonly Act[], o: Occurrence): boolean {
  const agreed = new Set(acts.flatMap((act) => (isSkip(act) ? act.on : [])));
  const skips = (each: Occurrence) => each.excuse === 'role_skip' || agreed.has(keyOf(each));
  const rest = occurrences.filter(
    (each) => keyOf(each) === keyOf(o) || each.state !== 'excused' || skips(each),
  );
  const at = rest.findIndex((each) => keyOf(each) === keyOf(o));
  return ![rest[at - 1], rest[at + 1]].some((neighbour) => neighbour && skips(neighbour));
}

function isSkip(act: Act): act is Act & { kind: 'excuse' } {
  return act.kind === 'excuse' && act.excuse === 'role_skip';
}
