import type { DataSource } from 'typeorm';
import { StoredIds } from '../../src/calendars/vendor-ids.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { seedOrganisation } from './seed-organisation.ts';
import type { SeededOrganisation } from './seed-organisation.ts';

const database = await freshDatabase();

describe('what a vendor calls our events', () => {
  let dataSource: DataSource;
  let store: PostgresStore;
  let seeded: SeededOrganisation;
  const idsOf = (account: string) => new StoredIds(store, seeded.organisation, account);

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
    store = new PostgresStore(dataSource, async () => {});
    seeded = await seedOrganisation(store);
  });

  afterAll(() => dataSource.destroy());

  it('is kept by account, the newest id for each name', async () => {
    const { account, repAccount } = seeded;
    await idsOf(account).keep(
      new Map([
        ['series 1', 'A'],
        ['series 2', 'B'],
      ]),
    );
    await idsOf(account).keep(
      new Map([
        ['series 1', 'C'],
        ['series 2', 'B'],
      ]),
    );
    expect(await idsOf(account).of('series 1')).toBe('C');
    expect(await idsOf(account).of('series 2')).toBe('B');
    expect(await idsOf(account).of('series 3')).toBeNull();
    expect(await idsOf(repAccount).of('series 1')).toBeNull();
  });

  it('is written only where it is new', async () => {
    const version = () => dataSource.query('SELECT xmin, xmax, name FROM vendor_id ORDER BY name');
    const before = await version();
    await idsOf(seeded.account).keep(
      new Map([
        ['series 1', 'C'],
        ['series 2', 'B'],
      ]),
    );
    expect(await version()).toEqual(before);
  });

  it('is found by two processes at once without harm', async () => {
    const found = (id: string) => new Map(['a', 'b', 'c'].map((name) => [name, `${id}${name}`]));
    await Promise.all(['x', 'x', 'x', 'x'].map((id) => idsOf(seeded.account).keep(found(id))));
    expect(await idsOf(seeded.account).of('c')).toBe('xc');
  });
});
