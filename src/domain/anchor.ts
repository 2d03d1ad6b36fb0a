import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import type { Occurrence } from './occurrence.ts';
import { startInWeek } from './weekly.ts';

/** Where the series has an occurrence's meeting by itself: the anchor may have been dragged since the row was written. */
export function anchorOf({ series }: Facts, o: Occurrence): Minute {
  return startInWeek(series.rule, o.week) ?? o.originalStart;
}
