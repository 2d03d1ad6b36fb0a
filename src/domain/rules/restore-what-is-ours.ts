import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Step } from '../step.ts';

const BECAUSE = {
  agenda: 'The agenda was missing from the event. We put it back; your own words stay as they are.',
  length: 'The length of the meeting was changed. It is 30 minutes again.',
  rule: 'The series was changed to something that is not one meeting each period. We put the weekly meeting back.',
} as const;

/** Length, rule and agenda block are ours and come back; everything else in the event belongs to people (promise 9). */
export function restoreOurs(o: Occurrence | null, what: 'agenda' | 'length' | 'rule'): Step[] {
  return [{ do: 'restore', key: o && keyOf(o), what, because: BECAUSE[what] }];
}
