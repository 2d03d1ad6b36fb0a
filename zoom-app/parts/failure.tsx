import { texts } from '../look/texts.ts';
import type { Failure } from '../program/reading.ts';

/** What the API said, in its own words, with each field that it named. */
export function FailureNote({ failure, known = [] }: { failure: Failure | null; known?: readonly string[] }) {
  if (!failure) return null;
  if (failure.kind === 'unreached') return <p class="failure">{texts.reach.notSaved}</p>;
  const { detail, errors = [] } = failure.problem;
  const others = errors.filter(({ field }) => !known.includes(field));
  return (
    <div class="failure">
      <p>{detail}</p>
      {others.length > 0 && (
        <ul>
          {others.map(({ field, says }) => (
            <li key={field}>
              {field}: {says}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What is wrong with one field; null where the API said nothing about it. */
export function saysAbout(failure: Failure | null, field: string): string | null {
  if (failure?.kind !== 'refused') return null;
  return failure.problem.errors?.find((error) => error.field === field)?.says ?? null;
}
