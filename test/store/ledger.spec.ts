import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/store/data-source.ts';
import { LedgerReader } from '../../src/store/ledger-reader.ts';
import { reportLedgers } from '../../src/store/ledger-report.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { entry } from './samples.ts';
import { seedOrganisation } from './seed-organisation.ts';

const database = await freshDatabase();

describe('the ledger', () => {
  let dataSource: DataSource;
  let store: PostgresStore;
  let reader: LedgerReader;
  let organisation: string;

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
    store = new PostgresStore(dataSource, async () => {});
    reader = new LedgerReader(dataSource);
  });

  beforeEach(async () => {
    const { organisation: own, series } = await seedOrganisation(store);
    organisation = own;
    const words = Array.from({ length: 1500 }, (_, i) => entry(series, `reason ${i + 1}`));
    await store.transaction(organisation, ({ ledger }) => ledger.append(words));
  });

  afterAll(() => dataSource.destroy());

  /** What somebody with every right on the database could do behind the service's back. */
  const tamper = async (sql: string) => {
    await dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL session_replication_role = replica');
      await manager.query(sql, sql.includes('$1') ? [organisation] : []);
    });
  };

  it('is whole as it was written, however long it is', async () => {
    const verdict = await reader.verify(organisation);
    const { hash } = await reader.head(organisation);
    expect(verdict).toEqual({ kind: 'whole', rows: 1500, hash });
  });

  it('is whole before its first row', async () => {
    const { organisation: fresh } = await seedOrganisation(store);
    expect(await reader.verify(fresh)).toMatchObject({ kind: 'whole', rows: 0 });
  });

  it.each([
    'UPDATE ledger SET because = because',
    'UPDATE ledger SET seq = seq + 1',
    'DELETE FROM ledger',
    'TRUNCATE ledger',
    'TRUNCATE ledger CASCADE',
  ])('refuses %s', async (sql) => {
    await expect(dataSource.query(sql)).rejects.toThrow('it is only ever added to');
    expect(await reader.verify(organisation)).toMatchObject({ kind: 'whole' });
  });

  it.each([
    ["because = 'a better reason'", 'it was changed'],
    ['at = at + 1', 'it was changed'],
    ["actor = 'nobody'", 'it was changed'],
    [`facts = facts || '{"share": 0.2}'`, 'it was changed'],
    ["facts = facts - 'nothing'", 'it was changed'],
    ["occurrence = '2@1'", 'it was changed'],
    ["previous_hash = repeat('1', 64)", 'it does not continue row 1233'],
    ["hash = repeat('1', 64)", 'it was changed'],
  ])('names the first row that was tampered with: %s', async (change, because) => {
    await tamper(`UPDATE ledger SET ${change} WHERE organisation_id = $1 AND seq IN (1234, 1300)`);
    const verdict = await reader.verify(organisation);
    expect(verdict).toMatchObject({ kind: 'broken', seq: 1234 });
    expect(verdict).toHaveProperty('because', expect.stringContaining(because));
  });

  it.each([
    ['seq = 1', 1, 'row 1 is missing'],
    ['seq = 1001', 1001, 'row 1001 is missing'],
    ['seq > 1400', 1401, 'row 1401 is missing: 1500 rows were written'],
    ['seq > 0', 1, 'row 1 is missing: 1500 rows were written'],
  ])('notices rows that are gone: %s', async (which, seq, because) => {
    await tamper(`DELETE FROM ledger WHERE organisation_id = $1 AND ${which}`);
    const verdict = await reader.verify(organisation);
    expect(verdict).toMatchObject({ kind: 'broken', seq });
    expect(verdict).toHaveProperty('because', expect.stringContaining(because));
  });

  it('is reported for each organisation by name, with the first broken row', async () => {
    const { organisation: other } = await seedOrganisation(store);
    await tamper("UPDATE ledger SET because = '' WHERE organisation_id = $1 AND seq = 7");
    const lines: string[] = [];
    const both = [
      { id: organisation, name: 'Acme' },
      { id: other, name: 'Umbrella' },
    ];
    expect(await reportLedgers(reader, both, (line) => lines.push(line))).toBe(false);
    expect(lines[0]).toContain(`Acme (${organisation}): broken at row 7: it was changed`);
    expect(lines[1]).toContain(`Umbrella (${other}): 0 rows, whole`);
    expect(await reportLedgers(reader, both.slice(1), () => {})).toBe(true);
  });

  it('is read in order from any row on', async () => {
    const seen: number[] = [];
    for await (const row of reader.rows(organisation, 490)) seen.push(row.seq);
    expect(seen).toEqual(Array.from({ length: 1010 }, (_, i) => 491 + i));
  });
});
