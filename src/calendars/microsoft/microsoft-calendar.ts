import type { Minute } from '../../domain/minute.ts';
import type { RepAnswer, Seen, SeenEvent } from '../../domain/observation.ts';
import type { Busy } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { CalendarError } from '../calendar-error.ts';
import { Calendar } from '../calendar.ts';
import type { Changes, OccurrenceEvent, ReadRequest, SeriesEvent, SeriesRef, Written } from '../calendar.ts';
import { wasAutomatic } from './answers.ts';
import { busyIn } from './busy.ts';
import type { Except } from './busy.ts';
import { changesSince } from './changes.ts';
import type { Graph } from './graph.ts';
import type { Held, Holdings } from './holdings.ts';
import { LoadSeries, Split } from './load-series.ts';
import { PlaceOccurrence } from './place-occurrence.ts';
import { PlaceSeparate } from './place-separate.ts';
import { PlaceSeries } from './place-series.ts';
import { gone, seenOccurrence, seenSeries, seenSeparate } from './read-series.ts';
import { versionOf } from './series.ts';
import type { ReadSeries } from './series.ts';

const NOT_THERE = gone('asked for by its identity: the calendar has no such event');

/** A calendar in Outlook, through Graph. */
export class MicrosoftCalendar extends Calendar {
  private readonly loaded: LoadSeries;

  constructor(
    private readonly graph: Graph,
    private readonly holdings: Holdings,
    private readonly owner: { readonly zone: string },
    private readonly now: () => Minute,
  ) {
    super();
    this.loaded = new LoadSeries(graph, holdings);
  }

  override async read(request: ReadRequest): Promise<Seen> {
    try {
      const found = await this.foundFor(request);
      const separate = new Map<string, SeenEvent>();
      for (const tag of request.separate) separate.set(tag, await this.readSeparate(found, tag));
      return { kind: 'complete', ...(await this.readSeries(found, request)), separate };
    } catch (error) {
      if (error instanceof Split) return { kind: 'unreadable', because: error.message };
      throw error;
    }
  }

  override async placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null): Promise<Written> {
    const series = await this.load(ref, event.rule);
    const place = new PlaceSeries(this.holdings, this.loaded, ref);
    if (series) {
      const repaired = await place.repair(series, event, version);
      if (repaired === 'changed before') return this.placeSeries(ref, event, null);
      return repaired === 'changed' ? { version: await this.versionNow(ref, event.rule) } : repaired;
    }
    if (version === null) return place.create(event);
    throw wentAway();
  }

  override async withdrawSeries(ref: SeriesRef): Promise<void> {
    for (const { event, tag } of await this.holdings.ofSeries(ref.series)) {
      if (tag.kind !== 'separate' && tag.copy === ref.copy) await this.holdings.remove(event);
    }
  }

  override async placeOccurrence(
    ref: SeriesRef,
    start: Minute,
    event: OccurrenceEvent,
    version: string,
  ): Promise<Written> {
    const series = await this.loadToWrite(ref);
    const place = new PlaceOccurrence(this.holdings, this.loaded, ref);
    const standing = place.standing(series, start);
    if (place.isRight(series, standing, event)) return { version: versionOf(series) };
    mustHold(version, series);
    return { version: versionOf({ ...series, ...(await place.place(series, start, standing, event)) }) };
  }

  override async withdrawOccurrence(ref: SeriesRef, start: Minute, version: string): Promise<Written> {
    const series = await this.loadToWrite(ref);
    const place = new PlaceOccurrence(this.holdings, this.loaded, ref);
    const standing = place.standing(series, start);
    if (!standing.instance && !standing.standIn) return { version: versionOf(series) };
    mustHold(version, series);
    return { version: versionOf({ ...series, ...(await place.withdraw(series, standing)) }) };
  }

  override placeSeparate(tag: string, event: OccurrenceEvent, version: string | null): Promise<Written> {
    return new PlaceSeparate(this.holdings, this.owner.zone).place(tag, event, version);
  }

  override withdrawSeparate(tag: string): Promise<void> {
    return new PlaceSeparate(this.holdings, this.owner.zone).withdraw(tag);
  }

  override busy(window: Slot, except: Except): Promise<Busy> {
    return busyIn(this.graph, this.holdings, { window, zone: this.owner.zone, except });
  }

  override changes(cursor: string | null): Promise<Changes> {
    return changesSince(this.graph, this.holdings, cursor, this.now());
  }

  // What stands in for meetings of an older copy outlives its series: it is reported so that it is taken away as well.
  override async standing(refs: readonly SeriesRef[]): Promise<readonly SeriesRef[]> {
    const all = (await this.holdings.all()).map(({ tag }) => tag);
    const has = (kind: 'series' | 'stand-in', { series, copy }: SeriesRef) =>
      all.some((tag) => tag.kind === kind && tag.series === series && tag.copy === copy);
    const isOlder = ({ series, copy }: SeriesRef) =>
      all.some((tag) => tag.kind === 'series' && tag.series === series && tag.copy > copy);
    return refs.filter((ref) => has('series', ref) || (isOlder(ref) && has('stand-in', ref)));
  }

  private async foundFor({ series, separate }: ReadRequest): Promise<readonly Held[]> {
    const names = new Set([...(series ? [series.series] : []), ...separate.map((tag) => tag.split('/')[0]!)]);
    const found: Held[] = [];
    for (const name of names) found.push(...(await this.holdings.ofSeries(name)));
    return found;
  }

  private async readSeparate(found: readonly Held[], tag: string): Promise<SeenEvent> {
    const held = await this.holdings.only(found, { kind: 'separate', tag, rep: '' });
    return held ? seenSeparate(held, this.ask) : NOT_THERE;
  }

  private async readSeries(found: readonly Held[], { series: ref, starts, firstWeekday }: ReadRequest) {
    const series = ref && (await this.loaded.one(found, { ref, rule: ref.rule, starts, firstWeekday }));
    const occurrences = new Map<Minute, SeenEvent>();
    if (!series) {
      for (const start of starts) occurrences.set(start, NOT_THERE);
      return { series: NOT_THERE, occurrences };
    }
    await this.loaded.refuseSplit(series);
    for (const start of starts) occurrences.set(start, await seenOccurrence(series, start, this.ask));
    return { series: seenSeries(series), occurrences };
  }

  private async load(
    ref: SeriesRef,
    rule: WeeklyRule,
    starts: readonly Minute[] = [],
  ): Promise<ReadSeries | null> {
    const found = await this.holdings.ofSeries(ref.series);
    return this.loaded.one(found, { ref, rule, starts });
  }

  private async loadToWrite(ref: SeriesRef): Promise<ReadSeries> {
    const zone = { zone: this.owner.zone, weekday: 1, minuteOfDay: 0, everyWeeks: 1, firstDay: 0 } as const;
    const series = await this.load(ref, zone);
    if (series) return series;
    throw wentAway();
  }

  private async versionNow(ref: SeriesRef, rule: WeeklyRule): Promise<string> {
    const series = await this.load(ref, rule);
    if (series) return versionOf(series);
    throw wentAway();
  }

  private readonly ask = async (answer: RepAnswer, rep: string, slot: Slot): Promise<RepAnswer> => {
    if (answer !== 'declined') return answer;
    const { mailbox } = this.holdings.place;
    return (await wasAutomatic(this.graph, mailbox, rep, slot)) ? 'declined automatically' : answer;
  };
}

function mustHold(version: string, series: ReadSeries): void {
  if (version === versionOf(series)) return;
  throw new CalendarError('Conflict', 'Somebody changed the event in the calendar meanwhile.');
}

function wentAway(): CalendarError {
  return new CalendarError('Conflict', 'The series is not in the calendar any more.');
}
