import { RRuleTemporal } from 'rrule-temporal';
import { DAY, dayFromIso, weekdayOf } from '../../src/domain/minute.ts';
import { startsInto } from '../../src/domain/weekly.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';
import { alternate, fasterThan, nearFloor } from './measure.ts';
import type { Table } from './measure.ts';

const SERIES = 10_000;
const WEEKS = 52;
const PEER_SERIES = 200;
const ZONE = 'America/New_York';
const FIRST = dayFromIso('2026-09-07');

/** P3: a year of every weekly series, over both clock changes; each start held against Temporal in the same run. */
export function recurrence(): Table {
  const rules = Array.from({ length: SERIES }, (_, i) => aRule(i));
  const into = new Int32Array(WEEKS);
  const everything = new Int32Array(SERIES * WEEKS);
  const differences = countDifferences(rules, into);
  const few = rules.slice(0, PEER_SERIES);
  const took = alternate({
    peer: { operations: PEER_SERIES, run: () => total(few, (rule) => peerStarts(rule).length) },
    ours: { operations: SERIES, run: () => expandAll(rules, everything) },
    floor: { operations: SERIES, run: () => writeAll(everything) },
  });
  return {
    title: `P3  ${SERIES.toLocaleString('en')} weekly series of ${WEEKS} meetings, per series`,
    rows: [
      { what: 'rrule-temporal', microseconds: took.peer },
      { what: 'ours', microseconds: took.ours },
      { what: 'floor: write the integers', microseconds: took.floor },
    ],
    goals: [
      fasterThan('rrule-temporal', 100, took.peer / took.ours),
      nearFloor(5, took.ours / took.floor),
      { says: '0 differences to Temporal', measured: `${differences}`, met: differences === 0 },
    ],
  };
}

/** Weekdays and quarter hours of the day in turn. */
function aRule(i: number): WeeklyRule {
  const firstDay = FIRST + (i % 7);
  const minuteOfDay = (i % 96) * 15;
  return { zone: ZONE, weekday: weekdayOf(firstDay), minuteOfDay, everyWeeks: 1, firstDay };
}

function expandAll(rules: readonly WeeklyRule[], into: Int32Array): number {
  for (let i = 0; i < rules.length; i++) startsInto(rules[i]!, 0, into, i * WEEKS, (i + 1) * WEEKS);
  return into[into.length - 1]!;
}

function writeAll(into: Int32Array): number {
  for (let i = 0; i < into.length; i++) into[i] = FIRST * DAY + i;
  return into[into.length - 1]!;
}

function countDifferences(rules: readonly WeeklyRule[], into: Int32Array): number {
  return total(rules, (rule) => {
    startsInto(rule, 0, into, 0, WEEKS);
    return into.filter((start, n) => start !== temporalStart(rule, n)).length;
  });
}

function temporalStart(rule: WeeklyRule, n: number): number {
  return firstOf(rule).add({ weeks: n }).toZonedDateTime(rule.zone).epochMilliseconds / 60_000;
}

function firstOf({ firstDay, minuteOfDay }: WeeklyRule): Temporal.PlainDateTime {
  return new Temporal.PlainDateTime(1970, 1, 1).add({ days: firstDay, minutes: minuteOfDay });
}

function peerStarts(rule: WeeklyRule): readonly unknown[] {
  return new RRuleTemporal({
    freq: 'WEEKLY',
    count: WEEKS,
    dtstart: firstOf(rule).toZonedDateTime(rule.zone),
  }).all();
}

function total(rules: readonly WeeklyRule[], of: (rule: WeeklyRule) => number): number {
  let sum = 0;
  for (const rule of rules) sum += of(rule);
  return sum;
}
