import { keyOf } from '../domain/occurrence.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { AtOccurrence, Said } from './desk.ts';
import { mustBeOpen, who } from './refusals.ts';

/** The loop had stopped and asked; somebody answered: look after the meeting again. */
export async function answerQuestion({ whole, as }: AtOccurrence): Promise<Said> {
  const o = whole.occurrence;
  mustBeOpen(o);
  if (o.asks === null) throw new Problem('conflict', 'Nothing is asked about this meeting.');
  return {
    act: { kind: 'answer', on: keyOf(o) },
    entry: {
      kind: 'answer question',
      facts: { by: as },
      because: `${who(as)} answered: look after it again.`,
    },
  };
}
