import type { Minute } from '../../src/domain/minute.ts';
import { Store } from '../../src/store/store.ts';
import type { LoopStores, SeriesHome } from '../../src/store/store.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import type { Scheduler } from './scheduler.ts';

/** How a transaction's stores are handed out; an ablation hands out altered ones. */
export type HandOut = (stores: LoopStores, process: string) => LoopStores;

/** The store behind a connection: a process may be killed before a transaction, or after it and before it knows. */
export class ParkingStore extends Store {
  /** Two at once on one calendar, though nobody's lock was lost. */
  twoWriters = false;
  locks = true;
  handOut: HandOut = (stores) => stores;
  readonly #inside = new Map<string, string>();

  constructor(
    readonly inner: MemoryStore,
    private readonly scheduler: Scheduler,
  ) {
    super();
  }

  override async transaction<T>(organisation: string, work: (stores: LoopStores) => Promise<T>): Promise<T> {
    const process = this.scheduler.running;
    await this.scheduler.park('begins a transaction');
    const result = await this.inner.transaction(organisation, (stores) =>
      work(this.handOut(stores, process)),
    );
    await this.scheduler.park('has committed');
    return result;
  }

  override homeOfSeries(series: string): Promise<SeriesHome | null> {
    return this.inner.homeOfSeries(series);
  }

  override organisationOfAccount(account: string): Promise<string | null> {
    return this.inner.organisationOfAccount(account);
  }

  override dueSeries(now: Minute, limit: number) {
    return this.inner.dueSeries(now, limit);
  }

  override dueAccounts(now: Minute, limit: number) {
    return this.inner.dueAccounts(now, limit);
  }

  override async asOnlyWriter<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'> {
    const process = this.scheduler.running;
    const inside = async () => {
      if (this.#inside.has(account)) this.twoWriters = true;
      this.#inside.set(account, process);
      try {
        return await work();
      } finally {
        if (this.#inside.get(account) === process) this.#inside.delete(account);
      }
    };
    return this.locks ? this.inner.asOnlyWriter(account, inside) : inside();
  }

  /** The process's connection broke, or the process died: its lock is free, whatever it still believes. */
  loseLock(account: string): void {
    this.inner.writerDied(account);
    this.#inside.delete(account);
  }

  holds(account: string, process: string): boolean {
    return this.#inside.get(account) === process;
  }
}
