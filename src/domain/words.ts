import { DAY, dayOf, weekdayOf } from './minute.ts';
import type { Minute, Weekday } from './minute.ts';
import { toWall } from './zone.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export function weekdayName(weekday: Weekday): string {
  return WEEKDAYS[weekday - 1]!;
}

/** `Wednesday 25 Nov, 10:00` on the wall clock of a zone. */
export function when(zone: string, minute: Minute): string {
  const wall = toWall(zone, minute);
  const day = dayOf(wall);
  const date = new Temporal.PlainDate(1970, 1, 1).add({ days: day });
  return `${weekdayName(weekdayOf(day))} ${date.day} ${MONTHS[date.month - 1]!}, ${clock(wall % DAY)}`;
}

/**
 * A moment as both people of a pair read it: on the series' clock, and where another clock differs, on that one too.
 * `Tuesday 24 Nov, 11:00` or `Tuesday 24 Nov, 11:00 in Berlin (10:00 in Lisbon)`.
 */
export function whenForBoth(zone: string, zones: readonly string[], minute: Minute): string {
  const wall = toWall(zone, minute);
  const others = [...new Set(zones)].filter((other) => toWall(other, minute) !== wall);
  if (others.length === 0) return when(zone, minute);
  const elsewhere = others.map((other) => {
    const there = toWall(other, minute);
    const time = dayOf(there) === dayOf(wall) ? clock(there % DAY) : when(other, minute);
    return `${time} in ${cityOf(other)}`;
  });
  return `${when(zone, minute)} in ${cityOf(zone)} (${elsewhere.join(', ')})`;
}

/** `Buenos Aires` of `America/Argentina/Buenos_Aires`. */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** `09:05` of minutes after midnight. */
export function clock(minuteOfDay: number): string {
  const of = ((minuteOfDay % DAY) + DAY) % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
}
