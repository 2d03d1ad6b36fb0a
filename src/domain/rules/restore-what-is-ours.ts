import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Series } from '../series.ts';
import type { Step } from '../step.ts';

const BECAUSE = {
  agenda: () => 'The agenda was missing from the event. We put it back; your own words stay as they are.',
  length: ({ minutes }: Series) => `The length of the meeting was changed. It is ${minutes} minutes again.`,
  rule: () =>
    'The series was changed to something that is not one meeting each period. We put the weekly meeting back.',
} as const;

/** Length, rule and agenda block are ours and come back; everything else in the event belongs to people (promise 9). */
export function restoreOurs(series: Series, o: Occurrence | null, what: keyof typeof BECAUSE): Step[] {
  return [{ do: 'restore', key: o && keyOf(o), what, because: BECAUSE[what](series) }];
}
