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

/** `09:05` of minutes after midnight. */
export function clock(minuteOfDay: number): string {
  const of = ((minuteOfDay % DAY) + DAY) % DAY;
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
}
