import { isStart } from './expand.ts';
import { EventStore } from './event-store.ts';
import type { Event, Stored } from './event-store.ts';
import { deleted, invalid, notFound, Refusal } from './refusal.ts';
import { checkTimes, minuteOf } from './times.ts';

/** A mail that the vendor sent to guests. */
export interface Mail {
  readonly to: readonly string[];
  readonly about: string;
  readonly kind: 'invitation' | 'update' | 'cancellation';
}

export type SendUpdates = 'all' | 'externalOnly' | 'none';

/** How this calendar behaves where the vendor's documents leave it open. */
export interface Manners {
  /** What un-cancelling answers; 200 is what is documented. */
  uncancel: 200 | 403 | 404 | 410;
  /** Off only to show that the tests see it. */
  checksEtags: boolean;
}

const OURS_TO_SET = [
  'id summary description location start end recurrence attendees extendedProperties status transparency',
  'visibility reminders guestsCanModify guestsCanInviteOthers guestsCanSeeOtherGuests source colorId eventType',
  'conferenceData iCalUID sequence outOfOfficeProperties',
].flatMap((line) => line.split(' '));

/** insert, patch and delete, with their conditions. */
export class EventWriter {
  readonly mails: Mail[] = [];
  /** Writes that went over a change which the writer had not seen. */
  overwritten: string[] = [];

  constructor(
    private readonly store: EventStore,
    readonly manners: Manners = { uncancel: 200, checksEtags: true },
  ) {}

  insert(body: Event, send: SendUpdates): Event {
    checkFields(body);
    if (body.id && body.iCalUID) throw invalid('Only one of id and iCalUID may be given.');
    if (!/^[a-v0-9]{5,1024}$/.test(body.id ?? '')) throw invalid('Invalid resource id value.');
    if (this.store.stored.has(body.id!)) {
      throw new Refusal(409, 'duplicate', 'The requested identifier already exists.');
    }
    checkTimes(body, this.store.zone);
    const { id, ...fields } = body;
    const owner = { email: this.store.owner, self: true };
    const made: Event = { status: 'confirmed', sequence: 0, ...fields, organizer: owner, creator: owner };
    if (fields.attendees) made.attendees = this.attendees(fields.attendees);
    const stored = this.store.save(id!, made);
    this.mail(stored, 'invitation', send);
    return this.store.shown(stored);
  }

  patch(id: string, body: Event, ifMatch: string | null, send: SendUpdates): Event {
    checkFields(body);
    if (body.id !== undefined && body.id !== id) throw invalid('The id of an event never changes.');
    const before = this.mustMatch(id, ifMatch);
    if (before.status === 'cancelled') this.checkRestore(body);
    const fields = merged(this.ownFields(id), body, before);
    if (body.attendees) fields.attendees = this.attendees(body.attendees);
    const moves = ['start', 'end', 'recurrence'].some((name) => name in body);
    if (moves || before.status === 'cancelled') fields.sequence = (before.sequence ?? 0) + 1;
    checkTimes({ ...before, ...fields }, this.store.zone);
    const stored = this.store.save(id, fields, this.placeOf(before));
    if (!stored.of && moves) this.dropStrangers(stored);
    this.mail(stored, before.status === 'cancelled' ? 'invitation' : 'update', send);
    return this.store.shown(stored);
  }

  delete(id: string, ifMatch: string | null, send: SendUpdates): void {
    const before = this.store.find(id);
    if (!before) throw notFound();
    if (before.status === 'cancelled') throw deleted();
    this.mustMatch(id, ifMatch);
    const fields = { ...this.ownFields(id), status: 'cancelled' };
    const stored = this.store.save(id, fields, this.placeOf(before));
    this.mail(stored, 'cancellation', send);
  }

  private mustMatch(id: string, ifMatch: string | null): Event {
    const before = this.store.find(id);
    if (!before) throw notFound();
    if (ifMatch === null) throw invalid('A write without If-Match overwrites what somebody else did.');
    if (ifMatch !== before.etag) this.refuseOrNote(id);
    if (!before.organizer?.self) {
      throw new Refusal(403, 'forbiddenForNonOrganizer', 'Only the organizer may change this event.');
    }
    return before;
  }

  private refuseOrNote(id: string): void {
    if (this.manners.checksEtags) throw new Refusal(412, 'conditionNotMet', 'Precondition Failed');
    this.overwritten.push(id);
  }

  private checkRestore(body: Event): void {
    if (body.status !== 'confirmed') throw deleted();
    const { uncancel } = this.manners;
    if (uncancel === 410) throw deleted();
    if (uncancel === 404) throw notFound();
    if (uncancel === 403) throw new Refusal(403, 'forbidden', 'Forbidden');
  }

  private ownFields(id: string): Event {
    return this.store.stored.get(id)?.fields ?? {};
  }

  private placeOf({ recurringEventId, originalStartTime }: Event): Stored['of'] {
    return recurringEventId ? { series: recurringEventId, originalStart: originalStartTime! } : null;
  }

  /** Exceptions of a rule that the series no longer has. */
  private dropStrangers({ id, fields }: Stored): void {
    const { store } = this;
    for (const exception of store.exceptionsOf(id)) {
      const start = minuteOf(exception.of!.originalStart, store.zone);
      if (!isStart(fields, store.zone, start)) store.stored.delete(exception.id);
    }
  }

  private attendees(attendees: NonNullable<Event['attendees']>): NonNullable<Event['attendees']> {
    return attendees.map((one) => {
      if (!one.email?.includes('@')) throw invalid('Invalid attendee email.');
      const self = one.email.toLowerCase() === this.store.owner.toLowerCase() ? { self: true } : {};
      return { responseStatus: 'needsAction', ...one, ...self };
    });
  }

  private mail(stored: Stored, kind: Mail['kind'], send: SendUpdates): void {
    const { attendees = [], id } = this.store.shown(stored);
    const to = attendees.filter(({ self }) => !self).map(({ email }) => email!);
    if (send !== 'none' && to.length > 0) this.mails.push({ to, about: id!, kind });
  }
}

function checkFields(body: Event): void {
  const foreign = Object.keys(body).find((name) => !OURS_TO_SET.includes(name));
  if (foreign) throw invalid(`Invalid JSON payload: "${foreign}" cannot be written.`);
  for (const group of [body.extendedProperties?.private, body.extendedProperties?.shared]) {
    for (const [key, value] of Object.entries(group ?? {})) {
      if (key.length > 44 || value.length > 1024) throw invalid('Extended property is too large.');
    }
  }
  for (const line of body.recurrence ?? []) {
    if (/DTSTART|DTEND/.test(line)) throw invalid('Invalid recurrence rule.');
  }
}

/** Patch semantics: objects merge, lists and values replace, null removes. */
function merged(own: Event, body: Event, before: Event): Event {
  const result: Record<string, unknown> = { ...own };
  for (const [name, value] of Object.entries(body)) {
    const shown = (before as Record<string, unknown>)[name];
    if (value === null) delete result[name];
    else if (isObject(value) && isObject(shown)) result[name] = mergedObject(shown, value);
    else result[name] = value;
  }
  return result;
}

function mergedObject(before: Record<string, unknown>, patch: Record<string, unknown>) {
  const result = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = isObject(value) && isObject(result[name]) ? mergedObject(result[name], value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
