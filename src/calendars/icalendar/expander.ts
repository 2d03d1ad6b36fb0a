import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BusyQuestion } from './expand.ts';
import type { Expanded, Expansion } from './expand-worker.ts';

/** How long one event may take. A rule that needs more is taken for one that never ends. */
const LIMIT_MS = 1500;
/** The first answer of a new thread includes its start. */
const START_MS = 10_000;

/**
 * Expands other people's rules in a thread of its own, because some rules never return. One at a time; a thread
 * that overruns is ended and the next event gets a new one.
 */
export class Expander {
  private worker: Worker | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly limitMs: number;

  constructor(limitMs: number = LIMIT_MS) {
    this.limitMs = limitMs;
  }

  /** Busy time in these resources; one that cannot be expanded is busy at its time of day, every day. */
  async busy(resources: readonly string[], question: BusyQuestion): Promise<number[]> {
    const busy: number[] = [];
    for (const ics of resources) {
      let expanded = await this.run({ what: 'busy', ics, question });
      if ('failed' in expanded) expanded = await this.run({ what: 'cautious', ics, question });
      // What is no calendar object at all names no time either.
      if ('minutes' in expanded) for (const minute of expanded.minutes) busy.push(minute);
    }
    return busy;
  }

  /** All starts of a rule in a window; null where they cannot be told. */
  async starts(ics: string, question: BusyQuestion): Promise<number[] | null> {
    const expanded = await this.run({ what: 'starts', ics, question });
    return 'minutes' in expanded ? expanded.minutes : null;
  }

  private run(expansion: Expansion): Promise<Expanded> {
    const result = this.queue.then(() => this.expand(expansion));
    this.queue = result;
    return result;
  }

  private expand(expansion: Expansion): Promise<Expanded> {
    const fresh = this.worker === null;
    const worker = (this.worker ??= startWorker());
    return new Promise((resolve) => {
      const settle = (expanded: Expanded, broken: boolean): void => {
        clearTimeout(timer);
        worker.removeAllListeners();
        if (broken) {
          this.worker = null;
          void worker.terminate();
        }
        resolve(expanded);
      };
      const limit = fresh ? START_MS : this.limitMs;
      const timer = setTimeout(() => settle({ failed: 'the rule takes too long' }, true), limit);
      worker.once('message', (expanded: Expanded) => settle(expanded, false));
      worker.once('error', (error: Error) => settle({ failed: error.message }, true));
      worker.once('exit', () => settle({ failed: 'the thread ended' }, true));
      worker.postMessage(expansion);
    });
  }
}

function startWorker(): Worker {
  // The thread's file stands beside this one: .ts when run from source, .js when built.
  const worker = new Worker(new URL(`./expand-worker${extname(import.meta.url)}`, import.meta.url));
  worker.unref();
  return worker;
}
