import type { Minute } from '../../domain/minute.ts';
import type { SeenEvent } from '../../domain/observation.ts';
import { CalendarError } from '../calendar-error.ts';
import type { OccurrenceEvent, SeriesRef, Written } from '../calendar.ts';
import { Unreadable } from '../icalendar/document.ts';
import type { Event, GoogleClient } from './google-client.ts';
import { isCancelled, seenEvent } from './read-event.ts';
import { isStatus } from './refusal.ts';
import type { HeldSeries, SeriesHoldings } from './series-holdings.ts';
import { sameMeeting, versionOf, withWritten } from './versions.ts';
import type { Place } from './versions.ts';
import { newSingle, singleChange } from './write-event.ts';
import type { Change } from './write-event.ts';

/** What un-cancelling is answered with where Google keeps nothing to bring back. */
const NOT_RESTORABLE = [403, 404, 410];
const MOST_ATTEMPTS = 20;

interface Meeting extends Place {
  /** Null where the series leaves the date out. */
  readonly current: Event | null;
}

/** What to make of a meeting: change its event, put another in its stead, or nothing. */
type Decide = (current: Event | null) => Change | 'stand in' | null;
type StandsIn = (held: HeldSeries, own: Minute) => Promise<Event>;

/** The single meetings of a series: read, moved, brought back, taken out. */
export class Occurrences {
  /** The last reading of each series: what follows it is written without asking again, on its etags. */
  readonly #read = new Map<string, { readonly held: HeldSeries; readonly version: string }>();

  constructor(
    private readonly client: GoogleClient,
    private readonly holdings: SeriesHoldings,
    private readonly zone: string,
  ) {}

  remember(ref: SeriesRef, held: HeldSeries): string {
    const version = versionOf(held);
    this.#read.set(keyOf(ref), { held, version });
    return version;
  }

  forget(ref: SeriesRef): void {
    this.#read.delete(keyOf(ref));
  }

  /** What stands of the occurrence that the placed rule starts at `start`. @throws Unreadable where it stands twice */
  async seen(ref: SeriesRef, held: HeldSeries, version: string, start: Minute): Promise<SeenEvent> {
    const own = held.ownStart(start);
    if (own === null) return gone('the series has no meeting in that week any more');
    const edited = held.exceptions.get(own);
    const standIn = held.standIns.get(own);
    const inSeries = edited ?? held.instances.get(own) ?? (await this.holdings.instance(held, own));
    const stands = inSeries !== null && !isCancelled(inSeries);
    if (standIn && stands) throw new Unreadable('the same meeting stands in the calendar twice');
    if (standIn) return seenEvent(standIn, version, held.zone, true);
    if (stands) return seenEvent(inSeries, version, held.zone, edited !== undefined);
    const instead = await this.holdings.standInFor(ref, own);
    if (instead) return seenEvent(instead, version, held.zone, true);
    return gone(inSeries ? 'this date was deleted from the series' : 'the series leaves this date out');
  }

  /** Moves it or brings it back: un-cancelled in the series, else in an event that stands in for it. */
  place(ref: SeriesRef, start: Minute, event: OccurrenceEvent, version: string): Promise<Written> {
    const decide: Decide = (current) => (current ? singleChange(current, event, this.zone) : 'stand in');
    return this.edit(ref, start, version, decide, (held, own) => this.standIn(ref, held, own, event));
  }

  withdraw(ref: SeriesRef, start: Minute, version: string): Promise<Written> {
    return this.edit(ref, start, version, (current) =>
      !current || isCancelled(current) ? null : { body: { status: 'cancelled' }, telling: 'all' },
    );
  }

  /** One conditional write. After a conflict it is decided anew, once, on what stands now. */
  private async edit(
    ref: SeriesRef,
    start: Minute,
    version: string,
    decide: Decide,
    standIn?: StandsIn,
  ): Promise<Written> {
    const read = this.#read.get(keyOf(ref));
    this.forget(ref);
    const known = read?.version === version && isKnown(read.held, start) ? read : null;
    const { held, version: now } = known ?? (await this.readAgain(ref, start));
    const meeting = await this.meetingOf(ref, held, start, known !== null);
    const change = decide(meeting.current);
    if (!change) return { version: now };
    if (!sameMeeting(version, now, meeting.start)) throw conflict();
    try {
      const [place, written] = await this.write(held, meeting, change, standIn);
      return { version: this.remember(ref, withWritten(held, place, written)) };
    } catch (error) {
      if (!isStatus(error, 412) || !known) throw error;
      return this.edit(ref, start, version, decide, standIn);
    }
  }

  private async write(
    held: HeldSeries,
    { start, standsIn, current }: Meeting,
    change: Change | 'stand in',
    standIn?: StandsIn,
  ): Promise<[Place, Event]> {
    try {
      if (change !== 'stand in') {
        return [{ start, standsIn }, await this.client.patch(current!, change.body, change.telling)];
      }
    } catch (error) {
      if (!standIn || !isCancelled(current!) || !isStatus(error, ...NOT_RESTORABLE)) throw error;
    }
    return [{ start, standsIn: true }, await standIn!(held, start)];
  }

  /** Ids of deleted events stay taken, so each attempt has its own. */
  private async standIn(
    { series, copy }: SeriesRef,
    held: HeldSeries,
    start: Minute,
    event: OccurrenceEvent,
  ): Promise<Event> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const wanted = newSingle({ kind: 'stand-in', series, copy, start, attempt }, event);
      const inserted = await this.insertOrFind(wanted);
      if (isCancelled(inserted)) continue;
      const change = singleChange(inserted, event, held.zone);
      return change ? this.client.patch(inserted, change.body, change.telling) : inserted;
    }
    throw new CalendarError(
      'Gone',
      'Google does not take this meeting back. Somebody has to put it there by hand.',
    );
  }

  private async insertOrFind(wanted: Event): Promise<Event> {
    try {
      return await this.client.insert(wanted, 'all');
    } catch (error) {
      const found = isStatus(error, 409) ? await this.client.get(wanted.id!) : null;
      if (found) return found;
      throw error;
    }
  }

  private async readAgain(ref: SeriesRef, start: Minute) {
    const placed = { zone: this.zone, everyWeeks: 1 };
    const found = await orConflict(() => this.holdings.find(ref, { starts: [start], placed }));
    if (found.kind === 'gone')
      throw new CalendarError('Conflict', 'The series is not in the calendar any more.');
    return { held: found.held, version: versionOf(found.held) };
  }

  /** @param looked whether what stands in for it was looked for already */
  private async meetingOf(
    ref: SeriesRef,
    held: HeldSeries,
    start: Minute,
    looked: boolean,
  ): Promise<Meeting> {
    const own = held.ownStart(start);
    const { endsBefore } = held.seen;
    if (own === null || (endsBefore !== null && own >= endsBefore)) {
      throw new CalendarError('Conflict', 'The series in the calendar has no meeting in that week any more.');
    }
    const known = held.exceptions.get(own) ?? held.instances.get(own);
    // Lists tell of a cancelled instance no more than that it is one.
    const inSeries = known?.start ? known : await this.holdings.instance(held, own);
    if (known && inSeries?.etag !== known.etag) throw conflict();
    const lost = !looked && (!inSeries || isCancelled(inSeries));
    const standIn = held.standIns.get(own) ?? (lost ? await this.holdings.standInFor(ref, own) : null);
    return { start: own, standsIn: standIn !== null, current: standIn ?? inSeries };
  }
}

function isKnown({ ownStart, exceptions, instances, standIns }: HeldSeries, start: Minute): boolean {
  const own = ownStart(start);
  return own !== null && [exceptions, instances, standIns].some((events) => events.has(own));
}

// To a writer, what cannot be read is what must not be overwritten.
export async function orConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new CalendarError('Conflict', `The event cannot be edited: ${error.message}.`, { cause: error });
  }
}

function conflict(): CalendarError {
  return new CalendarError('Conflict', 'Somebody changed the event in Google Calendar meanwhile.');
}

function keyOf({ series, copy }: SeriesRef): string {
  return `${copy}/${series}`;
}

function gone(proof: string): SeenEvent {
  return { kind: 'gone', proof };
}
