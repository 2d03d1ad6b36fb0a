import ICAL from 'ical.js';
import { page } from './accept-event.ts';
import type { Item, Mailbox } from './mailbox.ts';
import { patternOf } from './outlook-person.ts';
import { placeOf } from './windows-zones.ts';

const PLACES = { 'Europe/Berlin': 'W. Europe Standard Time' } as const;
const WHOLE_DAYS_IN = 'W. Europe Standard Time';

/** Takes an iCalendar object in, as Outlook does with one that came by mail. */
export function importedInto(mailbox: Mailbox, ics: string): Item {
  const event = ICAL.Component.fromString(ics).getFirstSubcomponent('vevent')!;
  const property = event.getFirstProperty('dtstart')!;
  const time = property.getFirstValue() as ICAL.Time;
  const tzid = property.getFirstParameter('tzid') as keyof typeof PLACES | undefined;
  const zone = time.isDate ? WHOLE_DAYS_IN : ((tzid && PLACES[tzid]) ?? 'UTC');
  const start = instant(time, zone);
  const organiser = String(event.getFirstPropertyValue('organizer') ?? mailbox.email).replace('mailto:', '');
  return mailbox.add({
    calendar: 'primary',
    owner: mailbox.email,
    organiser,
    transactionId: null,
    extended: new Map(),
    zone,
    start,
    end: start + lengthOf(event, time, zone),
    isAllDay: time.isDate,
    subject: String(event.getFirstPropertyValue('summary')),
    html: page(null),
    attendees: [],
    location: '',
    showAs: event.getFirstPropertyValue('transp') === 'TRANSPARENT' ? 'free' : 'busy',
    isCancelled: event.getFirstPropertyValue('status') === 'CANCELLED',
    answered:
      event.getFirstProperty('attendee')?.getFirstParameter('partstat') === 'DECLINED' ? 'declined' : 'none',
    recurrence: recurrenceOf(event, time, zone),
    exceptions: new Map(),
    cancelled: new Set(
      event.getAllProperties('exdate').map((one) => String(one.getFirstValue()).slice(0, 10)),
    ),
  });
}

function recurrenceOf(event: ICAL.Component, time: ICAL.Time, zone: string): Item['recurrence'] {
  const rule = event.getFirstPropertyValue('rrule');
  if (!(rule instanceof ICAL.Recur)) return null;
  const startDate = time.toString().slice(0, 10);
  return { pattern: patternOf(rule), range: { type: 'noEnd', startDate, recurrenceTimeZone: zone } };
}

function lengthOf(event: ICAL.Component, start: ICAL.Time, zone: string): number {
  const end = event.getFirstPropertyValue('dtend');
  if (end instanceof ICAL.Time) return instant(end, zone) - instant(start, zone);
  return (event.getFirstPropertyValue('duration') as ICAL.Duration).toSeconds() * 1000;
}

// A zone that only its VTIMEZONE explains is told by its offset; ical.js works that out.
function instant(time: ICAL.Time, zone: string): number {
  if (zone === 'UTC') return time.toUnixTime() * 1000;
  const { year, month, day, hour, minute } = time;
  return new Temporal.PlainDateTime(year, month, day, hour, minute).toZonedDateTime(placeOf(zone)!)
    .epochMilliseconds;
}
