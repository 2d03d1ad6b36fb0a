import ICAL from 'ical.js';
import { isZone } from '../../domain/zone.ts';
import { writeCalendar } from '../icalendar/document.ts';
import type { EventDocument } from '../icalendar/document.ts';
import { vtimezone } from '../icalendar/timezone.ts';

/** What a subscriber gets to see. A published event has no attendees (RFC 5546 section 3.2.1), so nobody is asked to answer. */
const SHOWN = [
  ['uid', 'dtstamp', 'sequence', 'created', 'last-modified'],
  ['dtstart', 'dtend', 'duration', 'rrule', 'rdate', 'exdate', 'recurrence-id'],
  ['summary', 'description', 'x-alt-desc', 'url', 'location', 'organizer', 'status', 'transp'],
].flat();

const NAME = 'Perennial 1-on-1s';

/** How often a subscriber should look again. Google takes its own time. */
const REFRESH = 'PT1H';

/**
 * All events as one object, in a stable order: the same events are the same bytes.
 * @param idle a zone and year to explain while there is no event, because an object needs a component (RFC 5545 section 3.6)
 */
export function writeFeed(
  documents: readonly EventDocument[],
  idle: { readonly zone: string; readonly year: number },
): string {
  const feed = newFeed();
  const inOrder = [...documents].sort((a, b) => (a.uid < b.uid ? -1 : 1));
  const events = inOrder.flatMap(({ root }) => root.getAllSubcomponents('vevent'));
  for (const event of events) keepShown(event);
  const zones = events.length > 0 ? zonesOf(events) : [[idle.zone, idle.year] as const];
  for (const [zone, year] of zones) feed.addSubcomponent(vtimezone(zone, year));
  for (const event of events) feed.addSubcomponent(event);
  return writeCalendar(feed);
}

function newFeed(): ICAL.Component {
  const feed = new ICAL.Component('vcalendar');
  const properties = { version: '2.0', prodid: '-//Perennial//Perennial//EN', calscale: 'GREGORIAN' };
  for (const [key, value] of Object.entries(properties)) feed.addPropertyWithValue(key, value);
  feed.addPropertyWithValue('method', 'PUBLISH');
  // RFC 7986 and what Apple, Google and Outlook read instead.
  feed.addPropertyWithValue('name', NAME);
  feed.addPropertyWithValue('x-wr-calname', NAME);
  const refresh = new ICAL.Property('refresh-interval');
  refresh.resetType('duration');
  refresh.setValue(ICAL.Duration.fromString(REFRESH));
  feed.addProperty(refresh);
  feed.addPropertyWithValue('x-published-ttl', REFRESH);
  return feed;
}

function keepShown(event: ICAL.Component): void {
  const hidden = event.getAllProperties().filter(({ name }) => !SHOWN.includes(name));
  for (const property of hidden) event.removeProperty(property);
  event.removeAllSubcomponents();
}

/** Every zone that is named, with the first year in which it is. */
function zonesOf(events: readonly ICAL.Component[]): Map<string, number> {
  const zones = new Map<string, number>();
  for (const property of events.flatMap((event) => event.getAllProperties())) {
    const zone = property.getFirstParameter('tzid') as string | undefined;
    if (!zone || !isZone(zone)) continue;
    const { year } = property.getFirstValue() as ICAL.Time;
    zones.set(zone, Math.min(year, zones.get(zone) ?? year));
  }
  return zones;
}
