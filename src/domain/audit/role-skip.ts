import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';

/**
 * F084: a senior rep may skip a week, never two in a row. Weeks that owe nothing for another reason lie between
 * two skips without separating them.
 *
 * @param occurrences the series' own, by original start; `o` is one of them
 */
export function maySkip(occurrences: readonly Occurrence[], o: Occurrence): boolean {
  const others = occurrences.filter((each) => keyOf(each) === keyOf(o) || !isExcusedOtherwise(each));
  const at = others.findIndex((each) => keyOf(each) === keyOf(o));
  return ![others[at - 1], others[at + 1]].some((neighbour) => neighbour?.excuse === 'role_skip');
}

function isExcusedOtherwise({ state, excuse }: Occurrence): boolean {
  return state === 'excused' && excuse !== 'role_skip';
}
