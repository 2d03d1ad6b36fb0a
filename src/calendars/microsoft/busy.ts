import type { Event } from '@microsoft/microsoft-graph-types';
import type { Busy } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import { packBusy } from '../../domain/stretches.ts';
import { DAY } from '../../domain/minute.ts';
import { overlaps } from '../../domain/slot.ts';
import { address } from './graph.ts';
import type { Graph } from './graph.ts';
import type { Held, Holdings } from './holdings.ts';
import { windowOf } from './load-series.ts';
import { ownersSlot } from './times.ts';

const FIELDS = 'id,seriesMasterId,start,end,showAs,isAllDay,isCancelled,responseStatus';
const KEEPS_FREE = ['free', 'workingElsewhere'];

export interface Except {
  readonly series: string | null;
  readonly tags: readonly string[];
}

/** Busy time as Outlook expands it, without what is about to be placed anew. */
export async function busyIn(
  graph: Graph,
  holdings: Holdings,
  { window, zone, except }: { readonly window: Slot; readonly zone: string; readonly except: Except },
): Promise<Busy> {
  const wider = { start: window.start - DAY, end: window.end + DAY };
  const query = { ...windowOf(wider), $select: FIELDS, $top: '500' };
  const found = await graph.list<Event>(address(`${holdings.calendarPath}/calendarView`, query));
  const leftOut = await idsOf(holdings, except);
  const slots = found
    .filter(
      (event) => keepsBusy(event) && !leftOut.has(event.id!) && !leftOut.has(event.seriesMasterId ?? ''),
    )
    .map((event) => ownersSlot(event, zone))
    .filter((slot) => overlaps(slot, window));
  return packBusy(slots);
}

async function idsOf(holdings: Holdings, { series, tags }: Except): Promise<ReadonlySet<string>> {
  const names = new Set([...(series === null ? [] : [series]), ...tags.map((tag) => tag.split('/')[0]!)]);
  const found: Held[] = [];
  for (const name of names) found.push(...(await holdings.ofSeries(name)));
  const isMeant = ({ tag }: Held) =>
    tag.kind === 'separate' ? tags.includes(tag.tag) : tag.series === series;
  return new Set(found.filter(isMeant).map(({ event }) => event.id));
}

function keepsBusy({ showAs, isCancelled, responseStatus }: Event): boolean {
  return (
    isCancelled !== true && !KEEPS_FREE.includes(showAs ?? 'busy') && responseStatus?.response !== 'declined'
  );
}
