import type { AccountLoad, Act, Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { isOpen } from '../../src/domain/occurrence.ts';
import type { Busy } from '../../src/domain/person.ts';
import type { Job } from '../../src/jobs/jobs.ts';
import { GENESIS, continueChain } from '../../src/store/ledger-chain.ts';
import type { LedgerRow } from '../../src/store/ledger-chain.ts';
import { AccountStore, LedgerStore, PAST_DAYS, SeriesStore, Store } from '../../src/store/store.ts';
import type {
  AccountState,
  CalendarAccount,
  LedgerEntry,
  LoopStores,
  RememberedSeries,
} from '../../src/store/store.ts';

const DAY = 1440;
const NOBODY = new Int32Array(0);

export interface SeriesRow {
  facts: Facts;
  revision: number;
  account: string;
  nextLook: Minute;
}

export interface AccountRow {
  account: CalendarAccount;
  side: 'manager' | 'rep';
  nextPoll: Minute;
  busy: Busy;
  asOf: Minute | null;
  releasedUntil: Minute | null;
}

interface Rows {
  readonly series: ReadonlyMap<string, SeriesRow>;
  readonly accounts: ReadonlyMap<string, AccountRow>;
  readonly ledger: readonly LedgerRow[];
  readonly jobs: readonly Job[];
}

/** One organisation's store in memory. A transaction works on its own rows, which replace the others at its end. */
export class Remembered extends Store {
  rows: Rows = { series: new Map(), accounts: new Map(), ledger: [], jobs: [] };
  readonly writers = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly organisation: string) {
    super();
  }

  /** Transactions take turns, which is stricter than a database that locks the rows it writes. */
  override transaction<T>(organisation: string, work: (stores: LoopStores) => Promise<T>): Promise<T> {
    if (organisation !== this.organisation) throw new Error('rows of another organisation are out of reach');
    const turn = this.#turn.then(async () => {
      const draft = new Draft(this.rows, organisation);
      const result = await work(draft);
      this.rows = draft.finished();
      return result;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  override async organisationOfSeries(series: string): Promise<string | null> {
    return this.rows.series.has(series) ? this.organisation : null;
  }

  override async organisationOfAccount(account: string): Promise<string | null> {
    return this.rows.accounts.has(account) ? this.organisation : null;
  }

  override async dueSeries(now: Minute, limit: number): Promise<{ organisation: string; series: string }[]> {
    return [...this.rows.series]
      .filter(([, row]) => row.nextLook <= now)
      .slice(0, limit)
      .map(([series]) => ({ organisation: this.organisation, series }));
  }

  override async dueAccounts(
    now: Minute,
    limit: number,
  ): Promise<{ organisation: string; account: string }[]> {
    return [...this.rows.accounts]
      .filter(([, row]) => row.nextPoll <= now && row.account.state !== 'disconnected')
      .slice(0, limit)
      .map(([account]) => ({ organisation: this.organisation, account }));
  }

  override async asOnlyWriter<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'> {
    if (this.writers.has(account)) return 'taken';
    this.writers.add(account);
    try {
      return await work();
    } finally {
      this.writers.delete(account);
    }
  }

  factsOf(series: string): Facts {
    return this.rows.series.get(series)!.facts;
  }

  putSeries(id: string, row: SeriesRow): void {
    this.rows = { ...this.rows, series: new Map(this.rows.series).set(id, row) };
  }

  putAccount(row: AccountRow): void {
    this.rows = { ...this.rows, accounts: new Map(this.rows.accounts).set(row.account.id, row) };
  }

  /** What a person did in Perennial: it waits for the loop without a new revision. */
  say(series: string, act: Act): void {
    const row = this.rows.series.get(series)!;
    this.putSeries(series, { ...row, facts: { ...row.facts, acts: [...row.facts.acts, act] } });
  }

  /** What settings and attestations change; a reconcile that began before has to begin again. */
  edit(series: string, change: (facts: Facts) => Facts): void {
    const row = this.rows.series.get(series)!;
    this.putSeries(series, { ...row, facts: change(row.facts), revision: row.revision + 1 });
  }

  takeJobs(): readonly Job[] {
    const { jobs } = this.rows;
    this.rows = { ...this.rows, jobs: [] };
    return jobs;
  }
}

/** The stores of one transaction. */
class Draft implements LoopStores {
  readonly series: SeriesStore = new DraftSeries(this);
  readonly accounts: AccountStore = new DraftAccounts(this);
  readonly ledger: LedgerStore = new DraftLedger(this);
  readonly jobs = {
    enqueue: async (job: Job) => {
      this.jobList.push(job);
    },
  };
  readonly seriesRows: Map<string, SeriesRow>;
  readonly accountRows: Map<string, AccountRow>;
  readonly entries: LedgerEntry[] = [];
  readonly jobList: Job[];

  constructor(
    private readonly before: Rows,
    private readonly organisation: string,
  ) {
    this.seriesRows = new Map(before.series);
    this.accountRows = new Map(before.accounts);
    this.jobList = [...before.jobs];
  }

  finished(): Rows {
    const { ledger } = this.before;
    const head = ledger.at(-1) ?? { seq: 0, hash: GENESIS };
    const added = this.entries.length > 0 ? continueChain(this.organisation, head, this.entries) : [];
    return {
      series: this.seriesRows,
      accounts: this.accountRows,
      ledger: added.length > 0 ? [...ledger, ...added] : ledger,
      jobs: this.jobList,
    };
  }
}

class DraftSeries extends SeriesStore {
  constructor(private readonly draft: Draft) {
    super();
  }

  override async load(series: string, now: Minute): Promise<RememberedSeries | null> {
    const row = this.draft.seriesRows.get(series);
    if (!row) return null;
    const accounts = [...this.draft.accountRows.values()];
    const busyOf = (side: 'manager' | 'rep') => {
      const known = accounts.find((a) => a.side === side);
      return { busy: known?.busy ?? NOBODY, asOf: known?.asOf ?? null };
    };
    const since = now - PAST_DAYS * DAY;
    const occurrences = row.facts.occurrences.filter((o) => o.originalStart >= since || isOpen(o));
    return {
      facts: { ...row.facts, occurrences, account: this.#load(row.account, now) },
      revision: row.revision,
      account: this.draft.accountRows.get(row.account)!.account,
      busy: { manager: busyOf('manager'), rep: busyOf('rep') },
      busyAccounts: accounts.map(({ side, account }) => ({ side, account })),
    };
  }

  override async save(revision: number, before: Facts, after: Facts, nextLook: Minute): Promise<boolean> {
    const row = this.draft.seriesRows.get(after.series.id)!;
    if (row.revision !== revision) return false;
    const answered = before.acts.filter((act) => !after.acts.includes(act)).map((act) => act.id);
    const { week, people, twoOfFour, account } = row.facts;
    const acts = row.facts.acts.filter((act) => !answered.includes(act.id));
    const older = row.facts.occurrences.filter((o) => o.originalStart < after.occurrences[0]!.originalStart);
    const facts = { ...after, week, people, twoOfFour, account, acts };
    const occurrences = older.length > 0 ? [...older, ...after.occurrences] : after.occurrences;
    this.draft.seriesRows.set(after.series.id, {
      ...row,
      facts: { ...facts, occurrences },
      revision: revision + 1,
      nextLook,
    });
    return true;
  }

  override async onAccount(account: string): Promise<readonly string[]> {
    return [...this.draft.seriesRows].filter(([, row]) => row.account === account).map(([id]) => id);
  }

  override async placedOnAccount(account: string): Promise<readonly { series: string; copy: number }[]> {
    return [...this.draft.seriesRows.values()].flatMap(({ facts, account: on }) =>
      on === account && facts.placed ? [{ series: facts.series.id, copy: facts.placed.copy }] : [],
    );
  }

  #load(account: string, now: Minute): AccountLoad {
    const rows = [...this.draft.seriesRows.values()].filter((row) => row.account === account);
    const all = rows.flatMap((row) => row.facts.occurrences);
    const { releasedUntil } = this.draft.accountRows.get(account)!;
    return {
      owed: all.filter(isOpen).length,
      restoredLately: all.flatMap((o) => o.restores).filter((at) => at > now - 60).length,
      seriesPlaced: 0,
      seriesGone: 0,
      released: releasedUntil !== null && releasedUntil >= now,
    };
  }
}

class DraftAccounts extends AccountStore {
  constructor(private readonly draft: Draft) {
    super();
  }

  override async load(account: string): Promise<CalendarAccount | null> {
    return this.draft.accountRows.get(account)?.account ?? null;
  }

  override async setState(account: string, state: AccountState, because: string | null): Promise<void> {
    this.#change(account, { state, because });
  }

  override async markVerified(account: string, at: Minute): Promise<void> {
    this.#change(account, { verifiedAt: at });
  }

  override async markWritten(account: string, at: Minute): Promise<void> {
    this.#change(account, { writtenAt: at });
  }

  override async saveCursor(account: string, cursor: string, nextPoll: Minute): Promise<void> {
    this.#change(account, { cursor }, { nextPoll });
  }

  override async postponePoll(account: string, nextPoll: Minute): Promise<void> {
    this.#change(account, {}, { nextPoll });
  }

  override async saveBusy(account: string, _window: unknown, busy: Busy, asOf: Minute): Promise<void> {
    this.#change(account, {}, { busy, asOf });
  }

  override async release(account: string, until: Minute): Promise<void> {
    this.#change(account, {}, { releasedUntil: until });
  }

  #change(id: string, account: Partial<CalendarAccount>, row: Partial<AccountRow> = {}): void {
    const before = this.draft.accountRows.get(id)!;
    this.draft.accountRows.set(id, { ...before, ...row, account: { ...before.account, ...account } });
  }
}

class DraftLedger extends LedgerStore {
  constructor(private readonly draft: Draft) {
    super();
  }

  override async append(entries: readonly LedgerEntry[]): Promise<void> {
    this.draft.entries.push(...entries);
  }
}
