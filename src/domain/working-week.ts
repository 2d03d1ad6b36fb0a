import type { WorkingWeek } from './facts.ts';
import { DAY, HOUR, dayOf, weekdayOf } from './minute.ts';
import type { EpochDay, Minute, Weekday } from './minute.ts';
import type { Recovery } from './recovery.ts';
import type { Slot } from './slot.ts';
import { clockReaches, fromWall, toWall } from './zone.ts';

/** The local hour by which a recovery is due on its last day (product promise 5). */
const DUE_AT = 18 * HOUR;

/** Working days that a late window spans. */
const LATE_DAYS = 2;

/** Working days after the week's end until an unattested occurrence closes. */
const CLOSING_DAYS = 2;

export function isWorkingDay(week: WorkingWeek, day: EpochDay): boolean {
  return week.workingDays.includes(weekdayOf(day)) && !week.holidays.includes(day);
}

/**
 * The day on which the week that holds `minute` begins. A week begins after its longest break, so Monday to Friday
 * begins on Monday and Sunday to Thursday on Sunday; the break belongs to the week before it.
 * Throws RangeError where no day of the week is a working day.
 */
export function firstDayOfWeek(week: WorkingWeek, zone: string, minute: Minute): EpochDay {
  const day = dayOf(toWall(zone, minute));
  return day - daysFrom(firstWeekday(week), weekdayOf(day));
}

/** From the week's first day 00:00 to the midnight after its last weekday of work. Holidays do not shorten it. */
export function workingWeekOf(week: WorkingWeek, zone: string, minute: Minute): Slot {
  const first = firstDayOfWeek(week, zone, minute);
  const length = 1 + Math.max(...week.workingDays.map((weekday) => daysFrom(weekdayOf(first), weekday)));
  return { start: startOfDay(zone, first), end: startOfDay(zone, first + length) };
}

/**
 * The midnight that ends the n-th working day, of those that begin at `from` or later.
 * Throws RangeError where no day of the week is a working day.
 */
export function addWorkingDays(week: WorkingWeek, zone: string, from: Minute, n: number): Minute {
  const today = dayOf(toWall(zone, from));
  const next = startOfDay(zone, today) < from ? today + 1 : today;
  return startOfDay(zone, nthWorkingDay(week, next, n) + 1);
}

/** When an occurrence that nobody attested closes: two working days after its week's end. */
export function closesAt(week: WorkingWeek, zone: string, occurrenceWeek: Slot): Minute {
  return addWorkingDays(week, zone, occurrenceWeek.end, CLOSING_DAYS);
}

/**
 * By when a recovery raised at `now` has to stand, in the rep's zone (product promise 5): 18:00 of the last working
 * day of the occurrence's week; where that day has begun, 18:00 of the second working day of the next week; where
 * that one has begun as well, 18:00 of the second working day that begins at `now` or later.
 */
export function recoveryDue(
  week: WorkingWeek,
  repZone: string,
  occurrenceWeek: Slot,
  now: Minute,
): Pick<Recovery, 'dueBy' | 'window'> {
  // The middle of its seven days lies in the same week of every zone.
  const first = firstDayOfWeek(week, repZone, occurrenceWeek.start + 3.5 * DAY);
  const last = lastWorkingDay(week, first);
  if (last !== null && now <= startOfDay(repZone, last)) {
    return { dueBy: fromWall(repZone, last * DAY + DUE_AT), window: 'this week' };
  }
  const late = nthWorkingDay(week, first + 7, LATE_DAYS);
  const day =
    now <= startOfDay(repZone, late)
      ? late
      : dayOf(toWall(repZone, addWorkingDays(week, repZone, now, LATE_DAYS) - 1));
  return { dueBy: fromWall(repZone, day * DAY + DUE_AT), window: 'late window' };
}

/** The latest end that a moved recovery may have, so that it does not drift for ever: a week after the one it is due in. */
export function recoveryReaches(week: WorkingWeek, zone: string, dueBy: Minute): Minute {
  return workingWeekOf(week, zone, dueBy).end + 7 * DAY;
}

/** The last working day of the week that begins on `first`, or null where all of them are holidays. */
function lastWorkingDay(week: WorkingWeek, first: EpochDay): EpochDay | null {
  for (let day = first + 6; day >= first; day--) if (isWorkingDay(week, day)) return day;
  return null;
}

/** The n-th working day from `day` on, which counts itself. */
function nthWorkingDay(week: WorkingWeek, day: EpochDay, n: number): EpochDay {
  firstWeekday(week);
  for (let left = n; ; day++) if (isWorkingDay(week, day) && --left <= 0) return day;
}

/** The working weekday after the longest break; of equal breaks the one listed first. */
function firstWeekday({ workingDays }: WorkingWeek): Weekday {
  let first: Weekday | undefined;
  let longest = -1;
  for (const weekday of workingDays) {
    const rest = Math.min(...workingDays.map((other) => (daysFrom(other, weekday) || 7) - 1));
    if (rest > longest) [first, longest] = [weekday, rest];
  }
  if (first === undefined) throw new RangeError('A working week needs at least one working day.');
  return first;
}

/** How many days after `from` the weekday `to` comes, 0 to 6. */
function daysFrom(from: Weekday, to: Weekday): number {
  return (to - from + 7) % 7;
}

function startOfDay(zone: string, day: EpochDay): Minute {
  return clockReaches(zone, day * DAY);
}
