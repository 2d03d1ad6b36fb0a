import { randomUUID } from 'node:crypto';
import type { PostgresStore } from '../../src/store/postgres-store.ts';
import { HOURS, NOW, RULE } from './samples.ts';
import type { Seeded } from './store-contract.ts';

export interface SeededOrganisation extends Seeded {
  readonly manager: string;
  readonly rep: string;
  readonly pair: string;
}

/** A whole organisation, made the way a feature would make it. */
export async function seedOrganisation(store: PostgresStore): Promise<SeededOrganisation> {
  const organisation = await store.found({
    name: 'Acme',
    zone: 'UTC',
    workingDays: [1, 2, 3, 4, 5],
    holidays: [],
    twoOfFour: true,
  });
  return store.transaction(organisation, async ({ people, pairs, accounts, series }) => {
    const person = (role: 'manager' | 'rep') =>
      people.add({
        name: 'Ana',
        email: `${randomUUID()}@example.com`,
        roles: [role],
        zone: 'UTC',
        hours: HOURS,
        preferredHours: null,
      });
    const manager = await person('manager');
    const rep = await person('rep');
    const connect = (of: string) =>
      accounts.connect({ person: of, provider: 'builtin', settings: {}, secret: null, nextPoll: null });
    const account = await connect(manager);
    const repAccount = await connect(rep);
    const pair = await pairs.add(manager, rep);
    const id = await series.add(
      { pair, account, title: '1-on-1', format: 'weekly_30', rule: RULE, minutes: 30 },
      NOW,
    );
    return { organisation, manager, rep, pair, account, repAccount, series: id };
  });
}
