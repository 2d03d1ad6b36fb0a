import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { Queue } from '../../src/jobs/queue.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { seedOrganisation } from '../store/seed-organisation.ts';
import type { SeededOrganisation } from '../store/seed-organisation.ts';
import { freshDatabase } from '../support/database.ts';

const database = await freshDatabase();
const PROGRAM = fileURLToPath(new URL('../support/queue-worker.ts', import.meta.url));

/** Above the 30 s in which the work of a killed worker has to be taken over, and two processes to start. */
const PATIENCE = 60_000;

describe('a killed worker', () => {
  let dataSource: DataSource;
  let queue: Queue;
  let store: PostgresStore;
  let seeded: SeededOrganisation;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url }).initialize();
    queue = new Queue({ url: database.url }, { warn() {}, error() {} });
    await queue.start();
    store = new PostgresStore(dataSource, queue.enqueue);
    seeded = await seedOrganisation(store);
  });

  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await queue.stop();
    await dataSource.destroy();
  });

  it(
    'loses nothing: what it had half done is undone, and another does all of it once',
    async () => {
      const jobs = Array.from({ length: 3 }, () => randomUUID());
      const victim = startWorker('hang');
      await victim.said('ready');
      await enqueue(jobs);
      await victim.said('inside');
      victim.process.kill('SIGKILL');
      const survivor = startWorker('work');
      for (const job of jobs) await survivor.said(`done ${job}`);
      const looked = await dataSource.query<{ job: string }[]>(
        "SELECT facts ->> 'job' AS job FROM ledger WHERE organisation_id = $1 ORDER BY seq",
        [seeded.organisation],
      );
      expect(looked.map(({ job }) => job).sort()).toEqual([...jobs].sort());
    },
    PATIENCE,
  );

  function enqueue(jobs: readonly string[]): Promise<void> {
    return store.transaction(seeded.organisation, async ({ jobs: waiting }) => {
      for (const seriesId of jobs) await waiting.enqueue({ name: 'reconcile-series', seriesId });
    });
  }

  function startWorker(mode: 'hang' | 'work') {
    const { organisation, account } = seeded;
    const worker = spawn(process.execPath, [PROGRAM, database.url, organisation, account, mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    return { process: worker, said: listenTo(worker) };
  }
});

/** Resolves once the process has said a line that begins so. */
function listenTo(worker: ChildProcess): (beginning: string) => Promise<void> {
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  createInterface({ input: worker.stdout! }).on('line', (line) => {
    lines.push(line);
    for (const watch of watchers) watch();
  });
  return (beginning) =>
    new Promise((resolve) => {
      const watch = () => lines.some((line) => line.startsWith(beginning)) && resolve();
      watchers.add(watch);
      watch();
    });
}
