import type { Event } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import { DAY } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import type { Changes } from '../calendar.ts';
import { address } from './graph.ts';
import type { Graph } from './graph.ts';
import type { Holdings } from './holdings.ts';
import { windowOf } from './load-series.ts';
import { isRefusal } from './refusal.ts';
import { seriesOf } from './tags.ts';

/** Delta looks at a fixed window, so it is opened anew before it has moved too far into the past. */
const BEHIND = 7 * DAY;
const AHEAD = 120 * DAY;
const OPENED_ANEW = 30 * DAY;

const Cursor = z.object({
  deltaLink: z.string(),
  openedAt: z.int(),
  /** Our events as they were: by id, whose each is and its change key. */
  ours: z.record(z.string(), z.tuple([z.string(), z.string()])),
});
type Cursor = z.infer<typeof Cursor>;

/**
 * What changed since a cursor. Delta tells that something did, and never what was deleted: an occurrence vanishes
 * without a trace, and an entry that is marked as removed may only have left the window. So our own events are
 * listed and compared with what they were.
 */
export async function changesSince(
  graph: Graph,
  holdings: Holdings,
  cursor: string | null,
  now: Minute,
): Promise<Changes> {
  const since = parse(cursor);
  if (!since || now - since.openedAt > OPENED_ANEW) return everything(graph, holdings, now);
  const round = await roundFrom(graph, since.deltaLink);
  if (round === null) return everything(graph, holdings, now);
  const { entries, deltaLink } = round;
  if (entries.length === 0) {
    return { kind: 'since', series: [], busyChanged: false, cursor: JSON.stringify({ ...since, deltaLink }) };
  }
  const ours = await oursNow(holdings);
  const next: Cursor = { ...since, deltaLink, ours };
  // Nobody knows whose this was: an event of ours that was made and deleted since the last round looks the same.
  if (entries.some((entry) => isRemoved(entry) && !isKnown(entry, since.ours, ours))) {
    return { kind: 'everything', cursor: JSON.stringify(next) };
  }
  return {
    kind: 'since',
    series: changed(since.ours, ours, entries),
    busyChanged: true,
    cursor: JSON.stringify(next),
  };
}

/** Where everything stands now. The round begins before our events are listed, so that nothing falls between. */
async function everything(graph: Graph, holdings: Holdings, now: Minute): Promise<Changes> {
  const window = windowOf({ start: now - BEHIND, end: now + AHEAD });
  const path = address(`${holdings.calendarPath}/calendarView/delta`, window);
  const { deltaLink } = await graph.round<Event>(path);
  const cursor: Cursor = { deltaLink: deltaLink ?? '', openedAt: now, ours: await oursNow(holdings) };
  return { kind: 'everything', cursor: JSON.stringify(cursor) };
}

/** Null where Graph does not know the token any more. */
async function roundFrom(graph: Graph, link: string) {
  try {
    const { entries, deltaLink } = await graph.round<Event>(link);
    return deltaLink === null ? null : { entries, deltaLink };
  } catch (error) {
    if (isRefusal(error, ({ status, code }) => status === 410 || LOST.includes(code))) return null;
    throw error;
  }
}

const LOST = [
  'syncStateNotFound',
  'syncStateInvalid',
  'resyncRequired',
  'SyncStateNotFound',
  'ResyncRequired',
];

async function oursNow(holdings: Holdings): Promise<Cursor['ours']> {
  const all = await holdings.all();
  return Object.fromEntries(all.map(({ event, tag }) => [event.id, [seriesOf(tag), event.changeKey ?? '']]));
}

function changed(before: Cursor['ours'], now: Cursor['ours'], entries: readonly Event[]): string[] {
  const series = new Set<string>();
  for (const id of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (before[id]?.[1] !== now[id]?.[1]) series.add((now[id] ?? before[id])![0]);
  }
  // An occurrence may change without its series' own change key.
  for (const { id, seriesMasterId } of entries) {
    const known = now[id ?? ''] ?? before[id ?? ''] ?? now[seriesMasterId ?? ''];
    if (known) series.add(known[0]);
  }
  return [...series];
}

function isKnown({ id = '' }: Event, ...lists: readonly Cursor['ours'][]): boolean {
  return lists.some((list) => Object.hasOwn(list, id));
}

function isRemoved(entry: Event): boolean {
  return '@removed' in entry;
}

function parse(cursor: string | null): Cursor | null {
  try {
    return cursor === null ? null : Cursor.parse(JSON.parse(cursor));
  } catch {
    return null;
  }
}
