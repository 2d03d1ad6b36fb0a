import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Job } from '../../src/jobs/jobs.ts';
import { Queue } from '../../src/jobs/queue.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { seedOrganisation } from './seed-organisation.ts';

const database = await freshDatabase();
const FAR_AWAY = minuteFromIso('2200-01-01T00:00Z');

describe('the queue', () => {
  let dataSource: DataSource;
  let queue: Queue;
  let store: PostgresStore;
  let organisation: string;
  let work: Work;

  beforeAll(async () => {
    dataSource = await createDataSource({ url: database.url }).initialize();
    queue = new Queue({ url: database.url }, { warn() {}, error() {} });
    await queue.start();
    store = new PostgresStore(dataSource, queue.enqueue);
    ({ organisation } = await seedOrganisation(store));
    work = new Work();
    await queue.work('reconcile-series', ({ seriesId }) => work.run(seriesId), 2);
  });

  afterAll(async () => {
    await queue.stop();
    await dataSource.destroy();
  });

  const enqueue = (seriesId: string, after?: number) =>
    store.transaction(organisation, ({ jobs }) =>
      jobs.enqueue({ name: 'reconcile-series', seriesId }, after === undefined ? {} : { after }),
    );

  it('runs what a committed transaction asked for, and nothing of one that failed', async () => {
    const [kept, lost] = [randomUUID(), randomUUID()];
    const failing = store.transaction(organisation, async ({ jobs }) => {
      await jobs.enqueue({ name: 'reconcile-series', seriesId: lost });
      throw new Error('the power went');
    });
    await expect(failing).rejects.toThrow('the power went');
    await enqueue(kept);
    await work.ended(kept, 1);
    expect(work.runsOf(lost)).toBe(0);
  });

  it('runs a thing once more, and never twice at a time, however often it is asked for during a run', async () => {
    const series = randomUUID();
    const letGo = work.hold(series);
    await enqueue(series);
    await work.started(series, 1);
    for (let i = 0; i < 5; i++) await enqueue(series);
    const other = randomUUID();
    await enqueue(other);
    await work.ended(other, 1);
    expect(work.runsOf(series)).toBe(1);
    letGo();
    await work.ended(series, 2);
    const last = randomUUID();
    await enqueue(last);
    await work.ended(last, 1);
    expect([work.runsOf(series), work.mostAtOnce(series)]).toEqual([2, 1]);
  });

  it('lets nobody take a waiting job between the asking and the commit', async () => {
    const [asked, other] = [randomUUID(), randomUUID()];
    const mail = (mailId: string) => [{ job: { name: 'send-mail', mailId }, after: null }] as const;
    const asking = (runner: Pick<EntityManager, 'query'>) => (sql: string, values?: unknown[]) =>
      runner.query<unknown[]>(sql, values);
    await queue.enqueue(mail(asked), asking(dataSource));
    await dataSource.transaction(async (runner) => {
      await queue.enqueue(mail(asked), asking(runner));
      await queue.work('send-mail', ({ mailId }) => work.run(mailId));
      await queue.enqueue(mail(other), asking(dataSource));
      await work.ended(other, 1);
      expect(work.runsOf(asked)).toBe(0);
    });
    await work.ended(asked, 1);
    expect(work.runsOf(asked)).toBe(1);
  });

  it('pulls a delayed job forward and never pushes it back', async () => {
    const series = randomUUID();
    await enqueue(series, FAR_AWAY);
    await enqueue(series, minuteFromIso('2026-01-01T00:00Z'));
    await enqueue(series, FAR_AWAY);
    await work.ended(series, 1);
    expect(work.runsOf(series)).toBe(1);
  });

  it('tries again after a failure', async () => {
    const series = randomUUID();
    work.failOnce(series);
    await enqueue(series);
    await work.ended(series, 1);
    expect(work.runsOf(series)).toBe(2);
  });

  it('hands each kind of job to its own handler, with its own id', async () => {
    const seen = Promise.withResolvers<Job>();
    await queue.work('poll-account', async (job) => seen.resolve(job));
    await store.transaction(organisation, ({ jobs }) =>
      jobs.enqueue({ name: 'poll-account', accountId: 'a' }),
    );
    expect(await seen.promise).toEqual({ name: 'poll-account', accountId: 'a' });
  });
});

/** A handler that can be held, watched and made to fail; waiting ends with what happens, not with time. */
class Work {
  readonly #runs = new Map<string, { started: number; ended: number; now: number; most: number }>();
  readonly #held = new Map<string, Promise<void>>();
  readonly #failing = new Set<string>();
  readonly #watchers = new Set<() => void>();

  async run(key: string): Promise<void> {
    const of = this.#of(key);
    of.started++;
    of.most = Math.max(of.most, ++of.now);
    this.#tell();
    try {
      await this.#held.get(key);
      if (this.#failing.delete(key)) throw new Error('it broke');
      of.ended++;
    } finally {
      of.now--;
      this.#tell();
    }
  }

  hold(key: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(key, promise);
    return () => resolve();
  }

  failOnce(key: string): void {
    this.#failing.add(key);
  }

  runsOf = (key: string): number => this.#of(key).started;
  mostAtOnce = (key: string): number => this.#of(key).most;
  started = (key: string, times: number) => this.#until(() => this.#of(key).started >= times);
  ended = (key: string, times: number) => this.#until(() => this.#of(key).ended >= times);

  #of(key: string) {
    return this.#runs.getOrInsertComputed(key, () => ({ started: 0, ended: 0, now: 0, most: 0 }));
  }

  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = () => {
        if (!holds()) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }

  #tell(): void {
    for (const watch of this.#watchers) watch();
  }
}
