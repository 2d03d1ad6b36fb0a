import { Problem } from '../platform/problems/problem.ts';
import type { Pair } from '../store/pairs.ts';
import type { RememberedPerson, Role } from '../store/people.ts';
import type { Stores } from '../store/stores.ts';
import type { PersonPatch } from './people.api.ts';

/** @throws Problem where a change would leave a pair without a side, the organisation without an admin, or two people with one address */
export async function mayChange(
  { people, pairs }: Pick<Stores, 'people' | 'pairs'>,
  before: RememberedPerson,
  patch: PersonPatch,
): Promise<void> {
  const roles: readonly Role[] = (patch.active ?? before.active) ? (patch.roles ?? before.roles) : [];
  const running = (await pairs.list(before.id)).filter(({ endedAt }) => endedAt === null);
  if (running.some((pair) => !roles.includes(sideIn(pair, before.id)))) throw new Problem('still-paired');
  if (before.active && before.roles.includes('admin') && !roles.includes('admin')) {
    const admins = (await people.list()).filter((person) => person.active && person.roles.includes('admin'));
    if (admins.length < 2) throw new Problem('last-admin');
  }
  const holder = patch.email === undefined ? null : await people.byEmail(patch.email);
  if (holder && holder.id !== before.id) throw new Problem('email-taken');
}

function sideIn({ manager }: Pair, person: string): 'manager' | 'rep' {
  return manager === person ? 'manager' : 'rep';
}
