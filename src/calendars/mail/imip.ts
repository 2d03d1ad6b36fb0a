import type ICAL from 'ical.js';
import type { Minute } from '../../domain/minute.ts';
import type { Side } from '../../domain/person.ts';
import type { Slot } from '../../domain/slot.ts';
import type { EventContent, OccurrenceEvent, SeriesEvent, SeriesRef } from '../calendar.ts';
import { writeDocument } from '../icalendar/document.ts';
import type { EventDocument } from '../icalendar/document.ts';
import { newOverride, repairEvent, withdrawOccurrence } from '../icalendar/edit-occurrence.ts';
import { newSeparate } from '../icalendar/edit-separate.ts';
import { newSeries } from '../icalendar/edit-series.ts';
import { instanceOf } from '../icalendar/exceptions.ts';
import type { Instance } from '../icalendar/exceptions.ts';
import { seenRule } from '../icalendar/rule.ts';

/** An iCalendar object as mail carries it (RFC 6047), under the UID that it has in the calendar. */
export interface Imip {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly ics: string;
}

/** For whom a message is, and which one of its series it is. */
export interface Stamp {
  readonly to: Side;
  readonly sequence: number;
  readonly now: Minute;
  /** The address our mail comes from. */
  readonly sender: string;
}

/** The whole series; `null` among its exceptions is a meeting that was taken out. */
export function seriesRequest(
  ref: SeriesRef,
  event: SeriesEvent,
  exceptions: ReadonlyMap<Minute, OccurrenceEvent | null>,
  stamp: Stamp,
): Imip {
  const document = newSeries(ref, event, stamp.now);
  for (const [start, exception] of exceptions) {
    const instance = instanceAt(document, event, start);
    if (!instance) continue;
    if (exception) override(document, instance, exception);
    else withdrawOccurrence(document, instance, stamp.now);
  }
  return sealed('REQUEST', document, event, stamp);
}

export function seriesCancel(ref: SeriesRef, event: SeriesEvent, stamp: Stamp): Imip {
  return sealed('CANCEL', newSeries(ref, { ...event, endsBefore: null }, stamp.now), event, stamp);
}

/** One meeting of the series alone. @param slot null: it is taken out */
export function occurrenceMessage(
  ref: SeriesRef,
  event: SeriesEvent,
  start: Minute,
  meeting: EventContent & { readonly slot: Slot | null },
  stamp: Stamp,
): Imip {
  const document = newSeries(ref, event, stamp.now);
  const instance = instanceAt(document, event, start);
  if (!instance) throw new RangeError('the rule has no meeting there');
  const slot = meeting.slot ?? { start: instance.start, end: instance.start + instance.minutes };
  override(document, instance, { ...meeting, slot });
  document.root.removeSubcomponent(document.main);
  return sealed(meeting.slot ? 'REQUEST' : 'CANCEL', document, event, stamp);
}

export function separateMessage(
  method: Imip['method'],
  tag: string,
  event: OccurrenceEvent,
  stamp: Stamp,
): Imip {
  return sealed(method, newSeparate(tag, event, stamp.now), event, stamp);
}

function instanceAt(document: EventDocument, { rule }: SeriesEvent, start: Minute): Instance | null {
  return instanceOf(document, seenRule(document.main, rule), start, rule.zone, { starts: [] });
}

function override(document: EventDocument, instance: Instance, event: OccurrenceEvent): void {
  repairEvent(document, newOverride(document, instance), event, instance.form, instance.floating);
}

function sealed(method: Imip['method'], document: EventDocument, content: EventContent, stamp: Stamp): Imip {
  const { root } = document;
  root.addPropertyWithValue('calscale', 'GREGORIAN');
  root.addPropertyWithValue('method', method);
  for (const event of root.getAllSubcomponents('vevent')) {
    for (const mark of ['x-perennial-rep', 'x-perennial-series']) event.removeAllProperties(mark);
    event.updatePropertyWithValue('sequence', stamp.sequence);
    if (method === 'CANCEL') event.updatePropertyWithValue('status', 'CANCELLED');
    if (stamp.to === 'manager') addressManager(event, content, stamp.sender);
  }
  return { method, ics: writeDocument(document) };
}

// Outlook and Gmail put no invitation into the calendar of its own organiser, so in the manager's copy Perennial
// invites both, and the manager has accepted already: the event appears, stays up to date and asks for no answer.
function addressManager(event: ICAL.Component, { invitation }: EventContent, sender: string): void {
  event.removeAllProperties('organizer');
  event.addPropertyWithValue('organizer', `mailto:${sender}`).setParameter('cn', 'Perennial');
  const { name, email } = invitation.organiser;
  const manager = event.addPropertyWithValue('attendee', `mailto:${email}`);
  const accepted = { cn: name, role: 'REQ-PARTICIPANT', partstat: 'ACCEPTED', rsvp: 'FALSE' };
  for (const [parameter, value] of Object.entries(accepted)) manager.setParameter(parameter, value);
}
