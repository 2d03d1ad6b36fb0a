import ICAL from 'ical.js';
import type { Event } from './event-store.ts';
import type { EventTime } from './times.ts';

/** An iCalendar object that somebody imports, as the vendor keeps it. */
export function importedEvent(root: ICAL.Component, owner: string, zone: string): Event {
  const event = root.getFirstSubcomponent('vevent')!;
  const start = timeOf(event, 'dtstart', root, zone);
  const attendees = event.getAllProperties('attendee').map((guest) => ({
    email: String(guest.getFirstValue()).replace(/^mailto:/i, ''),
    responseStatus: (guest.getFirstParameter('partstat') ?? 'needsAction').toLowerCase(),
  }));
  const recurrence = ['rrule', 'exdate', 'rdate'].flatMap((name) =>
    event.getAllProperties(name).map((property) => property.toICALString()),
  );
  return {
    iCalUID: String(event.getFirstPropertyValue('uid')),
    summary: String(event.getFirstPropertyValue('summary')),
    status: String(event.getFirstPropertyValue('status') ?? 'confirmed').toLowerCase(),
    transparency: String(event.getFirstPropertyValue('transp') ?? 'opaque').toLowerCase(),
    start,
    end: event.hasProperty('dtend') ? timeOf(event, 'dtend', root, zone) : after(start, event),
    organizer: organiserOf(event, owner),
    ...(attendees.length > 0 ? { attendees: attendees.map((one) => marked(one, owner)) } : {}),
    ...(recurrence.length > 0 ? { recurrence } : {}),
  };
}

function marked<T extends { email: string }>(attendee: T, owner: string): T & { self?: boolean } {
  return attendee.email.toLowerCase() === owner.toLowerCase() ? { ...attendee, self: true } : attendee;
}

function organiserOf(event: ICAL.Component, owner: string) {
  const email = String(event.getFirstPropertyValue('organizer') ?? owner).replace(/^mailto:/i, '');
  return email === owner ? { email, self: true } : { email };
}

function timeOf(event: ICAL.Component, name: string, root: ICAL.Component, zone: string): EventTime {
  const property = event.getFirstProperty(name)!;
  const time = property.getFirstValue() as ICAL.Time;
  if (time.isDate) return { date: time.toString() };
  const tzid = property.getFirstParameter('tzid') as string | undefined;
  if (!tzid) return { dateTime: `${time.toString().replace(/Z$/, '')}Z`, timeZone: zone };
  const foreign = root
    .getAllSubcomponents('vtimezone')
    .find((one) => one.getFirstPropertyValue('tzid') === tzid);
  if (!foreign) return { dateTime: time.toString(), timeZone: tzid };
  time.zone = new ICAL.Timezone(foreign);
  return { dateTime: new Date(time.toUnixTime() * 1000).toISOString(), timeZone: zone };
}

function after(start: EventTime, event: ICAL.Component): EventTime {
  const minutes = Math.round((event.getFirstPropertyValue('duration') as ICAL.Duration).toSeconds() / 60);
  const wall = start.dateTime!;
  const zoned = wall.endsWith('Z');
  const end = Temporal.PlainDateTime.from(wall.replace(/Z$/, '')).add({ minutes });
  return { ...start, dateTime: `${end.toString({ smallestUnit: 'second' })}${zoned ? 'Z' : ''}` };
}
