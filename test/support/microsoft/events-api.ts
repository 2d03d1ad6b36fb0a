import type { Event } from '@microsoft/microsoft-graph-types';
import { checkEvent, checkRecurrence, invited, page, timeIn } from './accept-event.ts';
import { badRequest, notFound, Refused } from './answer.ts';
import { dateOf, instancesOf } from './mailbox.ts';
import type { Exception, Instance, Item, Mailbox } from './mailbox.ts';
import { placeOf } from './windows-zones.ts';

/** What may be done to the events of a mailbox, with Exchange's rules. */
export class EventsApi {
  constructor(private readonly mailbox: Mailbox) {}

  /** The event with this id: an item, or one occurrence of a series. */
  find(id: string): { item: Item; instance: Instance | null } {
    const item = this.mailbox.items.get(id);
    if (item) return { item, instance: null };
    const master = this.mailbox.items.get(id.slice(0, id.lastIndexOf('.')));
    const instance = master && instancesOf(master).find((one) => one.id === id);
    if (!master || !instance) throw notFound();
    return { item: master, instance };
  }

  create(calendar: string, body: unknown): { item: Item; mails: number } {
    checkEvent(body, 'create');
    const repeated = this.repeated(body);
    if (repeated) return { item: repeated, mails: 0 };
    const start = timeIn(body.start);
    const end = timeIn(body.end);
    if (start.at > end.at)
      throw badRequest('end is before start', 'ErrorCalendarEndDateIsEarlierThanStartDate');
    if (body.recurrence) checkRecurrence(body.recurrence, start.date);
    const extended = new Map(body.singleValueExtendedProperties?.map(({ id, value }) => [id!, value!]));
    const item = this.mailbox.add({
      calendar,
      owner: this.mailbox.email,
      organiser: this.mailbox.email,
      extended,
      start: start.at,
      end: end.at,
      zone: start.zone,
      isAllDay: body.isAllDay ?? false,
      subject: body.subject ?? '',
      html: page(body.body),
      attendees: invited(body.attendees),
      location: body.location?.displayName ?? '',
      showAs: body.showAs ?? 'busy',
      isCancelled: false,
      answered: 'organizer',
      transactionId: body.transactionId ?? null,
      recurrence: body.recurrence ?? null,
      exceptions: new Map(),
      cancelled: new Set(),
    });
    return { item, mails: item.attendees.length > 0 ? 1 : 0 };
  }

  change(id: string, body: unknown): { id: string; mails: number } {
    checkEvent(body, 'change');
    const { item, instance } = this.find(id);
    if (instance?.date != null) return this.changeOccurrence(item, instance, body);
    const mails = item.attendees.length === 0 ? 0 : 1 + item.exceptions.size;
    if (item.recurrence || body.recurrence) this.changeSeries(item, body);
    else this.setTime(item, body);
    this.setWords(item, body);
    for (const { id: name, value } of body.singleValueExtendedProperties ?? [])
      item.extended.set(name!, value!);
    this.mailbox.touch(item);
    return { id, mails };
  }

  /** The organiser's deletion sends cancellations; nothing brings an occurrence back. */
  remove(id: string): { mails: number } {
    const { item, instance } = this.find(id);
    const mails = item.attendees.length > 0 ? 1 : 0;
    if (instance?.date != null) {
      item.exceptions.delete(instance.date);
      item.cancelled.add(instance.date);
      this.mailbox.touch(item);
    } else this.mailbox.remove(item);
    return { mails };
  }

  // The same request again is answered with what the first one made; the same id for anything else is refused.
  private repeated({ transactionId, subject, start }: Event): Item | null {
    if (!transactionId) return null;
    const known = [...this.mailbox.items.values(), ...this.mailbox.deleted].find(
      (item) => item.transactionId === transactionId,
    );
    if (!known) return null;
    const same = known.subject === subject && known.start === timeIn(start).at;
    if (same && this.mailbox.items.has(known.id)) return known;
    const message =
      'The TransactionId specified in the request has already been used to create a different event.';
    throw new Refused(409, 'ErrorDuplicateTransactionId', message);
  }

  private changeSeries(item: Item, body: Event): void {
    const before = JSON.stringify([patternOf(item), item.start, item.end, item.zone]);
    this.setTime(item, body);
    if (body.recurrence !== undefined) item.recurrence = body.recurrence;
    if (item.recurrence) checkRecurrence(item.recurrence, dateOf(item));
    if (before !== JSON.stringify([patternOf(item), item.start, item.end, item.zone]))
      this.mailbox.forgetExceptions(item);
  }

  private changeOccurrence(item: Item, { date, id }: Instance, body: Event): { id: string; mails: number } {
    if (body.recurrence !== undefined || body.singleValueExtendedProperties)
      throw badRequest('only the series has this', 'ErrorInvalidPropertySet');
    if (body.start || body.end) this.checkBoundary(item, date!, body);
    const exception = this.mailbox.exceptionOf(item, date!);
    this.setTime(exception, body);
    this.setWords(exception, body);
    this.mailbox.touch(item, exception);
    return { id, mails: item.attendees.length > 0 ? 1 : 0 };
  }

  /** Not to or before the day of the meeting before it, not to or after the day of the one after it. */
  private checkBoundary(item: Item, date: string, { start, end }: Event): void {
    const all = instancesOf(item);
    const index = all.findIndex((one) => one.date === date);
    const dayOf = (at: number) =>
      Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(placeOf(item.zone)!)
        .toPlainDate()
        .toString();
    const [before, after] = [all[index - 1], all[index + 1]];
    const crosses =
      (before && dayOf(timeIn(start ?? end).at) <= dayOf(before.start)) ||
      (after && dayOf(timeIn(end ?? start).at) >= dayOf(after.start));
    const message = 'Modified occurrence is crossing or overlapping adjacent occurrence.';
    if (crosses) throw badRequest(message, 'ErrorOccurrenceCrossingBoundary');
  }

  // Another time asks everybody again.
  private setTime(of: Item | Exception, { start, end }: Event): void {
    const from = start ? timeIn(start) : null;
    const [at, until] = [from?.at ?? of.start, end ? timeIn(end).at : of.end];
    if (until < at) throw badRequest('end is before start', 'ErrorCalendarEndDateIsEarlierThanStartDate');
    if (at !== of.start || until !== of.end) of.attendees = invited(of.attendees);
    Object.assign(of, { start: at, end: until });
    if (from && 'zone' in of && (of.recurrence || from.zone !== 'UTC')) of.zone = from.zone;
  }

  private setWords(of: Item | Exception, { subject, body, location, showAs, attendees }: Event): void {
    if (subject != null) of.subject = subject;
    if (body) of.html = page(body);
    if (location) of.location = location.displayName ?? '';
    if (showAs) of.showAs = showAs;
    if (attendees) of.attendees = invited(attendees);
  }
}

/** What a change of makes Exchange forget the exceptions; the end of the range is not part of it. */
function patternOf({ recurrence }: Item): unknown {
  return recurrence && [recurrence.pattern, recurrence.range?.startDate];
}
