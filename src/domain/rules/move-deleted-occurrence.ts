import { deletion } from '../compare.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { moveOrCancel, named } from './a-cancel-act-becomes-a-move.ts';

/** A deleted occurrence is moved, never lost. Only the organiser's copy can be deleted: the act is the manager's. */
export function moveDeletedOccurrence(situation: Situation, o: Occurrence): Step[] {
  const act = { evidence: deletion(o), at: situation.now, by: 'manager' as const };
  return moveOrCancel(situation, o, act, `${named(situation, o)} was deleted from the calendar.`);
}
