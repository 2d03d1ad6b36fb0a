import { texts } from '../look/texts.ts';
import type { Failure } from '../program/reading.ts';

/**
 * What the API said, in its own words, with each field that it named.
 * @param known fields of the form that say themselves what is wrong with them
 */
export function FailureNote({ failure, known = [] }: { failure: Failure | null; known?: readonly string[] }) {
  if (!failure) return null;
  if (failure.kind === 'unreached') return <p class="failure">{texts.reach.notSaved}</p>;
  const { detail, errors = [] } = failure.problem;
  const others = errors.filter(({ field }) => !known.some((name) => isAbout(field, name)));
  if (errors.length > 0 && others.length === 0) return null;
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
  return failure.problem.errors?.find((error) => isAbout(error.field, field))?.says ?? null;
}

/** The API names a field by its place in the body: `anchor.time`. */
function isAbout(place: string, field: string): boolean {
  return place === field || place.endsWith(`.${field}`);
}
