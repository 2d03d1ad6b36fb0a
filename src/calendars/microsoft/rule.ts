import type {
  DayOfWeek,
  Event,
  PatternedRecurrence,
  RecurrenceRange,
} from '@microsoft/microsoft-graph-types';
import { DAY, dayFromIso, dayOf, dayToIso, weekdayOf } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import { startOf } from '../../domain/weekly.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { fromWall, toWall } from '../../domain/zone.ts';
import type { SeriesEvent } from '../calendar.ts';
import { midnightAfter, slotOf, wallTime } from './times.ts';
import { ianaName, windowsName } from './zones.ts';

const DAYS: readonly DayOfWeek[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** What a series' event says of when it meets. */
export interface SeenRule {
  /** Null where it is not a plain weekly one any more. */
  readonly rule: WeeklyRule | null;
  readonly minutes: number;
  readonly endsBefore: Minute | null;
}

/** Start, end and recurrence of a series. The range begins on the day of the first meeting, as Graph wants it. */
export function timesOf({ rule, minutes, endsBefore }: Pick<SeriesEvent, 'rule' | 'minutes' | 'endsBefore'>) {
  const wall = rule.firstDay * DAY + rule.minuteOfDay;
  const pattern = {
    type: 'weekly' as const,
    interval: rule.everyWeeks,
    daysOfWeek: [DAYS[rule.weekday - 1]!],
    // Sunday unless said otherwise, which splits the weeks of every other week elsewhere.
    firstDayOfWeek: 'monday' as const,
  };
  return {
    start: wallTime(wall, rule.zone),
    end: wallTime(wall + minutes, rule.zone),
    recurrence: { pattern, range: rangeOf(rule, endsBefore) },
  };
}

/** Until the last meeting that begins before the end: Outlook knows days, not minutes. */
export function rangeOf(rule: WeeklyRule, endsBefore: Minute | null): RecurrenceRange {
  const begins = { startDate: dayToIso(rule.firstDay), recurrenceTimeZone: windowsName(rule.zone) };
  if (endsBefore === null) return { type: 'noEnd', ...begins };
  return {
    type: 'endDate',
    ...begins,
    endDate: dayToIso(Math.max(rule.firstDay, lastDay(rule, endsBefore))),
  };
}

/** @param told where the series' own tag says it ends: exact, and good as long as the last day agrees with it */
export function seenRule(master: Event, placed: WeeklyRule, told: Minute | null): SeenRule {
  const { start, end } = slotOf(master);
  const minutes = end - start;
  const { recurrence } = master;
  const range = recurrence?.range;
  const zone = ianaName(range?.recurrenceTimeZone ?? master.originalStartTimeZone, placed.zone);
  if (zone === null || master.isAllDay === true) return { rule: null, minutes, endsBefore: null };
  const wall = toWall(zone, start);
  const firstDay = range?.startDate ? dayFromIso(range.startDate) : dayOf(wall);
  const shape = {
    zone,
    firstDay,
    weekday: weekdayOf(firstDay),
    minuteOfDay: clockOf(wall, firstDay, placed),
  };
  if (!recurrence) {
    // A client that cuts a series at its first meeting leaves a single event.
    const rule = { ...shape, everyWeeks: placed.everyWeeks };
    return { rule, minutes, endsBefore: startOf(rule, 0) + 1 };
  }
  const rule = { ...shape, everyWeeks: recurrence.pattern?.interval ?? 1 };
  const plain = isPlain(recurrence, rule);
  return { rule: plain ? rule : null, minutes, endsBefore: endOf(range, rule, plain, told) };
}

function isPlain({ pattern }: PatternedRecurrence, { weekday }: WeeklyRule): boolean {
  const days = pattern?.daysOfWeek;
  return pattern?.type === 'weekly' && days?.length === 1 && days[0] === DAYS[weekday - 1];
}

function endOf(
  range: PatternedRecurrence['range'],
  rule: WeeklyRule,
  plain: boolean,
  told: Minute | null,
): Minute | null {
  if (range?.type === 'numbered' && plain) return startOf(rule, (range.numberOfOccurrences ?? 1) - 1) + 1;
  if (range?.type !== 'endDate' || !range.endDate) return null;
  if (plain && told !== null && rangeOf(rule, told).endDate === range.endDate) return told;
  return midnightAfter(dayFromIso(range.endDate), rule.zone);
}

// Where the first day's time falls into a gap, its clock shows an hour that the series does not have.
function clockOf(wall: number, firstDay: number, placed: WeeklyRule): number {
  const meant = firstDay * DAY + placed.minuteOfDay;
  const same = toWall(placed.zone, fromWall(placed.zone, meant)) === wall;
  return same ? placed.minuteOfDay : wall - dayOf(wall) * DAY;
}

function lastDay(rule: WeeklyRule, endsBefore: Minute): number {
  const day = dayOf(toWall(rule.zone, endsBefore - 1));
  return fromWall(rule.zone, day * DAY + rule.minuteOfDay) < endsBefore ? day : day - 1;
}
