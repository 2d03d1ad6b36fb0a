import { DAY, dayFromIso } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import type { Slot } from '../domain/slot.ts';
import { clockReaches } from '../domain/zone.ts';
import { badInput } from '../platform/problems/problem.ts';
import type { Place, WholeOccurrence } from '../store/occurrence-pages.ts';
import type { OccurrenceQuery } from './occurrences.api.ts';

const EVER: Slot = { start: -(2 ** 31), end: 2 ** 31 - 1 };
const CURSOR = /^(-?\d{1,10})\.(\d{1,9})\.([0-9a-f-]{36})$/;

/** The days asked for, both included, as time in the organisation's zone; null where none were named. */
export function windowOf(
  { from, until }: Pick<OccurrenceQuery, 'from' | 'until'>,
  zone: string,
): Slot | null {
  if (from === undefined && until === undefined) return null;
  const start = from === undefined ? EVER.start : clockReaches(zone, dayFromIso(from) * DAY);
  const end = until === undefined ? EVER.end : clockReaches(zone, (dayFromIso(until) + 1) * DAY);
  if (end <= start) throw badInput('until', 'must not lie before from');
  if (start < EVER.start || end > EVER.end)
    throw badInput(from === undefined ? 'until' : 'from', 'is out of reach');
  return { start, end };
}

/** Where a page goes on; opaque to the caller. */
export function nextOf({ series, occurrence }: WholeOccurrence): string {
  const [generation, originalStart] = keyOf(occurrence).split('@');
  return Buffer.from(`${originalStart}.${generation}.${series}`).toString('base64url');
}

export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const read = CURSOR.exec(Buffer.from(cursor, 'base64url').toString());
  if (!read) throw badInput('cursor', 'must be the `next` of an earlier page');
  return { originalStart: Number(read[1]), generation: Number(read[2]), series: read[3]! };
}
