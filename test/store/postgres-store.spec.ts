import type { DataSource } from 'typeorm';
import type { WaitingJob } from '../../src/jobs/jobs.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { seedOrganisation } from './seed-organisation.ts';
import { storeContract } from './store-contract.ts';

const database = await freshDatabase();

describe('the store on PostgreSQL', () => {
  let dataSource: DataSource;

  afterAll(() => dataSource.destroy());

  storeContract(async () => {
    dataSource = await createDataSource({ url: database.url }).initialize();
    await dataSource.query('CREATE TABLE test_queue (n serial, job jsonb)');
    const store = new PostgresStore(dataSource, async (jobs, query) => {
      for (const waiting of jobs) await query('INSERT INTO test_queue (job) VALUES ($1)', [waiting]);
    });
    return {
      store,
      seed: () => seedOrganisation(store),
      act: ({ organisation, series }, act) =>
        store.transaction(organisation, ({ peopleSay }) => peopleSay.act(series, act)),
      attest: ({ organisation, series }, on, attestation) =>
        store.transaction(organisation, ({ peopleSay }) => peopleSay.attest(series, on, attestation)),
      takeJobs: async () => {
        const [rows] = await dataSource.query<[{ job: WaitingJob }[], number]>(
          'DELETE FROM test_queue RETURNING job',
        );
        return rows.map((row) => row.job);
      },
      ledgerOf: (organisation) =>
        store.transaction(organisation, async ({ ledger, series }) => {
          const [only] = await series.list();
          return ledger.ofSeries(only!.series.id);
        }),
    };
  });
});
