import { decline } from '../compare.ts';
import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import { slotsInWeek, told } from '../situation.ts';
import type { Step } from '../step.ts';
import { named } from './a-cancel-act-becomes-a-move.ts';

/**
 * A decline asks for a move and is no cancel. An automatic one (out of office) is neither: slots are proposed and
 * nobody is blamed (promise 4).
 */
export function answerDecline(situation: Situation, o: Occurrence, automatically: boolean): Step[] {
  const key = keyOf(o);
  const slots = slotsInWeek(situation, o, 3);
  const cause = { act: null, answers: decline(o) };
  const options = slots.map((slot) => told(situation.facts, slot.start)).join('; ');
  if (automatically) {
    const because = slots.length
      ? `An automatic answer says the rep is away then. You are both free on ${options}.`
      : 'An automatic answer says the rep is away then, and no other time this week suits you both.';
    return [{ do: 'propose', key, answers: cause.answers, slots, because }];
  }
  const what = `${named(situation, o)} was declined, which asks for another time and counts as no cancel.`;
  const [to] = slots;
  if (to) {
    const because = `${what} We moved it to ${told(situation.facts, to.start)}, when you are both free.`;
    return [{ do: 'move', key, to, because, ...cause }];
  }
  const because = `${what} No other time this week suits you both, so it stays where it is.`;
  return [{ do: 'propose', key, answers: cause.answers, slots, because }];
}
