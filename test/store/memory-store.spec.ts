import { randomUUID } from 'node:crypto';
import type { CalendarAccount } from '../../src/store/store.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { HOURS, RULE } from './samples.ts';
import { storeContract } from './store-contract.ts';
import type { Seeded } from './store-contract.ts';

describe('the store in memory', () => {
  storeContract(async () => {
    const store = new MemoryStore();
    return {
      store,
      seed: async () => seed(store),
      act: async ({ series }, act) => store.act(series, act),
      attest: async ({ series }, on, attestation) => store.attest(series, on, attestation),
      takeJobs: async () => {
        const { jobs } = store;
        store.takeJobs(Infinity);
        return jobs;
      },
      ledgerOf: async (organisation) => store.ledgerOf(organisation),
    };
  });

  it('holds nobody up when a worker dies inside a transaction or as the only writer', async () => {
    const store = new MemoryStore();
    const { organisation, account, series } = seed(store);
    void store.asOnlyWriter(account, () =>
      store.transaction(organisation, async ({ accounts }) => {
        await accounts.setState(account, 'paused', 'never written');
        return new Promise<never>(() => {});
      }),
    );
    store.writerDied(account);
    const seen = await store.asOnlyWriter(account, () =>
      store.transaction(organisation, ({ series: all }) => all.load(series, 0)),
    );
    expect(seen).toMatchObject({ account: { state: 'connected' } });
  });
});

function seed(store: MemoryStore): Seeded {
  const [organisation, series, manager, rep] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const person = (id: string) => ({
    id,
    name: 'Ana',
    email: `${id}@example.com`,
    zone: 'UTC',
    hours: HOURS,
    leave: [],
  });
  const [account, repAccount] = [accountOf(manager), accountOf(rep)];
  store.seed({
    facts: {
      week: { workingDays: [1, 2, 3, 4, 5], holidays: [] },
      twoOfFour: true,
      series: {
        id: series,
        organisation,
        title: '1-on-1',
        format: 'weekly_30',
        rule: RULE,
        generation: 1,
        minutes: 30,
        copy: 1,
        endedAt: null,
      },
      people: { manager: person(manager), rep: person(rep) },
      placed: null,
      occurrences: [],
      recoveries: [],
      acts: [],
      observedAt: null,
      account: { owed: 0, restoredLately: 0, seriesPlaced: 0, seriesGone: 0, released: false },
      asks: null,
    },
    account,
    others: [repAccount],
  });
  return { organisation, series, account: account.id, repAccount: repAccount.id };
}

function accountOf(person: string): CalendarAccount {
  return {
    id: randomUUID(),
    person,
    provider: 'builtin',
    state: 'connected',
    because: null,
    settings: {},
    cursor: null,
    verifiedAt: null,
    writtenAt: null,
  };
}
