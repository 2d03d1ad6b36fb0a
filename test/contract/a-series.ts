import type { OccurrenceEvent, SeriesEvent, SeriesRef } from '../../src/calendars/calendar.ts';
import type { SeenEvent } from '../../src/domain/observation.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';
import { dayFromIso, minuteFromIso } from '../../src/domain/minute.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import type { World } from './world.ts';

export const NOW = minuteFromIso('2026-11-20T08:00:00Z');
export const TITLE = 'Ana and Bo: 1-on-1';
export const REF: SeriesRef = { series: '0198f2a0-7c1e-7d42-9a55-3f6f0a4f2b11', copy: 1 };
export const TAG = `${REF.series}/recovery/1@29732040`;
export const REP = 'bo@example.com';

/** Tuesdays at 10:00 in Berlin, from 24 November 2026 on. */
export const TUESDAYS: WeeklyRule = {
  zone: 'Europe/Berlin',
  weekday: 2,
  minuteOfDay: 600,
  everyWeeks: 1,
  firstDay: dayFromIso('2026-11-24'),
};

const CONTENT = {
  title: TITLE,
  block: {
    text: 'Open, 1 min\n- One thing that went well; really, well.',
    html: '<p>Open, 1 min</p><ul><li>One thing that went well; really, well.</li></ul>',
  },
  url: 'https://perennial.example/series/1',
  invitation: {
    organiser: { name: 'Ana, Manager', email: 'ana@example.com' },
    attendee: { name: 'Bo "Rep"', email: REP },
  },
};

export function aSeries(changes: Partial<SeriesEvent> = {}): SeriesEvent {
  return { ...CONTENT, rule: TUESDAYS, minutes: 30, endsBefore: null, ...changes };
}

/** An occurrence in a slot; its agenda says why it stands there. */
export function anOccurrence(slot: Slot, because = 'it was deleted'): OccurrenceEvent {
  const { text, html } = CONTENT.block;
  const block = { text: `Note: ${because}\n\n${text}`, html: `<p>Note: ${because}</p>${html}` };
  return { ...CONTENT, block, slot };
}

/** The instant of a wall time, `2026-11-24T10:00`, told by Temporal alone. */
export function at(wall: string, zone = 'Europe/Berlin'): Minute {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds / 60_000;
}

export function slot(wall: string, minutes = 30, zone = 'Europe/Berlin'): Slot {
  return slotAt(at(wall, zone), minutes);
}

/** A complete reading of the series, or a failed test. */
export async function readSeries(
  { calendar }: Pick<World, 'calendar'>,
  starts: readonly Minute[] = [],
  { ref = REF, rule = TUESDAYS, separate = [] as string[] } = {},
) {
  const seen = await calendar.read({ series: { ...ref, rule }, starts, separate });
  if (seen.kind !== 'complete') throw new Error(`unreadable: ${seen.because}`);
  return seen;
}

export async function versionOf(world: Pick<World, 'calendar'>, ref = REF): Promise<string> {
  const { series } = await readSeries(world, [], { ref });
  if (series.kind !== 'stands') throw new Error('the series does not stand');
  return series.version;
}

/** Where one occurrence stands; null where it is gone. */
export async function slotOf(
  world: Pick<World, 'calendar'>,
  start: Minute,
  rule = TUESDAYS,
): Promise<Slot | null> {
  const event = await occurrence(world, start, rule);
  return event.kind === 'stands' ? event.slot : null;
}

export async function occurrence(
  world: Pick<World, 'calendar'>,
  start: Minute,
  rule = TUESDAYS,
): Promise<SeenEvent> {
  return (await readSeries(world, [start], { rule })).occurrences.get(start)!;
}
