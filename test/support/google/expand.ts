import type { calendar_v3 } from '@googleapis/calendar';
import { RRuleTemporal } from 'rrule-temporal';
import { minuteOf, zoned } from './times.ts';

type Event = calendar_v3.Schema$Event;

const HORIZON_DAYS = 800;
const DAY = 1440;
const NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Starts of a recurring event as its rule has them, EXDATE left out, in a window; at most two years ahead. */
export function startsOf(event: Event, calendarZone: string, from: number, until: number): number[] {
  const zone = event.start!.timeZone ?? calendarZone;
  const first = minuteOf(event.start!, calendarZone);
  const limit = Math.min(until, Math.max(first, from) + HORIZON_DAYS * DAY);
  const lines = event.recurrence ?? [];
  const starts = new Set<number>();
  for (const line of lines.filter((one) => one.startsWith('RRULE:'))) {
    for (const start of expanded(line, first, zone, limit)) starts.add(start);
  }
  for (const start of datesIn(lines, 'RDATE', zone)) starts.add(start);
  for (const start of datesIn(lines, 'EXDATE', zone)) starts.delete(start);
  return [...starts].filter((start) => start >= from && start < limit).toSorted((a, b) => a - b);
}

export function isStart(event: Event, calendarZone: string, minute: number): boolean {
  return startsOf(event, calendarZone, minute, minute + 1).includes(minute);
}

export function minutesLong(event: Event, calendarZone: string): number {
  return minuteOf(event.end!, calendarZone) - minuteOf(event.start!, calendarZone);
}

function expanded(line: string, first: number, zone: string, limit: number): number[] {
  const parts = new Map(
    line
      .slice(6)
      .split(';')
      .map((part) => part.split('=') as [string, string]),
  );
  const weekly = parts.get('FREQ') === 'WEEKLY' && !parts.has('BYHOUR') && !parts.has('BYSETPOS');
  return weekly ? weeklyStarts(parts, first, zone, limit) : otherStarts(line, first, zone, limit);
}

/** Wall clock of the zone; a time that does not exist moves forward by the gap. */
function weeklyStarts(parts: Map<string, string>, first: number, zone: string, limit: number): number[] {
  const begin = zoned(first, zone).toPlainDateTime();
  const days = parts.get('BYDAY')?.split(',') ?? [NAMES[begin.dayOfWeek - 1]!];
  const every = Number(parts.get('INTERVAL') ?? 1);
  const until = untilOf(parts.get('UNTIL'), zone);
  const count = Number(parts.get('COUNT') ?? Infinity);
  const starts: number[] = [];
  for (let monday = begin.subtract({ days: begin.dayOfWeek - 1 }); ; monday = monday.add({ weeks: every })) {
    for (const day of NAMES.filter((name) => days.includes(name))) {
      const wall = monday.add({ days: NAMES.indexOf(day) });
      const start = wall.toZonedDateTime(zone).epochMilliseconds / 60_000;
      if (Temporal.PlainDateTime.compare(wall, begin) < 0) continue;
      if (start > until || start >= limit || starts.length >= count) return starts;
      starts.push(start);
    }
  }
}

function otherStarts(line: string, first: number, zone: string, limit: number): number[] {
  const rule = new RRuleTemporal({ rruleString: line, dtstart: zoned(first, zone) });
  return rule
    .between(zoned(first, zone), zoned(limit, zone), true)
    .map((at) => at.epochMilliseconds / 60_000);
}

function untilOf(text: string | undefined, zone: string): number {
  if (!text) return Infinity;
  return /^\d{8}$/.test(text) ? oneDate(text, zone) + DAY - 1 : oneDate(text, zone);
}

function datesIn(lines: readonly string[], name: string, zone: string): number[] {
  return lines
    .filter((line) => line.startsWith(name))
    .flatMap((line) => {
      const named = /TZID=([^:;]+)/.exec(line)?.[1] ?? zone;
      return line
        .slice(line.indexOf(':') + 1)
        .split(',')
        .map((text) => oneDate(text, named));
    });
}

function oneDate(text: string, zone: string): number {
  const [, y, m, d, h = '00', min = '00'] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?/.exec(text)!;
  const wall = Temporal.PlainDateTime.from(`${y}-${m}-${d}T${h}:${min}`);
  return wall.toZonedDateTime(text.endsWith('Z') ? 'UTC' : zone).epochMilliseconds / 60_000;
}
