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

/** Whether this runtime's zone database knows the name. */
export function isZone(zone: string): boolean {
  try {
    tableOf(zone);
    return true;
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
  // Offsets lie within a day of UTC, so only the runs around the wall time can matter.
  const near = lastAtOrBefore(from, wall - 1440);
  let beforeGap = wall - offset[near]!;
  for (let i = near; i < from.length; i++) {
    const candidate = wall - offset[i]!;
    const runEnds = i + 1 < from.length ? from[i + 1]! : Infinity;
    if (candidate < from[i]! && i > near) return beforeGap;
    if (candidate < runEnds) return candidate;
    beforeGap = candidate;
  }
  return beforeGap;
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
      from.push(Math.floor(at.epochMilliseconds / 60_000));
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
