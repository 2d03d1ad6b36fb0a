import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BusyQuestion } from './expand.ts';
import type { Expanded, Expansion } from './expand-worker.ts';

const REMEMBERED = 200;
/** The thread's first word. */
const READY = 'ready';

/** How long one event may take. A rule that needs more is taken for one that never ends. */
const LIMIT_MS = 2000;
/** The first answer of a new thread includes its start. */
const START_MS = 10_000;

/**
 * Expands other people's rules in a thread of its own, because some rules never return. One at a time; a thread
 * that overruns is ended and the next event gets a new one.
 */
export class Expander {
  private worker: Worker | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  /** How often an event overran. After the second time it is not tried again until it changes. */
  private readonly overruns = new Map<string, number>();
  private readonly limitMs: number;

  constructor(limitMs: number = LIMIT_MS) {
    this.limitMs = limitMs;
  }

  /** Busy time in these resources; one that cannot be expanded is busy at its time of day, every day. */
  async busy(resources: readonly string[], question: BusyQuestion): Promise<number[]> {
    const busy: number[] = [];
    for (const ics of resources) {
      let expanded: Expanded | null = null;
      if ((this.overruns.get(ics) ?? 0) < 2) expanded = await this.run({ what: 'busy', ics, question });
      if (!expanded || 'failed' in expanded) expanded = await this.run({ what: 'cautious', ics, question });
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

  private async expand(expansion: Expansion): Promise<Expanded> {
    if (!this.worker) {
      const worker = startWorker();
      const started = await nextWord(worker, START_MS);
      if (started !== READY) return failure(worker, 'the thread did not start');
      this.worker = worker;
    }
    const { worker } = this;
    worker.postMessage(expansion);
    const answer = await nextWord(worker, this.limitMs);
    if (answer !== null) return answer as Expanded;
    this.worker = null;
    if (this.overruns.size >= REMEMBERED) this.overruns.clear();
    this.overruns.set(expansion.ics, (this.overruns.get(expansion.ics) ?? 0) + 1);
    return failure(worker, 'the rule takes too long');
  }
}

function failure(worker: Worker, because: string): Expanded {
  void worker.terminate();
  return { failed: because };
}

/** The thread's next message; null where it ended or overran. */
function nextWord(worker: Worker, limitMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (word: unknown): void => {
      clearTimeout(timer);
      worker.off('message', settle).off('exit', ended);
      resolve(word);
    };
    const ended = (): void => settle(null);
    const timer = setTimeout(ended, limitMs);
    worker.once('message', settle).once('exit', ended);
  });
}

function startWorker(): Worker {
  // The thread's file stands beside this one: .ts when run from source, .js when built.
  const worker = new Worker(new URL(`./expand-worker${extname(import.meta.url)}`, import.meta.url));
  // An error ends the thread; whoever waits for it learns of the end.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}

/** The process's own: one thread serves all calendars. */
export const expander = new Expander();
