import type { Facts } from '../../src/domain/facts.ts';
import { isOpen } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { SeriesStore } from '../../src/store/store.ts';
import type { LedgerEntry, LoopStores, RememberedSeries } from '../../src/store/store.ts';
import { SERIES } from '../support/world.ts';
import type { Ablation, History } from './history.ts';

/** Each protection taken away alone, on the test's side: the product has no switch for any of them. */
export const ABLATIONS: readonly Ablation[] = [
  {
    without: 'evidence that makes one act count once',
    from: (history) => translate(history, withEvidence(forget), withEvidence(remember)),
  },
  {
    without: 'versions that a write must match',
    from: (history) => {
      history.calendar.checksVersions = false;
    },
  },
  { without: 'compare-and-set on the revision', from: lastWriterWins },
  {
    without: 'the regular look where jobs get lost',
    from: (history) => {
      history.crew.losesJobs = true;
      history.crew.sweeps = false;
    },
  },
  { without: 'decisions saved before the writes', from: decisionsAfterWrites },
  {
    without: 'a base of confirmed writes only',
    from: (history) =>
      translate(
        history,
        (facts) => facts,
        (facts) => ({ ...facts, occurrences: facts.occurrences.map(takenForPlaced) }),
      ),
  },
  { without: 'identities that are found again after a lost answer', from: randomIdentities },
  {
    without: 'the guard against empty answers',
    from: (history) => alter(history, () => ({ placedOnAccount: async () => [] })),
  },
  {
    without: 'older copies that are looked for and taken away',
    from: (history) => {
      history.calendar.withdrawSeries = async () => {};
    },
  },
  {
    without: 'the cursor in the transaction of its effects',
    from: cursorFirst,
  },
  {
    without: 'one writer for each calendar',
    from: (history) => {
      history.store.locks = false;
    },
  },
  {
    without: 'the reasons in the transaction of their decisions',
    from: (history) => {
      history.store.handOut = (stores) => ({
        ...stores,
        ledger: {
          append: async (rows) => (history.scheduler.chance(0.9) ? stores.ledger.append(rows) : undefined),
        },
      });
    },
  },
];

function withEvidence(change: (evidence: string) => string) {
  return (facts: Facts): Facts => ({
    ...facts,
    occurrences: facts.occurrences.map((o) => ({
      ...o,
      cancelActs: o.cancelActs.map((act) => ({ ...act, evidence: change(act.evidence) })),
    })),
  });
}

function forget(evidence: string): string {
  return `forgotten ${evidence}`;
}

function remember(evidence: string): string {
  return evidence.replace(/^forgotten /, '');
}

/** As if a decision to move had been carried out already. */
function takenForPlaced(o: Occurrence): Occurrence {
  if (!isOpen(o) || !o.placed || o.placed.slot.start === o.slot.start) return o;
  return { ...o, placed: { slot: o.slot, how: 'in-series', number: o.placed.number + 1 } };
}

/** Somebody else's series store, altered. */
class Altered extends SeriesStore {
  constructor(
    private readonly inner: SeriesStore,
    private readonly changed: Partial<SeriesStore>,
  ) {
    super();
  }

  override load(...args: Parameters<SeriesStore['load']>): Promise<RememberedSeries | null> {
    return this.changed.load ? this.changed.load(...args) : this.inner.load(...args);
  }

  override save(...args: Parameters<SeriesStore['save']>): Promise<boolean> {
    return this.changed.save ? this.changed.save(...args) : this.inner.save(...args);
  }

  override endRelease(series: string, at: number): Promise<void> {
    return this.inner.endRelease(series, at);
  }

  override onAccount(account: string): Promise<readonly string[]> {
    return this.inner.onAccount(account);
  }

  override placedOnAccount(account: string): Promise<readonly { series: string; copy: number }[]> {
    return this.changed.placedOnAccount
      ? this.changed.placedOnAccount(account)
      : this.inner.placedOnAccount(account);
  }
}

function alter(
  history: History,
  change: (stores: LoopStores, process: string) => Partial<SeriesStore>,
): void {
  history.store.handOut = (stores, process) => ({
    ...stores,
    series: new Altered(stores.series, change(stores, process)),
  });
}

/** What the loop loads and saves, in other words than the store's. */
function translate(history: History, loaded: (facts: Facts) => Facts, saved: (facts: Facts) => Facts): void {
  alter(history, ({ series }) => ({
    load: async (id, now) => {
      const known = await series.load(id, now);
      return known && { ...known, facts: loaded(known.facts) };
    },
    save: (revision, before, after, nextLook) => series.save(revision, saved(before), saved(after), nextLook),
  }));
}

function lastWriterWins(history: History): void {
  alter(history, ({ series }) => ({
    save: async (_, before, after, nextLook) => {
      const known = await series.load(after.series.id, 0);
      return series.save(known!.revision, before, after, nextLook);
    },
  }));
}

/** The first save of a look waits for the process's next transaction, when its writes are done. */
function decisionsAfterWrites(history: History): void {
  const waiting = new Map<string, (stores: LoopStores) => Promise<void>>();
  const flush = async (process: string, stores: LoopStores) => {
    const work = waiting.get(process);
    waiting.delete(process);
    await work?.(stores);
  };
  history.store.handOut = (stores, process) => {
    const entries: LedgerEntry[] = [];
    const series = new Altered(stores.series, {
      load: async (id, now) => {
        await flush(process, stores);
        return stores.series.load(id, now);
      },
      save: async (...args) => {
        if (waiting.has(process)) {
          await flush(process, stores);
          return stores.series.save(...args);
        }
        waiting.set(process, async (later) => {
          if (await later.series.save(...args)) await later.ledger.append(entries);
        });
        return true;
      },
    });
    return { ...stores, series, ledger: { append: async (rows) => void entries.push(...rows) } };
  };
}

/** A server that names events itself: what was created before the answer was lost is nobody's. */
function randomIdentities(history: History): void {
  const { book } = history.calendar;
  let lost = 0;
  history.weather.lostAnswer = (method) => {
    const copy = method === 'placeSeries' ? book.newest(SERIES) : undefined;
    if (!copy || copy.touchedAt > 0) return;
    book.remove(copy);
    book.copies.set(`lost ${++lost}`, copy);
  };
}

/** The cursor moves on before the looks it stands for are asked for, and a crash in between loses those. */
function cursorFirst(history: History): void {
  history.crew.losesJobs = false;
  history.store.handOut = (stores) => ({
    ...stores,
    jobs: {
      enqueue: async (job, options) =>
        history.weather.faults ? undefined : stores.jobs.enqueue(job, options),
    },
  });
}
