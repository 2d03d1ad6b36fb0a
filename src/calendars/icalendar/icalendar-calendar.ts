import { DAY } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import type { Seen, SeenEvent } from '../../domain/observation.ts';
import type { Busy } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import { packBusy } from '../../domain/stretches.ts';
import { CalendarError } from '../calendar-error.ts';
import { Calendar } from '../calendar.ts';
import type { Changes, OccurrenceEvent, ReadRequest, SeriesEvent, SeriesRef, Written } from '../calendar.ts';
import { mayStand, uidIn, Unreadable } from './document.ts';
import type { EventDocument } from './document.ts';
import { placeOccurrence, withdrawOccurrence } from './edit-occurrence.ts';
import { newSeparate, repairSeparate } from './edit-separate.ts';
import { newSeries, repairSeries } from './edit-series.ts';
import { instanceOf } from './exceptions.ts';
import type { Instance } from './exceptions.ts';
import type { BusyQuestion } from './expand.ts';
import { expander } from './expander.ts';
import type { Expander } from './expander.ts';
import { Holdings } from './holdings.ts';
import { nameOf, separateUid, seriesOf, seriesUid, whose, whoseName } from './identity.ts';
import { seenOccurrence, seenSeparate, seenSeries } from './read-series.ts';
import type { Resources } from './resources.ts';
import { seenRule } from './rule.ts';
import type { SeenRule } from './rule.ts';
import { changesFollowing, isSplitOff, windowAfter } from './split-off.ts';

/** Whose calendar it is. */
export interface CalendarOwner {
  /** IANA zone of whole days and of times that name no zone. */
  readonly zone: string;
  /** Addresses under which the owner is invited: what was declined under them does not keep the owner busy. */
  readonly emails: readonly string[];
}

/** A calendar of iCalendar resources, wherever they are kept. */
export class IcalendarCalendar extends Calendar {
  private readonly resources: Resources;
  private readonly holdings: Holdings;
  private readonly owner: CalendarOwner;
  private readonly now: () => Minute;
  private readonly expander: Expander;

  constructor(resources: Resources, owner: CalendarOwner, now: () => Minute, thread: Expander = expander) {
    super();
    this.resources = resources;
    this.holdings = new Holdings(resources);
    this.owner = owner;
    this.now = now;
    this.expander = thread;
  }

  override async read(request: ReadRequest): Promise<Seen> {
    try {
      const tags = new Map<string, SeenEvent>();
      for (const tag of request.separate) tags.set(tag, await this.readSeparate(tag));
      return { kind: 'complete', ...(await this.readSeries(request)), separate: tags };
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'unreadable', because: error.message };
      throw error;
    }
  }

  override placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null): Promise<Written> {
    const repair = (document: EventDocument) => repairSeries(document, event, this.now());
    if (version !== null) return this.holdings.edit(seriesUid(ref), version, repair);
    return this.holdings.create(newSeries(ref, event, this.now()), repair);
  }

  override withdrawSeries(ref: SeriesRef): Promise<void> {
    return this.holdings.remove(seriesUid(ref));
  }

  override placeOccurrence(
    ref: SeriesRef,
    start: Minute,
    event: OccurrenceEvent,
    version: string,
  ): Promise<Written> {
    return this.holdings.edit(seriesUid(ref), version, async (document) =>
      placeOccurrence(document, await this.instance(document, start), event, this.now()),
    );
  }

  override withdrawOccurrence(ref: SeriesRef, start: Minute, version: string): Promise<Written> {
    return this.holdings.edit(seriesUid(ref), version, async (document) =>
      withdrawOccurrence(document, await this.instance(document, start), this.now()),
    );
  }

  override placeSeparate(tag: string, event: OccurrenceEvent, version: string | null): Promise<Written> {
    const repair = (document: EventDocument) => repairSeparate(document, event, this.now(), this.owner.zone);
    if (version !== null) return this.holdings.edit(separateUid(tag), version, repair);
    return this.holdings.create(newSeparate(tag, event, this.now()), repair);
  }

  override withdrawSeparate(tag: string): Promise<void> {
    return this.holdings.remove(separateUid(tag));
  }

  override async busy(window: Slot, except: BusyQuestion['except']): Promise<Busy> {
    const resources = await this.resources.inWindow(window);
    const minutes = await this.expander.busy(
      resources.map(({ ics }) => ics),
      { ...this.question(window), except },
    );
    const slots: Slot[] = [];
    for (let i = 0; i < minutes.length; i += 2) slots.push({ start: minutes[i]!, end: minutes[i + 1]! });
    return packBusy(slots);
  }

  override async changes(cursor: string | null): Promise<Changes> {
    const changes = await this.resources.changes(cursor);
    if (changes.kind === 'everything') return changes;
    const names = [...changes.changed, ...changes.removed];
    const named = names.map(whoseName).filter((identity) => identity !== null);
    // A client may keep our event under a name of its own: only its UID tells.
    const others = await this.resources.getMany(changes.changed.filter((name) => whoseName(name) === null));
    const moved = others.map(({ ics }) => whose(uidIn(ics) ?? '')).filter((identity) => identity !== null);
    return {
      kind: 'since',
      series: [...new Set([...named, ...moved].map(seriesOf))],
      busyChanged: names.length > 0,
      cursor: changes.cursor,
    };
  }

  // A copy that a client keeps under another name counts as missing here: that only makes the guard more careful.
  override async standing(refs: readonly SeriesRef[]): Promise<readonly SeriesRef[]> {
    const resources = await this.resources.getMany(refs.map((ref) => nameOf(seriesUid(ref))));
    const standing = new Set(resources.filter(({ ics }) => mayStand(ics)).map(({ name }) => name));
    return refs.filter((ref) => standing.has(nameOf(seriesUid(ref))));
  }

  private async readSeparate(tag: string): Promise<SeenEvent> {
    const held = await this.holdings.find(separateUid(tag));
    return held ? seenSeparate(held.document, held.version, this.owner.zone) : NOT_THERE;
  }

  private async readSeries({ series, starts, firstWeekday }: ReadRequest) {
    const held = series && (await this.holdings.find(seriesUid(series)));
    if (!held) return { series: NOT_THERE, occurrences: new Map(starts.map((start) => [start, NOT_THERE])) };
    const { document, version } = held;
    const seen = seenRule(document.main, series.rule);
    await this.refuseSplit(series, document, seen);
    const expanded = await this.expandedStarts(document, seen, starts);
    const read = { document, version, seen, floating: series.rule.zone, starts: expanded, firstWeekday };
    const occurrences = new Map(starts.map((start) => [start, seenOccurrence(read, start)]));
    const missing = seen.endsBefore !== null || [...occurrences.values()].some(({ kind }) => kind === 'gone');
    if (missing) await this.holdings.search(seriesUid(series));
    return { series: seenSeries(read), occurrences };
  }

  private async refuseSplit(ref: SeriesRef, document: EventDocument, seen: SeenRule): Promise<void> {
    const window = windowAfter(seen);
    const after = window ? await this.resources.inWindow(window) : [];
    if (!changesFollowing(document) && !after.some((resource) => isSplitOff(resource, ref))) return;
    throw new Unreadable('somebody split the series in two, and only people know which half is meant');
  }

  private async instance(document: EventDocument, start: Minute): Promise<Instance> {
    const { zone } = this.owner;
    const seen = seenRule(document.main, { zone, everyWeeks: 1 });
    const starts = await this.expandedStarts(document, seen, [start]);
    const instance = instanceOf(document, seen, start, zone, { starts });
    if (instance) return instance;
    throw new CalendarError('Conflict', 'The series in the calendar has no meeting in that week any more.');
  }

  private async expandedStarts(
    document: EventDocument,
    seen: SeenRule,
    starts: readonly Minute[],
  ): Promise<readonly Minute[]> {
    if (seen.rule !== null || starts.length === 0) return [];
    const window = { start: Math.min(...starts) - 7 * DAY, end: Math.max(...starts) + 7 * DAY };
    const expanded = await this.expander.starts(document.root.toString(), this.question(window));
    if (expanded === null) throw new Unreadable('the rule of the series cannot be read');
    return expanded;
  }

  private question(window: Slot): BusyQuestion {
    const owners = this.owner.emails.map((email) => email.toLowerCase());
    return { window, floating: this.owner.zone, owners, except: { series: null, tags: [] } };
  }
}

const NOT_THERE: SeenEvent & { kind: 'gone' } = { kind: 'gone', proof: 'the calendar has no such event' };
