import { PgBoss } from 'pg-boss';
import type { Db, Job as BossJob } from 'pg-boss';
import { minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Log } from '../platform/log.ts';
import { JOB_NAMES, jobOf, keyOfJob, payloadOf } from './jobs.ts';
import type { Enqueue, JobName, JobNamed, Query } from './jobs.ts';
import { NotYet } from './not-yet.ts';
import { EVERY_QUEUE, TAKE_OVER, WAKE_UP } from './patience.ts';

export interface QueueSettings {
  readonly url: string;
  /** Connections of the queue's own pool, one of which listens. */
  readonly poolSize?: number;
}

export type Handler<Name extends JobName> = (job: JobNamed<Name>, signal: AbortSignal) => Promise<void>;

/** How many jobs of a queue wait, run and failed for good, as last counted. */
export interface QueueCounts {
  readonly name: JobName;
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}

/**
 * Jobs on PostgreSQL. One job waits for each key, whoever asked and however often; one runs for each key. A job
 * runs at least once: a handler reads the facts itself, so that a second run finds nothing left to do.
 */
export class Queue {
  readonly #boss: PgBoss;
  readonly #log: Pick<Log, 'warn' | 'error'>;

  constructor({ url, poolSize = 5 }: QueueSettings, log: Pick<Log, 'warn' | 'error'>) {
    this.#log = log;
    this.#boss = new PgBoss({
      connectionString: url,
      application_name: 'perennial-queue',
      max: poolSize,
      useListenNotify: true,
      schedule: false,
      ...TAKE_OVER,
    });
    this.#boss.on('error', (err) => log.warn({ err }, 'the queue has trouble'));
    this.#boss.on('warning', ({ message }) => log.warn({ because: message }, 'the queue warns'));
  }

  /** Installs what it needs and makes its queues; nothing runs before `work`. */
  async start(): Promise<void> {
    await this.#boss.start();
    for (const name of JOB_NAMES) {
      await this.#boss.createQueue(name, { policy: 'short', ...EVERY_QUEUE });
      await this.#boss.updateQueue(name, EVERY_QUEUE);
    }
  }

  /** Takes no more jobs, waits for those that run, and gives back what does not end in time. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 15_000 });
  }

  /** Runs `handler` for jobs of this name, `concurrency` of them at once in this process. */
  async work<Name extends JobName>(name: Name, handler: Handler<Name>, concurrency = 2): Promise<void> {
    for (let i = 0; i < concurrency; i++) await this.#worker(name, handler);
  }

  /** Joins the caller's transaction; see Enqueue. A function of its own, to be handed to the store. */
  readonly enqueue: Enqueue = async (jobs, query) => {
    const db = inTransaction(query);
    for (const { job, after } of jobs) {
      const key = keyOfJob(job);
      if (after === null) await this.#now(job.name, key, payloadOf(job), db);
      else await this.#later(job.name, key, payloadOf(job), after, db);
    }
  };

  async counts(): Promise<readonly QueueCounts[]> {
    const queues = await this.#boss.getQueues([...JOB_NAMES]);
    return queues.map(({ name, queuedCount, activeCount, failedCount }) => ({
      name: name as JobName,
      waiting: queuedCount,
      running: activeCount,
      failed: failedCount,
    }));
  }

  /**
   * Touches the waiting job where there is one. The touch locks it until the caller commits, so no worker can take
   * it, read the facts from before the commit, and leave nobody to look at those after it.
   */
  async #now(name: JobName, key: string, data: object, db: Db): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      const options = { singletonKey: key, group: { id: key }, startAfter: 0, match: 'all', db } as const;
      const { jobs } = await this.#boss.upsert(name, data, options);
      if (jobs.length > 0) return;
    }
    throw new Error(`The queue took no ${name} job`);
  }

  /** A job that waits already is pulled forward, never pushed back. */
  async #later(name: JobName, key: string, data: object, after: Minute, db: Db): Promise<void> {
    const startAfter = minuteToIso(after);
    const waiting = await this.#boss.findJobs(name, { key, queued: true, db });
    if (waiting.length === 0) {
      await this.#boss.send(name, data, { singletonKey: key, group: { id: key }, startAfter, db });
    } else if (waiting.every((job) => job.startAfter.getTime() > after * 60_000)) {
      await this.#boss.update(name, data, { singletonKey: key, startAfter, match: 'all', db });
    }
  }

  /** A worker that found a job looks again at once; one that found none sleeps until it is woken. */
  async #worker<Name extends JobName>(name: Name, handler: Handler<Name>): Promise<void> {
    let id: string | undefined;
    const run = async ([job]: BossJob[]): Promise<void> => {
      try {
        await handler(jobOf(name, job!.data), job!.signal);
      } catch (err) {
        if (!(err instanceof NotYet)) {
          this.#log.error({ err, job: name, ...job!.data, tries: job!.retryCount + 1 }, 'a job failed');
        }
        throw err;
      } finally {
        if (id !== undefined) this.#boss.notifyWorker(id);
      }
    };
    id = await this.#boss.work(name, WAKE_UP, run);
  }
}

function inTransaction(query: Query): Db {
  return { executeSql: async (sql, values) => ({ rows: await query(sql, values) }) };
}
