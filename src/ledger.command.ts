import { parseArgs } from 'node:util';
import { readSettings } from './config.ts';
import { createDataSource } from './store/data-source.ts';
import { LedgerReader } from './store/ledger-reader.ts';
import { reportLedgers } from './store/ledger-report.ts';
import { PostgresStore } from './store/postgres-store.ts';
import { reachDatabase } from './store/reach-database.ts';

const USAGE = 'Usage: npm run ledger -- verify [--organisation ID]';

/** `npm run ledger -- verify`: 0 when every chain is whole, 1 when one is broken, 2 when asked for anything else. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { organisation: { type: 'string' } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'verify') {
    console.error(USAGE);
    return 2;
  }
  const database = await reachDatabase(readSettings());
  try {
    return await verify(database.url, values.organisation ?? null);
  } finally {
    await database.leave();
  }
}

async function verify(url: string, only: string | null): Promise<number> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    const store = new PostgresStore(dataSource, async () => {});
    const organisations = (await store.organisations()).filter(({ id }) => only === null || id === only);
    if (only !== null && organisations.length === 0) {
      console.error(`There is no organisation ${only} here.`);
      return 2;
    }
    return (await reportLedgers(new LedgerReader(dataSource), organisations, console.log)) ? 0 : 1;
  } finally {
    await dataSource.destroy();
  }
}

process.exitCode = await main();
