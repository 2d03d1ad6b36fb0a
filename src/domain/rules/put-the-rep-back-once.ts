import { isOpen, keyOf } from '../occurrence.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { evidenceOf, ofMeeting, ofSeries, uninvited } from '../uninvited.ts';

/**
 * A rep who was taken off the guests is put back once; taken off again, both are asked (promise 8). Other guests are
 * nobody's business.
 * @param occurrence null: off the whole series
 */
export function putRepBackOnce({ facts, now }: Situation, occurrence: Occurrence | null): Step[] {
  const next = occurrence ?? facts.occurrences.find((o) => isOpen(o) && o.slot.start > now);
  if (!next) return [];
  const key = keyOf(next);
  const of = occurrence ? ofMeeting(occurrence) : ofSeries(facts);
  const what = occurrence ? 'this meeting' : 'the series';
  const stage = uninvited(occurrence ? [occurrence] : facts.occurrences, of);
  if (stage === 'new') {
    const because = `The rep was taken off the guests of ${what}. We put them back, once; other guests stay.`;
    return [{ do: 'invite again', key, answers: evidenceOf('owed', of), because }];
  }
  if (stage !== 'put back') return [];
  const question = `The rep was taken off the guests of ${what} again after we had put them back. Is this meeting still meant for both of you?`;
  return [{ do: 'ask', key, question, act: null, answers: evidenceOf('asked', of), because: question }];
}
