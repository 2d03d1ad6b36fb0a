import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { emptyDatabase } from '../support/database.ts';
import { NOW, occurrence, recovery } from './samples.ts';
import { seedOrganisation } from './seed-organisation.ts';

const database = await emptyDatabase();

/** Tables whose rows belong to nobody in particular. */
const WITHOUT_ORGANISATION = ['organisation', 'migrations', 'vendor_budget'];

describe('the schema', () => {
  let dataSource: DataSource;

  beforeAll(async () => {
    const connect = () => createDataSource({ url: database.url, poolSize: 4 }).initialize();
    const [first, second] = await Promise.all([connect(), connect()]);
    await Promise.all([migrate(first), migrate(second)]);
    await second.destroy();
    dataSource = first;
  });

  afterAll(() => dataSource.destroy());

  it('is made from nothing, by one of two processes that start at once', async () => {
    expect(await dataSource.showMigrations()).toBe(false);
    const rows = await dataSource.query<unknown[]>('SELECT FROM migrations');
    expect(rows).toHaveLength(dataSource.migrations.length);
  });

  it('gives every row to an organisation, and every key and reference starts with it', async () => {
    const tables = await dataSource.query<{ name: string; first_key: string | null }[]>(`
      SELECT c.relname AS name,
        (SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
         WHERE k.conrelid = c.oid AND k.contype = 'p') AS first_key
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`);
    const owned = tables.filter(({ name }) => !WITHOUT_ORGANISATION.includes(name));
    expect(owned.length).toBeGreaterThan(15);
    expect(owned.filter(({ first_key }) => first_key !== 'organisation_id')).toEqual([]);
    const loose = await dataSource.query<unknown[]>(`
      SELECT k.conrelid::regclass AS "table", k.conname FROM pg_constraint k
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND a.attname <> 'organisation_id'`);
    expect(loose).toEqual([]);
  });

  describe('holds what was promised', () => {
    let store: PostgresStore;
    let organisation: string;
    let series: string;

    beforeAll(async () => {
      store = new PostgresStore(dataSource, async () => {});
      const seeded = await seedOrganisation(store);
      ({ organisation, series } = seeded);
      await store.transaction(organisation, async (stores) => {
        const { facts, revision } = (await stores.series.load(series, NOW))!;
        const act = { evidence: 'deleted', at: NOW, by: 'rep' } as const;
        const held = { by: 'rep', says: 'held', absent: null } as const;
        await stores.series.save(
          revision,
          facts,
          {
            ...facts,
            occurrences: [
              occurrence(1, { state: 'cancelled_rep', cancelActs: [act], attestations: [held] }),
              occurrence(2, { cancelActs: [act] }),
            ],
            recoveries: [recovery(1, 2)],
          },
          NOW,
        );
      });
    });

    it.each(['series', 'occurrence', 'recovery', 'cancel_act', 'attestation', 'pair'])(
      'refuses to delete a row of %s',
      async (table) => {
        await expect(dataSource.query(`DELETE FROM ${table}`)).rejects.toThrow('is refused');
      },
    );

    it.each(['series', 'occurrence', 'recovery', 'attestation'])('refuses to empty %s', async (table) => {
      await expect(dataSource.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow('is refused');
    });

    it('refuses to open an ended occurrence or to give one another key, by whatever statement', async () => {
      await expect(
        dataSource.query("UPDATE occurrence SET state = 'scheduled' WHERE state = 'cancelled_rep'"),
      ).rejects.toThrow('an occurrence that ended as cancelled_rep stays ended');
      await expect(dataSource.query('UPDATE occurrence SET generation = 9')).rejects.toThrow('keeps its key');
      await expect(dataSource.query("UPDATE cancel_act SET by = 'manager'")).rejects.toThrow('is refused');
    });

    it('refuses a row that points into another organisation', async () => {
      const other = await seedOrganisation(store);
      await expect(
        store.transaction(organisation, ({ pairs }) => pairs.add(other.manager, other.rep)),
      ).rejects.toThrow('foreign key');
    });

    it('lets two people meet in one pair at a time, in another one after that', async () => {
      const { organisation: own, manager, rep, pair } = await seedOrganisation(store);
      await store.transaction(own, async ({ pairs, series: all }) => {
        expect(await pairs.add(manager, rep)).toBe('known');
        const ended = await pairs.end(pair, NOW, 'the rep changed teams');
        expect(ended).toHaveLength(1);
        expect((await all.find(ended![0]!))!.series.endedAt).toBe(NOW);
        expect(await pairs.end(pair, NOW, 'again')).toBeNull();
        expect(await pairs.add(manager, rep)).not.toBe('known');
      });
    });
  });
});
