import type { Minute } from '../../domain/minute.ts';
import type { Seen, SeenEvent } from '../../domain/observation.ts';
import { readAgenda } from '../../domain/agenda/splice.ts';
import type { Busy } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import { CalendarError } from '../calendar-error.ts';
import { Calendar } from '../calendar.ts';
import type { Changes, OccurrenceEvent, ReadRequest, SeriesEvent, SeriesRef, Written } from '../calendar.ts';
import { Unreadable } from '../icalendar/document.ts';
import type { VendorDeps } from '../vendor.ts';
import { busyOf } from './busy.ts';
import type { Except } from './busy.ts';
import { changesOf } from './changes.ts';
import type { Event, GoogleClient } from './google-client.ts';
import { seriesEventId, whose } from './identity.ts';
import { Occurrences, orConflict } from './occurrences.ts';
import { isCancelled, isRepInvited, ruleOf } from './read-event.ts';
import { isStatus } from './refusal.ts';
import { Separates } from './separates.ts';
import { SeriesHoldings } from './series-holdings.ts';
import { sameSeries, versionOf } from './versions.ts';
import { EVERY_SERIES, newSeries, seriesChange } from './write-event.ts';

const NOT_THERE: SeenEvent & { kind: 'gone' } = { kind: 'gone', proof: 'no event was ever asked for' };
/** Beyond so many, one list of everything that is ours costs less than asking for each. */
const FEW = 2;

/** A person's calendar at Google: a series is one native recurring event, a moved meeting an exception of it. */
export class GoogleCalendar extends Calendar {
  readonly #holdings: SeriesHoldings;
  readonly #occurrences: Occurrences;
  readonly #separates: Separates;

  constructor(
    private readonly client: GoogleClient,
    private readonly owner: VendorDeps['owner'],
  ) {
    super();
    this.#holdings = new SeriesHoldings(client);
    this.#occurrences = new Occurrences(client, this.#holdings, owner.zone);
    this.#separates = new Separates(client, owner.zone);
  }

  override async read(request: ReadRequest): Promise<Seen> {
    try {
      const separate = new Map<string, SeenEvent>();
      for (const tag of request.separate) separate.set(tag, await this.#separates.seen(tag));
      return { kind: 'complete', ...(await this.readSeries(request)), separate };
    } catch (error) {
      if (error instanceof Unreadable) return { kind: 'unreadable', because: error.message };
      throw error;
    }
  }

  override async placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null): Promise<Written> {
    this.#occurrences.forget(ref);
    if (version !== null) return this.repairSeries(ref, event, version);
    await this.clearStandIns(ref);
    try {
      const made = await this.client.insert(newSeries({ kind: 'series', ...ref }, event), 'all');
      return { version: versionOf({ master: made, exceptions: new Map(), standIns: new Map() }) };
    } catch (error) {
      if (!isStatus(error, 409)) throw error;
      return this.adoptSeries(ref, event);
    }
  }

  override async withdrawSeries(ref: SeriesRef): Promise<void> {
    this.#occurrences.forget(ref);
    const standIns = await this.#holdings.standInsOf(ref.series);
    for (const { event, of } of standIns) if (of.copy === ref.copy) await this.client.delete(event);
    const master = await this.client.get(seriesEventId(ref));
    if (master && !isCancelled(master)) await this.client.delete(master);
  }

  override placeOccurrence(
    ref: SeriesRef,
    start: Minute,
    event: OccurrenceEvent,
    version: string,
  ): Promise<Written> {
    return this.#occurrences.place(ref, start, event, version);
  }

  override withdrawOccurrence(ref: SeriesRef, start: Minute, version: string): Promise<Written> {
    return this.#occurrences.withdraw(ref, start, version);
  }

  override placeSeparate(tag: string, event: OccurrenceEvent, version: string | null): Promise<Written> {
    return this.#separates.place(tag, event, version);
  }

  override withdrawSeparate(tag: string): Promise<void> {
    return this.#separates.withdraw(tag);
  }

  override busy(window: Slot, except: Except): Promise<Busy> {
    return busyOf(this.client, this.owner, window, except);
  }

  override changes(cursor: string | null): Promise<Changes> {
    return changesOf(this.client, cursor);
  }

  override async standing(refs: readonly SeriesRef[]): Promise<readonly SeriesRef[]> {
    const ids = refs.length > FEW ? await this.allStanding() : null;
    const standing: SeriesRef[] = [];
    for (const ref of refs) {
      const id = seriesEventId(ref);
      const event = ids ? null : await this.client.get(id);
      if (ids?.has(id) || (event && !isCancelled(event))) standing.push(ref);
    }
    return standing;
  }

  private async allStanding(): Promise<Set<string>> {
    const fields = 'items(id,status),nextPageToken';
    const events = await this.client.list({ privateExtendedProperty: [EVERY_SERIES], fields });
    const ours = events.filter((event) => whose(event.id!)?.kind === 'series' && !isCancelled(event));
    return new Set(ours.map(({ id }) => id!));
  }

  private async readSeries({ series, starts, firstWeekday }: ReadRequest) {
    if (!series) return nothing(starts, NOT_THERE);
    const found = await this.#holdings.find(series, { starts, placed: series.rule, firstWeekday });
    if (found.kind === 'gone') return nothing(starts, found);
    const { held } = found;
    const version = this.#occurrences.remember(series, held);
    const occurrences = new Map<Minute, SeenEvent>();
    for (const start of starts)
      occurrences.set(start, await this.#occurrences.seen(series, held, version, start));
    const agenda = readAgenda(held.master.description ?? '');
    const repInvited = isRepInvited(held.master);
    return { series: { kind: 'stands' as const, version, ...held.seen, agenda, repInvited }, occurrences };
  }

  private async repairSeries(ref: SeriesRef, event: SeriesEvent, version: string): Promise<Written> {
    const found = await orConflict(() => this.#holdings.find(ref, { starts: [], placed: event.rule }));
    if (found.kind === 'gone')
      throw new CalendarError('Conflict', 'The series is not in the calendar any more.');
    const { master, seen } = found.held;
    const now = this.#occurrences.remember(ref, found.held);
    const change = seriesChange(master, seen, event);
    if (!change) return { version: now };
    if (!sameSeries(version, now))
      throw new CalendarError('Conflict', 'Somebody changed the series meanwhile.');
    this.#occurrences.forget(ref);
    const written = await this.client.patch(master, change.body, change.telling);
    return { version: versionOf({ ...found.held, master: written }) };
  }

  /** What has our id was left by an earlier call; deleted, it is brought back where Google lets us. */
  private async adoptSeries(ref: SeriesRef, event: SeriesEvent): Promise<Written> {
    const master = await this.client.get(seriesEventId(ref));
    if (!master) throw new CalendarError('Unreachable', 'Google contradicts itself about this event.');
    const change = seriesChange(master, ruleOf(master, event.rule), event);
    if (change) await this.restored(master, change.body);
    const found = await orConflict(() => this.#holdings.find(ref, { starts: [], placed: event.rule }));
    if (found.kind === 'gone') throw new CalendarError('Conflict', 'The series was taken away just now.');
    return { version: this.#occurrences.remember(ref, found.held) };
  }

  private async restored(master: Event, body: Event): Promise<void> {
    try {
      await this.client.patch(master, body, 'all');
    } catch (error) {
      if (!isCancelled(master) || !isStatus(error, 403, 404, 410)) throw error;
      const message = 'Google keeps a deleted event of this name and takes no new one.';
      throw new CalendarError('Gone', message, { cause: error });
    }
  }

  /** What stood in for meetings of earlier copies goes before a new copy has them all again. */
  private async clearStandIns({ series, copy }: SeriesRef): Promise<void> {
    const events = copy > 1 ? await this.#holdings.standInsOf(series) : [];
    for (const { event, of } of events) if (of.copy < copy) await this.client.delete(event);
  }
}

function nothing(starts: readonly Minute[], gone: { readonly kind: 'gone'; readonly proof: string }) {
  return { series: gone, occurrences: new Map<Minute, SeenEvent>(starts.map((start) => [start, gone])) };
}
