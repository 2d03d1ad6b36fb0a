import ICAL from 'ical.js';
import { DAY } from '../../domain/minute.ts';
import type { Minute, WallMinute } from '../../domain/minute.ts';
import { fromWall, isZone, toWall } from '../../domain/zone.ts';

/** Where a property's wall clock hangs: an IANA zone, or a zone that only its own VTIMEZONE defines. */
export type Clock =
  | { readonly kind: 'iana'; readonly zone: string }
  | { readonly kind: 'custom'; readonly timezone: ICAL.Timezone };

/** @param floating the zone of times that name none, and of whole days */
export function clockOf(property: ICAL.Property, floating: string): Clock {
  const tzid = property.getFirstParameter('tzid') as string | undefined;
  if (!tzid) return { kind: 'iana', zone: floating };
  const timezone = property.parent?.getTimeZoneByID(tzid) ?? null;
  const zone = ianaName(tzid, timezone);
  if (zone) return { kind: 'iana', zone };
  return timezone && isPlain(timezone) ? { kind: 'custom', timezone } : { kind: 'iana', zone: floating };
}

/** The instants of a property's values, to the minute. Whole days begin at their midnight. */
export function minutesOf(property: ICAL.Property, floating: string): Minute[] {
  const clock = clockOf(property, floating);
  return property.getValues().map((value) => minuteOf(timeOf(value), clock));
}

export function firstMinute(property: ICAL.Property, floating: string): Minute {
  return minutesOf(property, floating)[0]!;
}

/** Seconds are dropped. */
function minuteOf(time: ICAL.Time, clock: Clock): Minute {
  const wall = wallOf(time);
  if (time.zone === ICAL.Timezone.utcTimezone) return wall;
  return instantOf(wall, clock);
}

export function instantOf(wall: WallMinute, clock: Clock): Minute {
  if (clock.kind === 'iana') return fromWall(clock.zone, wall);
  const time = icalTime(wall);
  time.zone = clock.timezone;
  return Math.floor(time.toUnixTime() / 60);
}

export function wallAt(minute: Minute, clock: Clock): WallMinute {
  if (clock.kind === 'iana') return toWall(clock.zone, minute);
  const time = icalTime(minute);
  time.zone = ICAL.Timezone.utcTimezone;
  return wallOf(time.convertToZone(clock.timezone));
}

export function wallOf(time: ICAL.Time): WallMinute {
  const clock = time.isDate ? 0 : time.hour * 60 + time.minute;
  return (Date.UTC(time.year, time.month - 1, time.day) / 60_000 / DAY) * DAY + clock;
}

/** A wall time without a zone. */
export function icalTime(wall: WallMinute): ICAL.Time {
  const at = new Date(wall * 60_000);
  return new ICAL.Time(
    {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: 0,
      isDate: false,
    },
    ICAL.Timezone.localTimezone,
  );
}

export function utcTime(minute: Minute, second = 0): ICAL.Time {
  const time = icalTime(minute);
  time.second = second;
  time.zone = ICAL.Timezone.utcTimezone;
  return time;
}

export function timeOf(value: unknown): ICAL.Time {
  return value instanceof ICAL.Period ? value.start : (value as ICAL.Time);
}

// Evolution and Citadel put a path before the name; others name the zone in X-LIC-LOCATION.
function ianaName(tzid: string, timezone: ICAL.Timezone | null): string | null {
  const location = timezone?.component?.getFirstPropertyValue('x-lic-location');
  const tail = /[A-Za-z_]+\/[A-Za-z_+-]+(?:\/[A-Za-z_]+)?$/.exec(tzid)?.[0];
  const candidates = [tzid, typeof location === 'string' ? location : undefined, tail];
  return candidates.find((name) => name !== undefined && isZone(name)) ?? null;
}

// Evaluating an odd VTIMEZONE may never return: only plain yearly changes are evaluated, others count as floating.
function isPlain(timezone: ICAL.Timezone): boolean {
  const parts = timezone.component.getAllSubcomponents();
  return (
    parts.length > 0 &&
    parts.every((part) => {
      const rule = part.getFirstPropertyValue('rrule');
      return (
        part.hasProperty('dtstart') &&
        part.hasProperty('tzoffsetfrom') &&
        part.hasProperty('tzoffsetto') &&
        (rule === null || (rule instanceof ICAL.Recur && rule.freq === 'YEARLY' && rule.interval === 1))
      );
    })
  );
}
