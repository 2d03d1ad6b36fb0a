import { tooManyRestores } from '../brakes.ts';
import type { Facts } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { isOpen, keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { startInWeek } from '../weekly.ts';
import { moveOrCancel, named } from './a-cancel-act-becomes-a-move.ts';

/** A deleted series is one cancel act, on the next meeting it would have taken away, and comes back. */
export function bringBackDeletedSeries(situation: Situation): Step[] {
  const { facts, now } = situation;
  const [next] = upcoming(facts, now);
  const stop = stopFighting(situation, next, 'The whole series was deleted again');
  if (stop) return [stop];
  const because = 'The whole series was deleted from the calendar. We put it back; this counts once.';
  const evidence = `series:${facts.series.copy}`;
  return [
    { do: 'restore series', nextCopy: true, endsBefore: null, because },
    ...actOnFirst(situation, next, evidence, 'The whole series was deleted from the calendar'),
  ];
}

/** "This and following" is one cancel act as well, on the first meeting that it cut off. */
export function bringBackCutSeries(situation: Situation, endsBefore: Minute): Step[] {
  const { facts, now } = situation;
  const cutOff = upcoming(facts, now).find(
    (o) => (startInWeek(facts.placed!.rule, o.week) ?? 0) >= endsBefore,
  );
  const stop = stopFighting(situation, cutOff, 'This and all following meetings were deleted again');
  if (stop) return [stop];
  const because =
    'This and all following meetings were deleted from the calendar. We put them back; this counts once.';
  return [
    { do: 'restore series', nextCopy: false, endsBefore, because },
    ...actOnFirst(
      situation,
      cutOff,
      `cut:${facts.placed!.copy}.${facts.placed!.number}:${endsBefore}`,
      'This and all following meetings were deleted from the calendar',
    ),
  ];
}

/** What was put back three times within a day stays away until somebody says otherwise (promise 8). */
function stopFighting({ facts, now }: Situation, o: Occurrence | undefined, what: string): Step | null {
  if (!o || facts.account.released) return null;
  // A question that stands is not answered by the day that passes.
  if (facts.asks !== null) return { do: 'brake', question: facts.asks, because: facts.asks };
  if (!tooManyRestores(o, now)) return null;
  const question = `${what} after it was put back three times within a day, so we stopped. Should the meetings stand again?`;
  return { do: 'brake', question, because: question };
}

function actOnFirst(situation: Situation, o: Occurrence | undefined, evidence: string, what: string): Step[] {
  if (!o || o.cancelActs.some((act) => act.evidence === evidence)) return [];
  const act = { evidence, at: situation.now, by: 'manager' as const };
  const sentence = `${what}. The meetings are back, and this counts once: for ${named(situation, o).replace('The', 'the')}.`;
  if (!tooManyRestores(o, situation.now)) return moveOrCancel(situation, o, act, sentence);
  // Somebody released the calendar: that answers for this meeting too, and it is counted from here.
  const because = 'Somebody said that the meetings should stand again.';
  const answered: Step = { do: 'go on', key: keyOf(o), because };
  return [answered, ...moveOrCancel(situation, { ...o, restores: [] }, act, sentence)];
}

function upcoming(facts: Facts, now: Minute): Occurrence[] {
  return facts.occurrences.filter((o) => isOpen(o) && o.slot.start > now);
}
