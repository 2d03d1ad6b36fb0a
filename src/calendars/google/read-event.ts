import ICAL from 'ical.js';
import { readAgenda } from '../../domain/agenda/splice.ts';
import { minuteFromIso } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import type { RepAnswer, SeenEvent } from '../../domain/observation.ts';
import type { Slot } from '../../domain/slot.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { fromWall, isZone, toWall } from '../../domain/zone.ts';
import { wallProperty, zoneForm } from '../icalendar/form.ts';
import { seenRule } from '../icalendar/rule.ts';
import type { SeenRule } from '../icalendar/rule.ts';
import type { calendar_v3 } from '@googleapis/calendar';
import type { Event } from './google-client.ts';

/** Private to the organiser's copy: the address that we invited as the rep. */
export const REP = 'perennialRep';

export function isCancelled(event: Event): boolean {
  return event.status === 'cancelled';
}

/** The instant of one of Google's times. @param zone of whole days */
export function minuteOf(time: calendar_v3.Schema$EventDateTime, zone: string): Minute {
  if (time.date) return fromWall(zone, Date.parse(`${time.date}T00:00Z`) / 60_000);
  return minuteFromIso(time.dateTime!);
}

export function slotOf(event: Event, zone: string): Slot {
  return { start: minuteOf(event.start!, zone), end: minuteOf(event.end!, zone) };
}

/** What stands of one event. @param version what its next write must match */
export function seenEvent(event: Event, version: string, zone: string, own: boolean): SeenEvent {
  return {
    kind: 'stands',
    version,
    slot: slotOf(event, zone),
    agenda: readAgenda(event.description ?? ''),
    repAnswers: repAnswerOf(event),
    repInvited: isRepInvited(event),
    own,
  };
}

/** What the event's own rule says, in the words of iCalendar that both share. */
export function ruleOf(master: Event, placed: Pick<WeeklyRule, 'zone' | 'everyWeeks'>): SeenRule {
  const zone = zoneNamed(master.start?.timeZone, placed.zone);
  const event = new ICAL.Component('vevent');
  const form = master.start!.date ? { ...zoneForm(zone), kind: 'date' as const } : zoneForm(zone);
  const { start, end } = slotOf(master, zone);
  event.addProperty(wallProperty('dtstart', toWall(zone, start), form));
  event.addProperty(wallProperty('dtend', toWall(zone, end), form));
  for (const line of master.recurrence ?? []) event.addProperty(ICAL.Property.fromString(line));
  return seenRule(event, { ...placed, zone });
}

/** The guest whom we invited as the rep. Where another program dropped our mark, a lone guest can only be that. */
export function repOf({ attendees, extendedProperties }: Event): calendar_v3.Schema$EventAttendee | null {
  const guests = (attendees ?? []).filter(
    ({ self, organizer, resource }) => !self && !organizer && !resource,
  );
  const invited = extendedProperties?.private?.[REP]?.toLowerCase();
  const named = guests.find(({ email }) => email?.toLowerCase() === invited);
  return named ?? (guests.length === 1 ? guests[0]! : null);
}

/** Undefined where the event does not say whom we invited, or not who its guests are. */
export function isRepInvited({
  attendees,
  attendeesOmitted,
  extendedProperties,
}: Event): boolean | undefined {
  const invited = extendedProperties?.private?.[REP]?.toLowerCase();
  if (invited === undefined || attendeesOmitted) return undefined;
  return (attendees ?? []).some(({ email }) => email?.toLowerCase() === invited);
}

/** A tentative answer is none. */
function repAnswerOf(event: Event): RepAnswer {
  const rep = repOf(event);
  if (rep?.responseStatus === 'accepted') return 'accepted';
  if (rep?.responseStatus !== 'declined') return 'none';
  return AUTOMATIC.test(rep.comment ?? '') ? 'declined automatically' : 'declined';
}

// Of a decline that out-of-office or focus time sent, the organiser sees nothing but its message.
const AUTOMATIC = /^(automatically )?declined because i am (out of office|in focus time)/i;

// Google may give the same zone under an older name.
function zoneNamed(name: string | null | undefined, placed: string): string {
  if (!name || !isZone(name)) return placed;
  const [given, known] = [name, placed].map((zone) => new Temporal.ZonedDateTime(0n, zone));
  return given!.equals(known!) ? placed : name;
}
