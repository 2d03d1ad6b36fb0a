import { DAY } from './minute.ts';
import type { Minute, WallMinute } from './minute.ts';

/**
 * Offsets of one IANA zone as sorted integers, so that the hot paths never touch a date library.
 * `from[i]` is the first minute at which `offset[i]` (minutes east of UTC) holds.
 */
interface ZoneTable {
  readonly zone: string;
  readonly from: Int32Array;
  readonly offset: Int32Array;
  /** Where the last look-up ended: the next one is nearly always close by. */
  last: number;
}

/** The table's reach. Before it the first offset holds, after it the last one. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

const tables = new Map<string, ZoneTable>();
let latest: ZoneTable | undefined;

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
  const table = tableOf(zone);
  return table.offset[runOf(table, minute)]!;
}

export function toWall(zone: string, minute: Minute): WallMinute {
  return minute + offsetAt(zone, minute);
}

/**
 * The instant of a wall time. A time that does not exist moves forward by the gap; one that exists twice is the
 * first of both (RFC 5545 section 3.3.5, Temporal's `compatible`).
 */
export function fromWall(zone: string, wall: WallMinute): Minute {
  const table = tableOf(zone);
  const { from, offset } = table;
  const run = runOfWall(table, wall);
  const instant = wall - offset[run]!;
  return instant < from[run]! ? wall - offset[run - 1]! : instant;
}

/**
 * The first minute at which the zone's clock shows `wall` or later: the end of the gap where a wall time does not
 * exist, else the same as `fromWall`. Never goes back as `wall` grows, so it is what opens and closes a stretch.
 */
export function clockReaches(zone: string, wall: WallMinute): Minute {
  const table = tableOf(zone);
  const { from, offset } = table;
  const run = runOfWall(table, wall);
  return Math.max(wall - offset[run]!, from[run]!);
}

/**
 * Fills `into[begin]` to before `into[end]` with the instants of `wall`, `wall + every`, `wall + 2 * every` and so
 * on, as `fromWall` has them. `every` is two days or more, further than any gap or overlap reaches, so one offset
 * serves until the next change.
 */
export function fillFromWall(
  zone: string,
  wall: WallMinute,
  every: number,
  into: Int32Array,
  begin: number,
  end: number,
): void {
  const table = tableOf(zone);
  const { from, offset } = table;
  let run = runOf(table, wall - DAY);
  let instant = wall - offset[run]!;
  for (let i = begin; ;) {
    const until = run + 1 < from.length ? from[run + 1]! : Infinity;
    for (; i < end && instant < until; instant += every) into[i++] = instant;
    if (i >= end) return;
    const moved = instant;
    instant += offset[run]! - offset[++run]!;
    if (instant >= from[run]!) continue;
    into[i++] = moved;
    instant += every;
  }
}

/** The offset at an instant, and the first minute at which another one holds (Infinity where none follows). */
export function runAt(zone: string, minute: Minute): { readonly offset: number; readonly until: Minute } {
  const table = tableOf(zone);
  const { from, offset } = table;
  const run = runOf(table, minute);
  return { offset: offset[run]!, until: run + 1 < from.length ? from[run + 1]! : Infinity };
}

/** The first run whose clock comes to show `wall` or later. */
function runOfWall(table: ZoneTable, wall: WallMinute): number {
  const { from, offset } = table;
  // Offsets lie within a day of UTC, so no run that ended a day before can matter.
  let run = runOf(table, wall - DAY);
  while (run + 1 < from.length && wall - offset[run]! >= from[run + 1]!) run++;
  return run;
}

function tableOf(zone: string): ZoneTable {
  // Callers ask many times in a row about one zone.
  if (zone === latest?.zone) return latest;
  let table = tables.get(zone);
  if (!table) tables.set(zone, (table = makeTable(zone)));
  return (latest = table);
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
  return { zone, from: Int32Array.from(from), offset: Int32Array.from(offset), last: 0 };
}

/** The index of the run that holds an instant. */
function runOf(table: ZoneTable, minute: Minute): number {
  const { from, last } = table;
  if (from[last]! <= minute && (last + 1 === from.length || minute < from[last + 1]!)) return last;
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle]! <= minute) low = middle;
    else high = middle - 1;
  }
  return (table.last = low);
}
