/**
 * A worker process of its own, for tests that kill it: `node queue-worker.ts URL ORGANISATION ACCOUNT MODE`.
 * As the account's only writer it writes one ledger row per job. In mode `hang` it stops for ever inside the
 * transaction, after everything but the commit. It says on standard output what it did.
 */
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { Queue } from '../../src/jobs/queue.ts';

const [url, organisation, account, mode] = process.argv.slice(2) as [string, string, string, string];
const say = (...words: string[]) => process.stdout.write(`${words.join(' ')}\n`);

const queue = new Queue({ url }, console);
const store = new PostgresStore(await createDataSource({ url }).initialize(), queue.enqueue);
await queue.start();
await queue.work(
  'reconcile-series',
  async ({ seriesId }) => {
    const written = await store.asOnlyWriter(account, () => write(seriesId));
    if (written === 'taken') throw new Error('somebody else writes this calendar');
    say('done', seriesId);
  },
  1,
);
say('ready');

function write(seriesId: string): Promise<void> {
  return store.transaction(organisation, async ({ ledger }) => {
    await ledger.append([
      {
        at: 0,
        kind: 'looked',
        series: null,
        occurrence: null,
        actor: 'perennial',
        facts: { job: seriesId },
        because: 'a worker looked',
      },
    ]);
    await ledger.flush();
    if (mode !== 'hang') return;
    say('inside', seriesId);
    await new Promise(() => {});
  });
}
