import ICAL from 'ical.js';
import type { WallMinute } from '../../domain/minute.ts';
import { icalTime } from './times.ts';

/** How far ahead a zone without a yearly pattern is spelled out; clients that know the name look no further. */
const YEARS_AHEAD = 12;
const DAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

interface Change {
  readonly at: Temporal.PlainDateTime;
  readonly from: number;
  readonly to: number;
}

/** A VTIMEZONE for an IANA zone that holds from the year before `year` on (RFC 5545 section 3.6.5). */
export function vtimezone(zone: string, year: number): ICAL.Component {
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  component.addPropertyWithValue('x-lic-location', zone);
  const changes = changesOf(zone, year - 1);
  for (const observance of observances(zone, year - 1, changes)) component.addSubcomponent(observance);
  return component;
}

function changesOf(zone: string, year: number): Change[] {
  const changes: Change[] = [];
  let before = new Temporal.PlainDateTime(year, 1, 1).toZonedDateTime(zone);
  for (;;) {
    const next = before.getTimeZoneTransition('next');
    if (!next || next.year > year + YEARS_AHEAD) return changes;
    const from = secondsOf(next.subtract({ nanoseconds: 1 }));
    const to = secondsOf(next);
    if (from !== to) {
      const at = next.toInstant().toZonedDateTimeISO('UTC').add({ seconds: from }).toPlainDateTime();
      changes.push({ at, from, to });
    }
    before = next;
  }
}

function observances(zone: string, year: number, changes: readonly Change[]): ICAL.Component[] {
  const first = changes[0];
  if (!first) {
    const offset = secondsOf(new Temporal.PlainDateTime(year, 1, 1).toZonedDateTime(zone));
    return [observance({ at: new Temporal.PlainDateTime(1970, 1, 1), from: offset, to: offset })];
  }
  const forward = changes.filter(({ from, to }) => to > from);
  const back = changes.filter(({ from, to }) => to < from);
  const rules = [yearly(forward), yearly(back)];
  if (rules[0] && rules[1]) {
    return [observance(back[0]!, rules[1]), observance(forward[0]!, rules[0])];
  }
  const opening = { at: new Temporal.PlainDateTime(1970, 1, 1), from: first.from, to: first.from };
  return [opening, ...changes].map((change) => observance(change));
}

/** `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` where one rule says them all, else null. */
function yearly(changes: readonly Change[]): string | null {
  const [first] = changes;
  if (!first || changes.length < YEARS_AHEAD) return null;
  const same = changes.every(
    ({ at, from, to }, i) =>
      from === first.from &&
      to === first.to &&
      at.year === first.at.year + i &&
      at.month === first.at.month &&
      at.dayOfWeek === first.at.dayOfWeek &&
      at.toPlainTime().equals(first.at.toPlainTime()),
  );
  if (!same) return null;
  const weeks = new Set(changes.map(({ at }) => Math.ceil(at.day / 7)));
  const last = changes.every(({ at }) => at.day + 7 > at.daysInMonth);
  const week = last ? -1 : weeks.size === 1 ? [...weeks][0] : null;
  if (week === null) return null;
  return `FREQ=YEARLY;BYMONTH=${first.at.month};BYDAY=${week}${DAY_NAMES[first.at.dayOfWeek - 1]}`;
}

function observance(change: Change, rule: string | null = null): ICAL.Component {
  const component = new ICAL.Component(change.to > change.from ? 'daylight' : 'standard');
  component.addPropertyWithValue('dtstart', icalTime(wallMinute(change.at)));
  component.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(change.from));
  component.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(change.to));
  if (rule) component.addPropertyWithValue('rrule', ICAL.Recur.fromString(rule));
  return component;
}

function wallMinute(at: Temporal.PlainDateTime): WallMinute {
  return Math.floor(at.toZonedDateTime('UTC').epochMilliseconds / 60_000);
}

function secondsOf(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 1e9);
}
