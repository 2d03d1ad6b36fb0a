import type { Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { Store } from '../../src/store/store.ts';
import type {
  CalendarAccount,
  LedgerEntry,
  LoopStores,
  RememberedSeries,
  SeriesHome,
} from '../../src/store/store.ts';

const NOBODY = { busy: new Int32Array(0), asOf: null };

/** A store that costs next to nothing, so that what is measured is the loop. One account, no isolation. */
export class LeanStore extends Store {
  readonly ledger: LedgerEntry[] = [];
  readonly #series = new Map<string, { facts: Facts; revision: number }>();
  readonly #stores: LoopStores;
  private readonly account: CalendarAccount;

  constructor(account: CalendarAccount) {
    super();
    this.account = account;
    this.#stores = {
      series: {
        load: async (series) => this.#load(series),
        save: async (revision, _, after) => this.#save(revision, after),
        endRelease: nothing,
        onAccount: async () => [...this.#series.keys()],
        placedOnAccount: async () => [],
      },
      accounts: {
        load: async () => this.account,
        setState: nothing,
        markVerified: nothing,
        markWritten: nothing,
        saveCursor: nothing,
        postponePoll: nothing,
        saveBusy: nothing,
        release: nothing,
        isWatched: async () => false,
      },
      ledger: { append: async (entries) => void this.ledger.push(...entries) },
      jobs: { enqueue: nothing },
      formerHomes: { of: async () => [], forget: async () => false, giveUp: nothing },
      mail: { add: async () => '', told: async () => null, saveTold: nothing },
    };
  }

  add(facts: Facts): void {
    this.#series.set(facts.series.id, { facts, revision: 0 });
  }

  factsOf(series: string): Facts {
    return this.#series.get(series)!.facts;
  }

  override transaction<T>(_: string, work: (stores: LoopStores) => Promise<T>): Promise<T> {
    return work(this.#stores);
  }

  override async homeOfSeries(series: string): Promise<SeriesHome | null> {
    const remembered = this.#series.get(series);
    return remembered
      ? { organisation: remembered.facts.series.organisation, account: this.account.id, leaving: false }
      : null;
  }

  override async organisationOfAccount(): Promise<string | null> {
    return null;
  }

  override async dueSeries(_: Minute, limit: number): Promise<{ organisation: string; series: string }[]> {
    return [...this.#series].slice(0, limit).map(([series, { facts }]) => {
      return { organisation: facts.series.organisation, series };
    });
  }

  override async dueAccounts(): Promise<[]> {
    return [];
  }

  override asOnlyWriter<T>(_: string, work: () => Promise<T>): Promise<T> {
    return work();
  }

  #load(series: string): RememberedSeries | null {
    const known = this.#series.get(series);
    if (!known) return null;
    return { ...known, account: this.account, busy: { manager: NOBODY, rep: NOBODY }, busyAccounts: [] };
  }

  #save(revision: number, after: Facts): boolean {
    const known = this.#series.get(after.series.id)!;
    if (known.revision !== revision) return false;
    this.#series.set(after.series.id, { facts: after, revision: revision + 1 });
    return true;
  }
}

async function nothing(): Promise<void> {}
