import type { Attendee, Event } from '@microsoft/microsoft-graph-types';
import { badRequest } from './answer.ts';
import { wrongWith } from './held.ts';
import { checkPropertyId } from './query.ts';
import { refusalOf } from './recurrence.ts';
import { placeOf } from './windows-zones.ts';

const ON_CREATE = [
  'subject',
  'body',
  'start',
  'end',
  'recurrence',
  'attendees',
  'location',
  'showAs',
  'isAllDay',
  'transactionId',
  'singleValueExtendedProperties',
  'responseRequested',
  'isReminderOn',
  'allowNewTimeProposals',
  'reminderMinutesBeforeStart',
];
const ON_CHANGE = ON_CREATE.filter((name) => name !== 'transactionId');
/** Our own measure: Graph names no limit, and other fields of Exchange end here. */
const LONGEST_TRANSACTION_ID = 200;

/** Holds a request's event against the types and against what the text says. */
export function checkEvent(body: unknown, doing: 'create' | 'change'): asserts body is Event {
  const wrong = wrongWith('event', body);
  if (wrong) throw badRequest(`The request body does not fit an event: ${wrong}`);
  const event = body as Event;
  const allowed = doing === 'create' ? ON_CREATE : ON_CHANGE;
  const unknown = Object.keys(event).find((name) => !allowed.includes(name));
  if (unknown) throw badRequest(`${unknown} cannot be set here`, 'ErrorInvalidPropertySet');
  if ((event.transactionId?.length ?? 0) > LONGEST_TRANSACTION_ID)
    throw badRequest('transactionId is too long');
  for (const { id, value } of event.singleValueExtendedProperties ?? []) {
    checkPropertyId(id ?? '');
    if (typeof value !== 'string') throw badRequest('an extended property needs a value');
  }
}

/** The instant and zone of a time as it was sent. */
export function timeIn(time: Event['start']): { at: number; zone: string; date: string } {
  const zone = time?.timeZone ?? '';
  const place = placeOf(zone);
  if (!place) throw badRequest('A valid TimeZone value must be specified.', 'TimeZoneNotSupportedException');
  const wall = Temporal.PlainDateTime.from(time!.dateTime!);
  return { at: wall.toZonedDateTime(place).epochMilliseconds, zone, date: wall.toPlainDate().toString() };
}

export function checkRecurrence(recurrence: NonNullable<Event['recurrence']>, startDate: string): void {
  const wrong = refusalOf(recurrence, startDate);
  if (wrong) throw badRequest(wrong, 'ErrorInvalidRequest');
  const zone = recurrence.range!.recurrenceTimeZone;
  if (zone && !placeOf(zone))
    throw badRequest('recurrenceTimeZone is not supported', 'TimeZoneNotSupportedException');
}

/** Guests as they are invited; nobody can answer for them. */
export function invited(attendees: Attendee[] | null | undefined): Attendee[] {
  return (attendees ?? []).map(({ emailAddress, type }) => {
    if (!emailAddress?.address) throw badRequest('an attendee needs an address', 'ErrorInvalidRecipients');
    return {
      emailAddress,
      type: type ?? 'required',
      status: { response: 'none', time: '0001-01-01T00:00:00Z' },
    };
  });
}

/** Whatever comes in leaves as a whole page, with Exchange's own head. */
export function page(body: Event['body']): string {
  const content = body?.content ?? '';
  const inner =
    body?.contentType === 'text'
      ? content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\r?\n/g, '<br>')
      : (/<body[^>]*>([^]*)<\/body>/i.exec(content)?.[1] ?? content.replace(/<\/?html>/gi, ''));
  const head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">';
  return `<html><head>\r\n${head}</head><body>\r\n${inner.replace(/^\r\n/, '').replace(/\r\n$/, '')}\r\n</body></html>\r\n`;
}
