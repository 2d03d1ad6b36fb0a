/**
 * A point in time: whole minutes since 1970-01-01T00:00Z. Fits int4, sorts and compares as an integer.
 * Every time inside the domain and the database is one of these; ISO text exists only at the edges.
 */
export type Minute = number;

/** Minutes on a wall clock since 1970-01-01T00:00 of that wall clock: not a point in time without a zone. */
export type WallMinute = number;

/** Whole days since 1970-01-01 on some calendar; day 0 was a Thursday. */
export type EpochDay = number;

/** ISO weekday: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const DAY = 1440;
export const HOUR = 60;

export function dayOf(wall: WallMinute): EpochDay {
  return Math.floor(wall / DAY);
}

export function weekdayOf(day: EpochDay): Weekday {
  return (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
}

export function minuteFromIso(iso: string): Minute {
  return Math.floor(Temporal.Instant.from(iso).epochMilliseconds / 60_000);
}

/** RFC 3339 in UTC, to the minute: `2026-11-24T09:00:00Z`. */
export function minuteToIso(minute: Minute): string {
  return Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ smallestUnit: 'second' });
}

/** `2026-11-24` of an epoch day. */
export function dayToIso(day: EpochDay): string {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toString();
}

export function dayFromIso(iso: string): EpochDay {
  return new Temporal.PlainDate(1970, 1, 1).until(Temporal.PlainDate.from(iso), { largestUnit: 'days' }).days;
}
