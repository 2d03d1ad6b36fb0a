import { randomUUID } from 'node:crypto';
import { BuiltinResources } from '../../src/calendars/builtin/builtin-resources.ts';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { WeekHours } from '../../src/domain/person.ts';
import type { WaitingJob } from '../../src/jobs/jobs.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import type { RawCollection } from './calendar-client.ts';
import type { TestDatabase } from './database.ts';
import type { Fault } from './fault.ts';

export const OFFICE: WeekHours = {
  1: [[540, 1080]],
  2: [[540, 1080]],
  3: [[540, 1080]],
  4: [[540, 1080]],
  5: [[540, 1080]],
};

/** The real store on the test's own database; its jobs are kept in a list instead of a queue. */
export interface OpenStore {
  readonly store: PostgresStore;
  readonly jobs: WaitingJob[];
  /** Any statement, for what no store offers. */
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

/** Opens it before the first test of the file and closes it after the last. */
export async function openStore({ url }: TestDatabase): Promise<OpenStore> {
  const dataSource = await createDataSource({ url, poolSize: 6 }).initialize();
  afterAll(() => dataSource.destroy());
  const jobs: WaitingJob[] = [];
  const store = new PostgresStore(dataSource, async (waiting) => void jobs.push(...waiting));
  return { store, jobs, query: (sql, values) => dataSource.query(sql, values) };
}

export interface BuiltinAccount {
  readonly organisation: string;
  readonly person: string;
  readonly account: string;
}

/** A new organisation with one manager who connected nothing. */
export async function newAccount({ store }: OpenStore): Promise<BuiltinAccount> {
  const week = { workingDays: [1, 2, 3, 4, 5] as const, holidays: [] };
  const organisation = await store.found({ name: 'Acme', zone: 'Europe/Berlin', ...week, twoOfFour: true });
  return store.transaction(organisation, async ({ people, accounts }) => {
    const person = await people.add({ ...ANA, email: `${randomUUID()}@example.com` });
    const account = await accounts.connect({ person, ...BUILTIN });
    return { organisation, person, account };
  });
}

const ANA = {
  name: 'Ana',
  roles: ['manager' as const],
  zone: 'Europe/Berlin',
  hours: OFFICE,
  preferredHours: null,
};
const BUILTIN = { provider: 'builtin' as const, settings: {}, secret: null, nextPoll: null };

/** The built-in collection, counting its writes and failing on demand. */
export class FaultyBuiltin extends BuiltinResources {
  writes = 0;
  fault: Fault | null = null;

  override put(name: string, ics: string, etag: string | null): Promise<string> {
    return this.write(() => super.put(name, ics, etag));
  }

  override delete(name: string, etag: string): Promise<void> {
    return this.write(() => super.delete(name, etag));
  }

  private async write<T>(work: () => Promise<T>): Promise<T> {
    const { fault } = this;
    this.fault = null;
    this.writes += 1;
    if (fault === 'before') throw new CalendarError('Unreachable', 'The calendar does not answer.');
    const result = await work();
    if (fault === 'after commit') throw new CalendarError('Unreachable', 'The calendar does not answer.');
    return result;
  }
}

/** The collection as raw resources, unconditionally. */
export function rawBuiltin({ store }: OpenStore, { organisation, account }: BuiltinAccount): RawCollection {
  return {
    list: () =>
      store.transaction(organisation, async ({ builtin }) =>
        (await builtin.list(account)).map(({ href, ics }) => ({ name: href, ics })),
      ),
    put: (name, ics) =>
      store.transaction(organisation, async ({ builtin }) => {
        const [held] = await builtin.loadMany(account, [name]);
        await builtin.put(account, { href: name, ics, etag: randomUUID() }, held?.etag ?? null);
      }),
    delete: (name) =>
      store.transaction(organisation, async ({ builtin }) => void (await builtin.remove(account, name))),
  };
}
