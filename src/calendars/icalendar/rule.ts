import ICAL from 'ical.js';
import { DAY, dayOf, weekdayOf } from '../../domain/minute.ts';
import type { Minute, Weekday } from '../../domain/minute.ts';
import type { SeriesEvent } from '../calendar.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { sameRule, startInWeekOf, startOf } from '../../domain/weekly.ts';
import { fromWall, toWall } from '../../domain/zone.ts';
import { formOf } from './form.ts';
import { firstMinute, instantOf, utcTime, wallOf } from './times.ts';
import type { Clock } from './times.ts';

const DAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const WEEK = 7 * DAY;

export interface SeenRule {
  /** Null where it is not a plain weekly one any more. */
  readonly rule: WeeklyRule | null;
  readonly minutes: number;
  readonly endsBefore: Minute | null;
}

/** The RRULE of a series of ours. UNTIL is in UTC, as RFC 5545 section 3.3.10 wants it beside a TZID. */
export function recurrenceOf(rule: WeeklyRule, endsBefore: Minute | null): ICAL.Recur {
  const recur = ICAL.Recur.fromString(
    `FREQ=WEEKLY${rule.everyWeeks > 1 ? `;INTERVAL=${rule.everyWeeks}` : ''};BYDAY=${DAY_NAMES[rule.weekday - 1]}`,
  );
  if (endsBefore !== null) recur.until = utcTime(endsBefore - 1, 59);
  return recur;
}

/** @param placed names the zone of a clock that a client wrote another way, and the interval of a lone meeting */
export function seenRule(main: ICAL.Component, placed: Pick<WeeklyRule, 'zone' | 'everyWeeks'>): SeenRule {
  const start = main.getFirstProperty('dtstart')!;
  const time = start.getFirstValue() as ICAL.Time;
  const { clock } = formOf(main, placed.zone);
  const minutes = lengthOf(main, placed.zone);
  const recur = plainRecurrence(main);
  const zone = zoneOf(clock, placed.zone, firstMinute(start, placed.zone));
  if (time.isDate || recur === null || zone === null) return { rule: null, minutes, endsBefore: null };
  const wall = wallOf(time);
  const firstDay = dayOf(wall);
  const weekday = weekdayOf(firstDay);
  const rule: WeeklyRule = {
    zone,
    weekday,
    minuteOfDay: wall - firstDay * DAY,
    everyWeeks: recur === 'once' ? placed.everyWeeks : recur.interval,
    firstDay,
  };
  if (recur === 'once') return { rule, minutes, endsBefore: startOf(rule, 0) + 1 };
  const days = recur.parts.BYDAY;
  const plain = days === undefined || (days.length === 1 && days[0] === DAY_NAMES[weekday - 1]);
  return { rule: plain ? rule : null, minutes, endsBefore: endOf(recur, rule, clock) };
}

/** Minutes from start to end; whole days count as days, a missing end as nothing. */
export function lengthOf(event: ICAL.Component, floating: string): number {
  const start = event.getFirstProperty('dtstart')!;
  const end = event.getFirstProperty('dtend');
  if (end) return firstMinute(end, floating) - firstMinute(start, floating);
  const duration = event.getFirstPropertyValue('duration');
  if (duration instanceof ICAL.Duration) return Math.round(duration.toSeconds() / 60);
  return (start.getFirstValue() as ICAL.Time).isDate ? DAY : 0;
}

/** The wall time that the rule gives the meeting of `start`: on the day of a clock change it may not exist. */
export function ruleWall(rule: WeeklyRule, start: Minute): number {
  const day = dayOf(toWall(rule.zone, start));
  const named = [day, day - 1].find((d) => fromWall(rule.zone, d * DAY + rule.minuteOfDay) === start);
  return named === undefined ? toWall(rule.zone, start) : named * DAY + rule.minuteOfDay;
}

/** The meeting of `rule` in the week that `start` lies in, on the rule's own calendar. */
export function sameWeek(rule: WeeklyRule, start: Minute, firstWeekday: Weekday = 1): Minute | null {
  const day = dayOf(toWall(rule.zone, start));
  return startInWeekOf(rule, day - ((weekdayOf(day) - firstWeekday + 7) % 7));
}

/** Whether the event's own rule already says what is wanted, from the first meeting on. */
export function saysRule(seen: SeenRule, event: Pick<SeriesEvent, 'rule' | 'endsBefore'>): boolean {
  return (
    seen.rule !== null &&
    sameRule(seen.rule, event.rule) &&
    seen.rule.firstDay <= event.rule.firstDay &&
    seen.endsBefore === event.endsBefore
  );
}

const PLAIN_PARTS = ['BYDAY'];

// A client that cuts a series at its first meeting may leave an event without a rule.
function plainRecurrence(main: ICAL.Component): ICAL.Recur | 'once' | null {
  const rules = main.getAllProperties('rrule');
  if (main.hasProperty('exrule') || rules.length > 1) return null;
  if (rules.length === 0) return 'once';
  const recur = rules[0]!.getFirstValue() as ICAL.Recur;
  if (recur.freq !== 'WEEKLY') return null;
  return Object.keys(recur.parts).every((part) => PLAIN_PARTS.includes(part)) ? recur : null;
}

// The same clock under another name (a Windows zone, a vendor's path) is the placed zone: compared over a year.
function zoneOf(clock: Clock, placed: string, from: Minute): string | null {
  if (clock.kind === 'iana') return clock.zone;
  for (let at = from; at < from + 53 * WEEK; at += 4 * WEEK) {
    const wall = toWall(placed, at);
    if (instantOf(wall, clock) !== fromWall(placed, wall)) return null;
  }
  return placed;
}

function endOf(recur: ICAL.Recur, rule: WeeklyRule, clock: Clock): Minute | null {
  if (recur.count) return startOf(rule, recur.count - 1) + 1;
  const until = recur.until;
  if (!until) return null;
  if (until.isDate) return instantOf(wallOf(until) + DAY, clock);
  const wall = wallOf(until);
  return (until.zone === ICAL.Timezone.utcTimezone ? wall : instantOf(wall, clock)) + 1;
}
