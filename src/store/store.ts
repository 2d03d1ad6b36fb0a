import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Busy } from '../domain/person.ts';
import type { Slot } from '../domain/slot.ts';
import type { Job } from '../jobs/jobs.ts';
import type { MailStore } from './mail.ts';

/** How far back `SeriesStore.load` looks: four owed meetings of a monthly series, excused ones skipped. */
export const PAST_DAYS = 200;

/**
 * What is remembered. A transaction belongs to one organisation and hands out stores that see nothing else;
 * whatever happens inside it happens together, jobs and ledger rows included.
 */
export abstract class Store {
  abstract transaction<T>(organisation: string, work: (stores: LoopStores) => Promise<T>): Promise<T>;

  /** Where a queued job's series lives; null for one that does not exist. */
  abstract homeOfSeries(series: string): Promise<SeriesHome | null>;

  /** The organisation that a calendar account belongs to; null for one that does not exist. */
  abstract organisationOfAccount(account: string): Promise<string | null>;

  /**
   * Series whose next look is due: each organisation's oldest first, in turns, so that none waits for another.
   * Only the sweep's questions cross organisations.
   */
  abstract dueSeries(
    now: Minute,
    limit: number,
  ): Promise<readonly { organisation: string; series: string }[]>;

  /** Accounts whose next poll is due, in the same order. */
  abstract dueAccounts(
    now: Minute,
    limit: number,
  ): Promise<readonly { organisation: string; account: string }[]>;

  /** Runs `work` as the only writer of this calendar in any process; 'taken' when somebody else is. */
  abstract asOnlyWriter<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'>;
}

export interface SeriesHome {
  readonly organisation: string;
  readonly account: string;
  /** Whether it has still to be taken out of a calendar that it left. */
  readonly leaving: boolean;
}

/** What the loop sees inside a transaction. */
export interface LoopStores {
  readonly series: SeriesStore;
  readonly accounts: AccountStore;
  readonly formerHomes: FormerHomeStore;
  readonly ledger: LedgerStore;
  readonly mail: Pick<MailStore, 'add' | 'told' | 'saveTold'>;
  readonly jobs: { enqueue(job: Job, options?: { after?: Minute }): Promise<void> };
}

export interface RememberedSeries {
  readonly facts: Facts;
  /** Changes with every save; a save against an older one is refused. */
  readonly revision: number;
  readonly account: CalendarAccount;
  /** Last known busy time of both sides in the asked window, and how old it is. */
  readonly busy: Readonly<Record<'manager' | 'rep', { busy: Busy; asOf: Minute | null }>>;
  /** Every other account that tells when these two people are busy. */
  readonly busyAccounts: readonly { readonly side: 'manager' | 'rep'; readonly account: CalendarAccount }[];
}

export abstract class SeriesStore {
  /** All open occurrences, and the past of `PAST_DAYS` days; null for an unknown series. */
  abstract load(series: string, now: Minute): Promise<RememberedSeries | null>;

  /**
   * Writes what differs between `before` and `after`: occurrences and recoveries added or changed, acts that are
   * gone, the series' placed copy, and when to look next.
   * @returns false, with nothing written, when somebody else saved since `revision`
   */
  abstract save(revision: number, before: Facts, after: Facts, nextLook: Minute): Promise<boolean>;

  /** The series is back whole: what was put back so far is answered for, what is taken out later counts again. */
  abstract endRelease(series: string, at: Minute): Promise<void>;

  /** Ids of the series that live on an account, or have still to be taken out of it. */
  abstract onAccount(account: string): Promise<readonly string[]>;

  /** The placed copies on an account: what the empty-answer guard compares with what stands. */
  abstract placedOnAccount(account: string): Promise<readonly { series: string; copy: number }[]>;
}

export type AccountState = 'connected' | 'paused' | 'disconnected';

/** Whose calendar it is: ours, any server that speaks CalDAV, or a vendor's. */
export type Provider = 'builtin' | 'caldav' | 'google' | 'microsoft';

export interface CalendarAccount {
  readonly id: string;
  readonly person: string;
  readonly provider: Provider;
  readonly state: AccountState;
  /** Why it is not connected, for its owner. */
  readonly because: string | null;
  /** Provider-specific, validated by the provider's folder. Secrets in it are sealed. */
  readonly settings: Readonly<Record<string, string>>;
  readonly cursor: string | null;
  /** When it was last read without an error, and last written. */
  readonly verifiedAt: Minute | null;
  readonly writtenAt: Minute | null;
}

export abstract class AccountStore {
  abstract load(account: string): Promise<CalendarAccount | null>;
  abstract setState(account: string, state: AccountState, because: string | null): Promise<void>;
  abstract markVerified(account: string, at: Minute): Promise<void>;
  abstract markWritten(account: string, at: Minute): Promise<void>;
  /** The cursor and the next poll, in the transaction of their effects. */
  abstract saveCursor(account: string, cursor: string, nextPoll: Minute): Promise<void>;
  abstract postponePoll(account: string, nextPoll: Minute): Promise<void>;
  /** Whether its calendar tells of changes by itself, and was heard to. */
  abstract isWatched(account: string, now: Minute): Promise<boolean>;
  abstract saveBusy(account: string, window: Slot, busy: Busy, asOf: Minute): Promise<void>;
  /**
   * A person looked and said: put everything back. Lifts the brake for each series of the account until that is back
   * whole (`SeriesStore.endRelease`), at the longest until `until`.
   */
  abstract release(account: string, until: Minute): Promise<void>;
}

/** A calendar that a series has left, with what may still stand there. */
export interface FormerHome {
  readonly account: CalendarAccount;
  /** The newest copy of the series that stood there; older ones may be there as well. */
  readonly copy: number;
  /** Tags of the separate events. */
  readonly tags: readonly string[];
  /** Whether it was told already that this calendar cannot be opened any more. */
  readonly givenUp: boolean;
}

/** Where series still have to be taken out. A series has left a calendar once it is forgotten here. */
export abstract class FormerHomeStore {
  abstract of(series: string): Promise<FormerHome[]>;
  /** @returns whether the series had still to be taken out there */
  abstract forget(series: string, account: string): Promise<boolean>;
  /** Nothing can be taken out there unless somebody connects the calendar again. */
  abstract giveUp(series: string, account: string): Promise<void>;
}

/** One row of the ledger. `because` is written by us and holds no names and nobody's own words. */
export interface LedgerEntry {
  readonly at: Minute;
  readonly kind: string;
  readonly series: string | null;
  readonly occurrence: OccurrenceKey | null;
  /** A person's id, or `perennial` for what the loop does by itself. */
  readonly actor: string;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly because: string;
}

export abstract class LedgerStore {
  /** Appends to the organisation's chain, in order; takes the chain's lock until the transaction ends. */
  abstract append(entries: readonly LedgerEntry[]): Promise<void>;
}
