import { dayToIso } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import type { Pair } from '../store/pairs.ts';
import type { RememberedPerson } from '../store/people.ts';
import { showHours } from './hours.ts';
import type { PersonView } from './people.api.ts';

/** Whom a caller sees: admins and auditors everybody, others themselves and those they have met with. */
export function visible(
  caller: Caller,
  people: readonly RememberedPerson[],
  ownPairs: readonly Pair[],
): RememberedPerson[] {
  if (caller.roles.includes('admin') || caller.roles.includes('auditor')) return [...people];
  const known = new Set([caller.person, ...ownPairs.flatMap(({ manager, rep }) => [manager, rep])]);
  return people.filter(({ id }) => known.has(id));
}

/** Leave is between a person, their managers and the admins. */
export function showPerson(caller: Caller, person: RememberedPerson, ownPairs: readonly Pair[]): PersonView {
  const { id, name, email, roles, zone, hours, preferredHours, active, senior } = person;
  const mayKnowLeave =
    caller.person === id ||
    caller.roles.includes('admin') ||
    ownPairs.some(({ manager, rep, endedAt }) => manager === caller.person && rep === id && endedAt === null);
  return {
    id,
    name,
    email,
    roles: [...roles],
    zone,
    hours: showHours(hours),
    preferredHours: preferredHours && showHours(preferredHours),
    active,
    senior,
    leave: mayKnowLeave ? person.leave.map(showLeave) : null,
  };
}

function showLeave({ id, from, until }: RememberedPerson['leave'][number]) {
  return { id, from: dayToIso(from), until: dayToIso(until) };
}
