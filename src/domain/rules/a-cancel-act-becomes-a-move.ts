import { tooManyRestores } from '../brakes.ts';
import type { CancelAct, FinalState, Occurrence } from '../occurrence.ts';
import { keyOf } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import { slotsInWeek, told } from '../situation.ts';
import type { Step } from '../step.ts';

/**
 * A cancel act becomes a move to the best free slot of both people left in the week. No slot left: the occurrence
 * ends as cancelled. Put back three times within a day: stop and ask both (promises 2 and 8; F055).
 *
 * @param what what happened, a whole sentence
 */
export function moveOrCancel(situation: Situation, o: Occurrence, act: CancelAct, what: string): Step[] {
  const key = keyOf(o);
  const cause = { act, answers: null };
  if (tooManyRestores(o, situation.now)) {
    const question = `${what} It was put back three times within a day, so we stopped. When do you want to meet?`;
    return [{ do: 'ask', key, question, because: question, ...cause }];
  }
  const [to] = slotsInWeek(situation, o, 1);
  if (to) {
    const because = `${what} We moved it to ${told(situation.facts, to.start)}, when you are both free.`;
    return [{ do: 'move', key, to, because, ...cause }];
  }
  const because = `${what} No time is left this week when you are both free, so it ends as cancelled. The next one stands where it was.`;
  return [{ do: 'cancel', key, state: cancelledBy(act.by), because, ...cause }];
}

export function cancelledBy(by: CancelAct['by']): FinalState {
  return `cancelled_${by}`;
}

/** `The meeting of Tuesday 24 Nov, 10:00` */
export function named(situation: Situation, o: Occurrence): string {
  return `The meeting of ${told(situation.facts, o.slot.start)}`;
}
