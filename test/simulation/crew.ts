import { SERIES } from '../support/world.ts';
import type { SetClock } from '../support/world.ts';
import type { Weather } from './line.ts';
import type { ParkingStore } from './parking-store.ts';
import type { Scheduler } from './scheduler.ts';

export const MANAGER = 'ana-calendar';
export const REP = 'bo-calendar';

interface Worker {
  name: string;
  /** What it is at, null while it waits for work. */
  job: string | null;
}

interface Surroundings {
  readonly scheduler: Scheduler;
  readonly store: ParkingStore;
  readonly clock: SetClock;
  readonly weather: Weather;
  /** Does a job: `look`, or the id of a calendar account to poll. */
  readonly work: (job: string) => Promise<void>;
  readonly stumbled: (error: unknown) => void;
}

/** The workers and their queue: one job waits for each thing; a killed worker's job waits again. */
export class Crew {
  sweeps = true;
  /** Whether jobs get lost on their way to a worker: then only the regular look can help. */
  losesJobs: boolean;
  readonly #around: Surroundings;
  readonly #queue = new Set<string>();
  readonly #workers: Worker[] = [
    { name: 'w1', job: null },
    { name: 'w2', job: null },
  ];

  constructor(losesJobs: boolean, around: Surroundings) {
    this.losesJobs = losesJobs;
    this.#around = around;
  }

  get hasWork(): boolean {
    return this.#queue.size > 0;
  }

  enqueue(job: string): void {
    const { weather, scheduler } = this.#around;
    if (this.losesJobs && weather.faults && scheduler.chance(0.5)) return;
    this.#queue.add(job);
  }

  /** An idle worker takes a job. */
  async start(): Promise<void> {
    const { scheduler, work, stumbled } = this.#around;
    const worker = this.#workers.find((w) => w.job === null);
    const job = scheduler.pick([...this.#queue]);
    if (!worker || job === undefined) return;
    this.#queue.delete(job);
    worker.job = job;
    const { name } = worker;
    scheduler.note(`${name} takes ${job}`);
    await scheduler.begin(name, async () => {
      await work(job).catch(stumbled);
      if (worker.name === name) worker.job = null;
    });
  }

  async sweep(): Promise<void> {
    if (!this.sweeps) return;
    const { store, clock } = this.#around;
    const due = await store.dueSeries(clock.at, 50);
    if (due.some(({ series }) => series === SERIES)) this.enqueue('look');
    for (const { account } of await store.dueAccounts(clock.at, 50)) this.enqueue(account);
  }

  /** What the loop itself asked for, and now and then a look that nobody asked for. */
  collect(): void {
    const { store, clock, weather, scheduler } = this.#around;
    for (const job of store.inner.takeJobs(clock.at)) {
      if (job.name === 'reconcile-series' && job.seriesId === SERIES) this.enqueue('look');
    }
    if (weather.faults && scheduler.chance(0.02)) this.enqueue('look');
  }

  kill(): void {
    const { scheduler, store } = this.#around;
    const worker = scheduler.pick(this.#workers.filter((w) => w.job !== null));
    if (!worker) return;
    scheduler.kill(worker.name);
    for (const account of [MANAGER, REP]) if (store.holds(account, worker.name)) store.loseLock(account);
    this.enqueue(worker.job!);
    worker.name += "'";
    worker.job = null;
  }

  /** The connection that holds the lock breaks, and its worker does not know yet. */
  loseLock(): void {
    const { scheduler, store } = this.#around;
    const worker = this.#workers.find((w) => store.holds(MANAGER, w.name));
    if (!worker) return;
    scheduler.note(`${worker.name} lost its lock`);
    store.loseLock(MANAGER);
    this.#workers.push({ name: `w${this.#workers.length + 1}`, job: null });
  }
}
