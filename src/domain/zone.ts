import { DAY } from './minute.ts';
import type { Minute, WallMinute } from './minute.ts';

/**
 * Offsets of one IANA zone as sorted integers, so that the hot paths never touch a date library.
 * `from[i]` is the first minute at which `offset[i]` (minutes east of UTC) holds.
 */
interface ZoneTable {
  readonly from: Int32Array;
  readonly offset: Int32Array;
}

/** The table's reach. Before it the first offset holds, after it the last one. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

const tables = new Map<string, ZoneTable>();

/** Whether this runtime's zone database knows the name, in this spelling. A fixed offset is not a zone. */
export function isZone(zone: string): boolean {
  try {
    return /^[A-Z]/.test(zone) && new Temporal.ZonedDateTime(0n, zone).timeZoneId === zone;
  } catch {
    return false;
  }
}

/** Minutes east of UTC at an instant. */
export function offsetAt(zone: string, minute: Minute): number {
  const { from, offset } = tableOf(zone);
  return offset[lastAtOrBefore(from, minute)]!;
}

export function toWall(zone: string, minute: Minute): WallMinute {
  return minute + offsetAt(zone, minute);
}

/**
 * The instant of a wall time. A time that does not exist moves forward by the gap; one that exists twice is the
 * first of both (RFC 5545 section 3.3.5, Temporal's `compatible`).
 */
export function fromWall(zone: string, wall: WallMinute): Minute {
  const { from, offset } = tableOf(zone);
  const run = runOfWall(from, offset, wall);
  const instant = wall - offset[run]!;
  return instant < from[run]! ? wall - offset[run - 1]! : instant;
}

/**
 * The first minute at which the zone's clock shows `wall` or later: the end of the gap where a wall time does not
 * exist, else the same as `fromWall`. Never goes back as `wall` grows, so it is what opens and closes a stretch.
 */
export function clockReaches(zone: string, wall: WallMinute): Minute {
  const { from, offset } = tableOf(zone);
  const run = runOfWall(from, offset, wall);
  return Math.max(wall - offset[run]!, from[run]!);
}

/**
 * Fills `into` with the instants of `wall`, `wall + every`, `wall + 2 * every` and so on, as `fromWall` has them.
 * `every` is two days or more: further than any gap or overlap reaches, so one offset serves until the next change.
 */
export function fillFromWall(zone: string, wall: WallMinute, every: number, into: Int32Array): void {
  const { from, offset } = tableOf(zone);
  let run = lastAtOrBefore(from, wall - DAY);
  for (let i = 0; i < into.length; i++, wall += every) {
    let instant = wall - offset[run]!;
    while (run + 1 < from.length && instant >= from[run + 1]!) {
      const moved = instant;
      instant = wall - offset[++run]!;
      if (instant < from[run]!) instant = moved;
    }
    into[i] = instant;
  }
}

/** The offset at an instant, and the first minute at which another one holds (Infinity where none follows). */
export function runAt(zone: string, minute: Minute): { readonly offset: number; readonly until: Minute } {
  const { from, offset } = tableOf(zone);
  const run = lastAtOrBefore(from, minute);
  return { offset: offset[run]!, until: run + 1 < from.length ? from[run + 1]! : Infinity };
}

/** The first run whose clock comes to show `wall` or later. */
function runOfWall(from: Int32Array, offset: Int32Array, wall: WallMinute): number {
  // Offsets lie within a day of UTC, so no run that ended a day before can matter.
  let run = lastAtOrBefore(from, wall - DAY);
  while (run + 1 < from.length && wall - offset[run]! >= from[run + 1]!) run++;
  return run;
}

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  const made = makeTable(zone);
  tables.set(zone, made);
  return made;
}

function makeTable(zone: string): ZoneTable {
  const from: number[] = [];
  const offset: number[] = [];
  let at: Temporal.ZonedDateTime | null = new Temporal.PlainDateTime(FIRST_YEAR, 1, 1).toZonedDateTime(zone);
  while (at && at.year <= LAST_YEAR) {
    const minutes = Math.round(at.offsetNanoseconds / 60e9);
    if (offset.at(-1) !== minutes) {
      // Liberia left its 44:30 behind in 1972 in mid-minute; every other change falls on a whole one.
      from.push(Math.ceil(at.epochMilliseconds / 60_000));
      offset.push(minutes);
    }
    at = at.getTimeZoneTransition('next');
  }
  from[0] = -2147483648;
  return { from: Int32Array.from(from), offset: Int32Array.from(offset) };
}

function lastAtOrBefore(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
