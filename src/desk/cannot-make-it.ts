import { keyOf } from '../domain/occurrence.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { PrivateWords } from './private-words.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import type { AtOccurrence, Said } from './desk.ts';
import type { CannotMakeItBody } from './occurrences.api.ts';
import { mustBeOpen, who } from './refusals.ts';

/** "Cannot make it" is one cancel act: the loop moves the meeting. The words go to the pair and nowhere else. */
export async function cannotMakeIt(
  at: AtOccurrence,
  body: CannotMakeItBody,
  privateWords: PrivateWords,
): Promise<Said> {
  const o = at.whole.occurrence;
  mustBeOpen(o);
  if (o.slot.start <= at.now) {
    throw new Problem('conflict', 'It has begun already: say whether it was held instead.');
  }
  await keepWords(at, keyOf(o), body, privateWords);
  return {
    act: { kind: 'cannot-make-it', on: keyOf(o), category: body.category },
    entry: {
      kind: 'cannot make it',
      facts: { by: at.as, category: body.category },
      because: `${who(at.as)} cannot make it (${body.category.replaceAll('_', ' ')}).`,
    },
  };
}

export async function keepWords(
  { stores, caller, listed, as, now }: AtOccurrence,
  key: OccurrenceKey,
  { words }: CannotMakeItBody,
  privateWords: PrivateWords,
): Promise<void> {
  if (words === undefined) return;
  if (as === 'admin') throw badInput('words', 'are for the pair alone; leave them out');
  const series = listed.series.id;
  await stores.peopleSay.word(series, key, privateWords.seal({ series, key }, caller.person, words, now));
}
