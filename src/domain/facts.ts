import type { EpochDay, Minute, Weekday } from './minute.ts';
import type { Excuse, Occurrence, OccurrenceKey } from './occurrence.ts';
import type { Person, Side } from './person.ts';
import type { Recovery } from './recovery.ts';
import type { PlacedSeries, Series } from './series.ts';
import type { Slot } from './slot.ts';

/** The organisation's working week and rules. */
export interface WorkingWeek {
  /** In the order of the week: `[1,2,3,4,5]`, or `[7,1,2,3,4]` where the week starts on Sunday. */
  readonly workingDays: readonly Weekday[];
  readonly holidays: readonly EpochDay[];
}

/** Something a person did in Perennial; answered once by the loop, then gone. */
export type Act = { readonly id: string; readonly at: Minute; readonly by: Side | 'admin' } & (
  | { readonly kind: 'cannot-make-it'; readonly on: OccurrenceKey | RecoveryKey; readonly category: string }
  | { readonly kind: 'move'; readonly on: OccurrenceKey | RecoveryKey; readonly to: Slot }
  | { readonly kind: 'excuse'; readonly on: OccurrenceKey; readonly excuse: Exclude<Excuse, 'pair_ended'> }
  /** Somebody answered the question that the loop had asked: go on. */
  | { readonly kind: 'answer'; readonly on: OccurrenceKey }
);

export type RecoveryKey = `recovery:${OccurrenceKey}`;

/** The account's share of the brakes: how much it holds and how much was put back lately (promise 8). */
export interface AccountLoad {
  /** Open occurrences of all series on the account. */
  readonly owed: number;
  /** Events put back on this account in the last hour, without those that a person's release has answered for. */
  readonly restoredLately: number;
  /** Series placed on the account, and how many of them are gone; counted once one was found gone, else 0. */
  readonly seriesPlaced: number;
  readonly seriesGone: number;
  /** A person looked and said: put everything back. Over for this series once it is back whole. */
  readonly released: boolean;
}

/** Everything that is remembered of a series: expected and placed. `seen` comes from the calendar. */
export interface Facts {
  readonly week: WorkingWeek;
  /** Whether "two among the last four" makes a recovery as well (promise 5). */
  readonly twoOfFour: boolean;
  readonly series: Series;
  readonly people: Readonly<Record<Side, Person>>;
  readonly placed: PlacedSeries | null;
  /** All open occurrences and enough of the past for the counters, by original start. */
  readonly occurrences: readonly Occurrence[];
  readonly recoveries: readonly Recovery[];
  readonly acts: readonly Act[];
  /** When the calendar was last read completely. */
  readonly observedAt: Minute | null;
  readonly account: AccountLoad;
  /** A question about the whole series; while it stands, nothing is written. */
  readonly asks: string | null;
}
