import { meaningOf, readAgenda, splice } from '../../domain/agenda/splice.ts';
import { DAY, minuteToIso } from '../../domain/minute.ts';
import { sameSlot } from '../../domain/slot.ts';
import type { Slot } from '../../domain/slot.ts';
import type { EventContent, OccurrenceEvent, SeriesEvent, SeriesRef } from '../calendar.ts';
import { recurrenceOf, saysRule } from '../icalendar/rule.ts';
import type { SeenRule } from '../icalendar/rule.ts';
import type { Event, Telling } from './google-client.ts';
import type { Identity } from './identity.ts';
import { eventId, seriesOf } from './identity.ts';
import { isCancelled, isRepInvited, REP, repOf, slotOf } from './read-event.ts';

/** Private to the organiser's copy: what belongs together, as `series/copy` or as a tag. */
const OWN = 'perennial';
/** Private, too: which kind of event it is. */
const KIND = 'perennialKind';
/** The series' id. Guests' copies carry it, too. */
const SHARED = 'perennialSeries';

/** The private property that every series event has. */
export const EVERY_SERIES = `${KIND}=series`;

/** A change to an event, and whether its guests are to hear of it. */
export interface Change {
  readonly body: Event;
  readonly telling: Telling;
}

export function newSeries(identity: Identity, event: SeriesEvent): Event {
  return { ...newEvent(identity, event), ...seriesTimes(event), recurrence: [ruleLine(event)] };
}

export function newSingle(identity: Identity, event: OccurrenceEvent): Event {
  return { ...newEvent(identity, event), ...times(event.slot, 'UTC') };
}

/** What a series lacks: rule, end, length and agenda, and that it stands. Null where nothing does. */
export function seriesChange(master: Event, seen: SeenRule, event: SeriesEvent): Change | null {
  const body: Event = {};
  if (isCancelled(master)) body.status = 'confirmed';
  const sameTimes = seen.rule !== null && saysRule(seen, { ...event, endsBefore: seen.endsBefore });
  if (!sameTimes || seen.minutes !== event.minutes) Object.assign(body, seriesTimes(event));
  if (!sameTimes || seen.endsBefore !== event.endsBefore)
    body.recurrence = [ruleLine(event), ...dates(master)];
  return withAgenda(master, withRep(master, body, event), event);
}

/** What one meeting lacks to stand in its slot with its agenda. Null where nothing does. */
export function singleChange(current: Event, event: OccurrenceEvent, zone: string): Change | null {
  const body: Event = {};
  if (isCancelled(current)) body.status = 'confirmed';
  const stays = current.start && sameSlot(slotOf(current, zone), event.slot);
  if (!stays) Object.assign(body, times(event.slot, current.start?.timeZone ?? zone));
  // An answer belongs to the slot it was given for. Other guests keep theirs.
  const rep = body.start || body.status ? repOf(current) : null;
  if (rep && rep.responseStatus !== 'needsAction') {
    const { comment: _, ...asked } = rep;
    const again = { ...asked, responseStatus: 'needsAction' };
    body.attendees = current.attendees!.map((guest) => (guest === rep ? again : guest));
  }
  return withAgenda(current, withRep(current, body, event), event);
}

/** Whether a list by our private property has to show it: another program may have dropped the property. */
export function isMarked({ extendedProperties }: Event): boolean {
  return extendedProperties?.private?.[OWN] !== undefined;
}

/** The private property of a series and of what split off from it, as a list asks for it. */
export function ownProperty(ref: SeriesRef): string {
  return `${OWN}=${markOf({ kind: 'series', ...ref })}`;
}

/** The shared property of everything that a series has in the calendar. */
export function seriesProperty(series: string): string {
  return `${SHARED}=${series}`;
}

function newEvent(identity: Identity, { title, block, url, invitation }: EventContent): Event {
  const { name: displayName, email } = invitation.attendee;
  return {
    id: eventId(identity),
    summary: title,
    description: splice('', block.html, '<br>'),
    location: url,
    attendees: [{ email, displayName }],
    extendedProperties: {
      private: { [OWN]: markOf(identity), [KIND]: identity.kind, [REP]: email },
      shared: { [SHARED]: seriesOf(identity) },
    },
  };
}

function markOf(identity: Identity): string {
  return identity.kind === 'separate' ? identity.tag : `${identity.series}/${identity.copy}`;
}

// Google expands the rule on the wall clock of `timeZone`; an instant would drift by an hour twice a year.
function seriesTimes({ rule, minutes }: SeriesEvent): Pick<Event, 'start' | 'end'> {
  const wall = rule.firstDay * DAY + rule.minuteOfDay;
  const time = (at: number) => ({ dateTime: minuteToIso(at).slice(0, -1), date: null, timeZone: rule.zone });
  return { start: time(wall), end: time(wall + minutes) };
}

// An instant: in the hour that a wall clock shows twice, nothing else says which one is meant.
function times({ start, end }: Slot, timeZone: string): Pick<Event, 'start' | 'end'> {
  const time = (at: number) => ({ dateTime: minuteToIso(at), date: null, timeZone });
  return { start: time(start), end: time(end) };
}

function ruleLine({ rule, endsBefore }: SeriesEvent): string {
  return `RRULE:${recurrenceOf(rule, endsBefore).toString()}`;
}

function dates({ recurrence }: Event): string[] {
  return (recurrence ?? []).filter((line) => /^(EXDATE|RDATE)/.test(line));
}

function withRep(current: Event, body: Event, { putsRepBack, invitation }: EventContent): Event {
  if (!putsRepBack || isRepInvited(current) !== false) return body;
  const rep = { email: current.extendedProperties!.private![REP]!, displayName: invitation.attendee.name };
  return { ...body, attendees: [...(body.attendees ?? current.attendees ?? []), rep] };
}

// Calendars rewrite markup: only another meaning is a difference.
function withAgenda(current: Event, body: Event, { block }: EventContent): Change | null {
  const telling = Object.keys(body).length > 0 ? 'all' : 'none';
  const description = current.description ?? '';
  const agenda = readAgenda(description);
  const right = agenda.kind === 'present' && agenda.meaning === meaningOf(block.text);
  if (!right) body.description = splice(description, block.html, '<br>');
  return right && telling === 'none' ? null : { body, telling };
}
