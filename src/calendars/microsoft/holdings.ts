import type { Event } from '@microsoft/microsoft-graph-types';
import type { Slot } from '../../domain/slot.ts';
import { CalendarError } from '../calendar-error.ts';
import type { VendorIds } from '../vendor-ids.ts';
import { address } from './graph.ts';
import type { Graph } from './graph.ts';
import { isNotFound, isRefusal } from './refusal.ts';
import { allOurs, identityOf, marks, ofSeries, seriesOf, tagOf, transactionId, withTag } from './tags.ts';
import type { Tag } from './tags.ts';

/** One event of ours, with what it was marked as. */
export interface Held {
  readonly event: Event & { readonly id: string };
  readonly tag: Tag;
}

/** Where one calendar is in Graph. */
export interface Place {
  /** `me`, or `users/{id}` where the application acts for a mailbox. */
  readonly mailbox: string;
  readonly calendar: string;
}

export const FIELDS = [
  'id',
  'changeKey',
  'type',
  'subject',
  'body',
  'start',
  'end',
  'isAllDay',
  'isCancelled',
  'attendees',
  'location',
  'recurrence',
  'originalStartTimeZone',
  'seriesMasterId',
].join();
const ATTEMPTS = [1, 2, 3, 4, 5];

/** Finds, makes and takes away our own events by their marks. Remembered ids only prove that one is gone. */
export class Holdings {
  constructor(
    private readonly graph: Graph,
    readonly place: Place,
    private readonly ids: VendorIds,
  ) {}

  /** Every event of ours in the calendar, without its words. */
  async all(): Promise<readonly Held[]> {
    return this.search(allOurs, 'id,changeKey');
  }

  /** Everything that stands because of one series: its copies, what stands in for occurrences, separate events. */
  async ofSeries(series: string): Promise<readonly Held[]> {
    return this.search(ofSeries(series), FIELDS);
  }

  /**
   * The one event with this identity among those that were found.
   * @throws CalendarError Unreachable where there are two, or where it is there after all
   */
  async only(found: readonly Held[], tag: Tag): Promise<Held | null> {
    const same = found.filter((held) => identityOf(held.tag) === identityOf(tag));
    if (same.length > 1) throw new CalendarError('Unreachable', TWICE);
    return same[0] ?? (await this.proveAbsence(tag));
  }

  /**
   * Makes a new event once, however often its answer was lost.
   * @throws CalendarError Gone where Graph keeps refusing the identity
   */
  async create(tag: Tag, slot: Slot | null, content: Event): Promise<Held> {
    const path = `${this.calendarPath}/events`;
    for (const attempt of ATTEMPTS) {
      const id = transactionId(tag, slot, attempt);
      const body = { ...content, transactionId: id, singleValueExtendedProperties: marks(tag) };
      try {
        const made = { event: await this.graph.post<Held['event']>(path, body, { tellsGuests: true }), tag };
        await this.remember([made]);
        return made;
      } catch (error) {
        if (!isUsed(error)) throw error;
        const made = (await this.search(ofSeries(seriesOf(tag)), FIELDS)).find(
          (held) => identityOf(held.tag) === identityOf(tag),
        );
        if (made) return made;
      }
    }
    throw new CalendarError('Gone', 'Microsoft keeps a deleted event of this name and takes no new one.');
  }

  /** Changes an event on condition that nobody else did since it was read. */
  async change<T extends Event>(event: Event, changes: Event): Promise<T> {
    const sent = { ifMatch: etagOf(event), tellsGuests: true };
    return this.graph.patch<T>(`${this.mailboxPath}/events/${event.id}`, changes, sent);
  }

  /** Takes an event away; one that is gone already is fine. */
  async remove(event: Event): Promise<void> {
    try {
      const sent = { ifMatch: etagOf(event), tellsGuests: true };
      await this.graph.delete(`${this.mailboxPath}/events/${event.id}`, sent);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  get mailboxPath(): string {
    return `/${this.place.mailbox}`;
  }

  get calendarPath(): string {
    return `/${this.place.mailbox}/calendars/${this.place.calendar}`;
  }

  private async search(filter: string, select: string): Promise<readonly Held[]> {
    const query = { $filter: filter, $select: select, $expand: withTag, $top: '100' };
    const found = await this.graph.list<Held['event']>(address(`${this.calendarPath}/events`, query));
    const ours = found.flatMap((event) => {
      const tag = tagOf(event);
      return tag ? [{ event, tag }] : [];
    });
    await this.remember(ours);
    return ours;
  }

  // Whether something stands in for an occurrence is read from what was found, and never proven one by one.
  private remember(held: readonly Held[]): Promise<void> {
    const asked = held.filter(({ tag }) => tag.kind !== 'stand-in');
    return this.ids.keep(new Map(asked.map(({ tag, event }) => [this.nameOf(tag), event.id])));
  }

  private nameOf(tag: Tag): string {
    return `${this.calendarPath} ${identityOf(tag)}`;
  }

  /**
   * A list without the event proves nothing. One that we know by its id is asked for itself: it has to be missing,
   * cancelled, or in another folder. Without an id a second, different question has to say the same.
   */
  private async proveAbsence(tag: Tag): Promise<null> {
    const id = await this.ids.of(this.nameOf(tag));
    const stands = id === null ? await this.standsAfterAll(tag) : await this.standsHere(id);
    if (stands) throw new CalendarError('Unreachable', 'Microsoft contradicts itself about this meeting.');
    return null;
  }

  private async standsAfterAll(tag: Tag): Promise<boolean> {
    const all = await this.all();
    return all.some((held) => identityOf(held.tag) === identityOf(tag));
  }

  private async standsHere(id: string): Promise<boolean> {
    const path = `${this.mailboxPath}/events/${id}`;
    try {
      const event = await this.graph.get<Event>(address(path, { $select: 'id,isCancelled' }));
      if (event.isCancelled === true) return false;
      const folder = await this.graph.get<{ id?: string }>(address(`${path}/calendar`, { $select: 'id' }));
      return folder.id === this.place.calendar;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      return false;
    }
  }
}

const TWICE = 'The same meeting stands in the calendar twice. Delete one of them.';

function etagOf(event: Event): string | undefined {
  return (event as Record<string, unknown>)['@odata.etag'] as string | undefined;
}

function isUsed(error: unknown): boolean {
  return isRefusal(error, ({ code }) => code === 'ErrorDuplicateTransactionId');
}
