import { dragOut } from '../compare.ts';
import type { Difference } from '../compare.ts';
import { keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import { told } from '../situation.ts';
import type { Situation } from '../situation.ts';
import { within } from '../slot.ts';
import type { Slot } from '../slot.ts';
import type { Step } from '../step.ts';
import { moveOrCancel, named } from './a-cancel-act-becomes-a-move.ts';

/** A drag inside the working week is a person's right and never a cancel; a drag out of it is a cancel act. */
export function acceptOrBringBack(
  situation: Situation,
  { occurrence: o, to, declined }: Extract<Difference, { is: 'occurrence moved' }>,
): Step[] {
  if (within(to, o.week)) return [{ ...acceptMove(situation, o, to, 'in the calendar', true), declined }];
  const evidence = dragOut(o, to);
  if (o.cancelActs.some((act) => act.evidence === evidence)) return [];
  const act = { evidence, at: situation.now, by: 'manager' as const };
  return moveOrCancel(situation, o, act, `${named(situation, o)} was dragged out of its week.`);
}

/** @param where where the person moved it: `in the calendar` or `in Perennial` */
export function acceptMove(
  situation: Situation,
  o: Occurrence,
  to: Slot,
  where: string,
  inCalendar: boolean,
): Extract<Step, { do: 'accept move' }> {
  const because = `It was moved to ${told(situation.facts, to.start)} ${where}. Moves inside the week are yours to make; next week is back on the anchor.`;
  return { do: 'accept move', key: keyOf(o), to, inCalendar, declined: false, because };
}
