import type { EpochDay, Weekday } from './minute.ts';

/** Open hours of each weekday as minutes after local midnight, sorted, not overlapping. No entry: closed. */
export type WeekHours = Partial<Record<Weekday, readonly (readonly [from: number, until: number])[]>>;

const OFFICE = [[9 * 60, 17 * 60]] as const;

/** Nine to five on these weekdays: what a new person works until somebody says otherwise. */
export function officeHours(days: readonly Weekday[]): WeekHours {
  return Object.fromEntries(days.map((weekday) => [weekday, OFFICE]));
}

/** What the domain needs to know of a person. Names and addresses are for texts only, never for decisions. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  readonly hours: WeekHours;
  /** The hours that ordinary moves keep to; a recovery may use all of `hours`. Absent: all of them. */
  readonly preferredHours?: WeekHours | undefined;
  /** Approved leave, whole local days, both ends included. */
  readonly leave: readonly { readonly from: EpochDay; readonly until: EpochDay }[];
}

/** A person's busy time: `[start, end, start, end, …]` in minutes, sorted, merged. */
export type Busy = Int32Array;

export type Side = 'manager' | 'rep';
