import { findIana, findWindows } from 'windows-iana';
import { dayFromIso, DAY } from '../../domain/minute.ts';
import { isZone, offsetAt } from '../../domain/zone.ts';
import { CalendarError } from '../calendar-error.ts';

/** The years over which two zones must show the same clock to stand for each other. */
const FROM = dayFromIso('2026-01-01') * DAY;
const UNTIL = dayFromIso('2032-01-01') * DAY;

const names = new Map<string, string>();

/**
 * The name under which Outlook knows an IANA zone (CLDR's windowsZones). Graph refuses most IANA names.
 * @throws CalendarError where Windows has no zone with this clock
 */
export function windowsName(zone: string): string {
  const known = names.get(zone) ?? findName(zone);
  names.set(zone, known);
  return known;
}

/**
 * The IANA zone that a name in Outlook means.
 * @param placed taken wherever it goes by this name: one Windows zone stands for many places
 */
export function ianaName(name: string | null | undefined, placed: string): string | null {
  if (!name) return null;
  if (name === placed || windowsName(placed) === name) return placed;
  if (isZone(name)) return name;
  return (findIana(name)[0] as string | undefined) ?? null;
}

function findName(zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const name = findWindows(zone)[0];
  const place = name === undefined ? undefined : findIana(name)[0];
  if (name !== undefined && place !== undefined && sameClock(place, zone)) return name;
  throw new CalendarError('Conflict', `Outlook has no time zone with the clock of ${zone}.`);
}

function sameClock(a: string, b: string): boolean {
  for (let at = FROM; at < UNTIL; at += DAY) if (offsetAt(a, at) !== offsetAt(b, at)) return false;
  return true;
}
