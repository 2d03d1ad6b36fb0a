import { DAY, dayOf, weekdayOf } from './minute.ts';
import type { EpochDay, Minute, Weekday } from './minute.ts';
import type { Slot } from './slot.ts';
import { fillFromWall, fromWall, toWall } from './zone.ts';

/**
 * When a series meets: the anchor's weekday and wall clock in an IANA zone, every n weeks.
 * `firstDay` is the day of the very first meeting and falls on `weekday`.
 */
export interface WeeklyRule {
  readonly zone: string;
  readonly weekday: Weekday;
  /** Minutes after local midnight, 0 to 1439. */
  readonly minuteOfDay: number;
  readonly everyWeeks: number;
  readonly firstDay: EpochDay;
}

/** The start of the rule's n-th meeting (0 is the first). */
export function startOf(rule: WeeklyRule, n: number): Minute {
  return fromWall(rule.zone, (rule.firstDay + n * 7 * rule.everyWeeks) * DAY + rule.minuteOfDay);
}

/** Fills `into[begin]` to before `into[end]` with the n-th start and those after it: the way for many at once. */
export function startsInto(rule: WeeklyRule, n: number, into: Int32Array, begin: number, end: number): void {
  const period = 7 * rule.everyWeeks * DAY;
  fillFromWall(rule.zone, rule.firstDay * DAY + rule.minuteOfDay + n * period, period, into, begin, end);
}

/** All starts in `from <= start < until`, in order. */
export function startsBetween(rule: WeeklyRule, from: Minute, until: Minute): Minute[] {
  const first = periodOf(rule, from);
  // One more than the days say: a clock set back over midnight shows the day before once again.
  const starts = new Int32Array(Math.max(0, periodOf(rule, until) + 2 - first));
  startsInto(rule, first, starts, 0, starts.length);
  return Array.from(starts.filter((start) => from <= start && start < until));
}

/** The rule's start in a week that begins at `week.start`, local midnight in the rule's zone. */
export function startInWeek(rule: WeeklyRule, week: Slot): Minute | null {
  return startInWeekOf(rule, dayOf(toWall(rule.zone, week.start)));
}

/** The rule's start in the period that holds `day`, or null before the first meeting or in a skipped week. */
export function startInWeekOf(rule: WeeklyRule, firstDayOfWeek: EpochDay): Minute | null {
  const offset = (((rule.weekday - weekdayOf(firstDayOfWeek)) % 7) + 7) % 7;
  const n = (firstDayOfWeek + offset - rule.firstDay) / (7 * rule.everyWeeks);
  return Number.isInteger(n) && n >= 0 ? startOf(rule, n) : null;
}

/** Whether both meet at the same times, wherever each began. */
export function sameRule(a: WeeklyRule, b: WeeklyRule): boolean {
  return (
    a.zone === b.zone &&
    a.weekday === b.weekday &&
    a.minuteOfDay === b.minuteOfDay &&
    a.everyWeeks === b.everyWeeks &&
    (a.firstDay - b.firstDay) % (7 * a.everyWeeks) === 0
  );
}

/** Index of the start in the period that holds the minute, or of the first start. */
function periodOf(rule: WeeklyRule, minute: Minute): number {
  const days = dayOf(toWall(rule.zone, minute)) - rule.firstDay;
  return Math.max(0, Math.floor(days / (7 * rule.everyWeeks)));
}
