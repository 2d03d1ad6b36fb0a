import type { Minute } from './minute.ts';
import type { WeeklyRule } from './weekly.ts';

/** The block plan of a series' meetings. */
export type FormatName = 'weekly_30' | 'deep_60';

/** The recurring meeting of a pair. */
export interface Series {
  readonly id: string;
  readonly organisation: string;
  readonly title: string;
  readonly format: FormatName;
  readonly rule: WeeklyRule;
  /** Counts the rules this series has had; part of every occurrence's key. */
  readonly generation: number;
  /** Length of the calendar event (F044: the timer's plan is longer by design). */
  readonly minutes: number;
  /** Counts the copies of the series in the calendar: a deleted one comes back as the next copy. */
  readonly copy: number;
  /** When the pair ended: nothing that starts later is owed. */
  readonly endedAt: Minute | null;
}

/** What the calendar confirmed of the series event. `number` counts its confirmed writes. */
export interface PlacedSeries {
  readonly copy: number;
  readonly number: number;
  /** The rule as it stands in the calendar: a person may have moved the anchor there. */
  readonly rule: WeeklyRule;
  /** Nothing of the series stands in the calendar from here on, by our own write. */
  readonly endsBefore: Minute | null;
}
