import { keyOfJob } from '../jobs/jobs.ts';
import type { Enqueue, Job, WaitingJob } from '../jobs/jobs.ts';
import type { Minute } from '../domain/minute.ts';
import type { Scope } from './scope.ts';

/**
 * Jobs of one transaction. They reach the queue once its work is done, each only once and in one order for
 * everybody, so that two transactions that wake the same series never wait for each other in a circle.
 */
export class WaitingJobs {
  readonly #scope: Scope;
  readonly #enqueue: Enqueue;
  readonly #waiting = new Map<string, WaitingJob>();

  constructor(scope: Scope, enqueue: Enqueue) {
    this.#scope = scope;
    this.#enqueue = enqueue;
  }

  async enqueue(job: Job, options: { after?: Minute } = {}): Promise<void> {
    const key = `${job.name} ${keyOfJob(job)}`;
    const after = options.after ?? null;
    const known = this.#waiting.get(key);
    if (!known || isSooner(after, known.after)) this.#waiting.set(key, { job, after });
  }

  /** Hands over what waits; the transaction calls it once, before it commits. */
  async flush(): Promise<void> {
    const inOrder = [...this.#waiting].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, waiting]) => waiting);
    this.#waiting.clear();
    if (inOrder.length > 0) await this.#enqueue(inOrder, this.#scope.unscoped);
  }
}

function isSooner(a: Minute | null, b: Minute | null): boolean {
  return b !== null && (a === null || a < b);
}
