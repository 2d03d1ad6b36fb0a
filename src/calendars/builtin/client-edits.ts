import ICAL from 'ical.js';
import type { Minute } from '../../domain/minute.ts';
import { forgetRepAnswer } from '../icalendar/content.ts';
import { overridesOf, touch } from '../icalendar/document.ts';
import type { EventDocument } from '../icalendar/document.ts';
import { exceptionProperty, overrideAt, slotOf } from '../icalendar/exceptions.ts';
import type { Instance } from '../icalendar/exceptions.ts';
import { formOf, instantProperty } from '../icalendar/form.ts';
import { firstMinute, utcTime } from '../icalendar/times.ts';

/** Edits as calendar clients make them: the loop gets no hint beyond what any client would leave behind. */

export function deleteOccurrence(document: EventDocument, instance: Instance, now: Minute): void {
  const override = overrideAt(document, instance);
  if (override) document.root.removeSubcomponent(override);
  document.main.addProperty(exceptionProperty('exdate', instance));
  touch(document, document.main, now);
}

/** Ends the rule before the instance and drops the exceptions that come after it. */
export function deleteFollowing(document: EventDocument, instance: Instance, now: Minute): void {
  const rule = document.main.getFirstProperty('rrule')!;
  const recur = ICAL.Recur.fromString(String(rule.getFirstValue()));
  recur.count = null;
  recur.until = utcTime(instance.start - 1, 59);
  rule.setValue(recur);
  for (const override of overridesOf(document)) {
    const of = firstMinute(override.getFirstProperty('recurrence-id')!, instance.floating);
    if (of >= instance.start) document.root.removeSubcomponent(override);
  }
  touch(document, document.main, now);
}

/** @param instance null for an event of its own */
export function drag(document: EventDocument, instance: Instance | null, to: Minute, now: Minute): void {
  const event = instance ? ownOverride(document, instance) : document.main;
  const floating = instance?.floating ?? 'UTC';
  const form = formOf(document.main, floating);
  const { start, end } = slotOf(event, floating);
  for (const name of ['dtstart', 'dtend', 'duration']) event.removeAllProperties(name);
  event.addProperty(instantProperty('dtstart', to, form));
  event.addProperty(instantProperty('dtend', to + end - start, form));
  forgetRepAnswer(event, document.main);
  touch(document, event, now);
}

/** A guest's answer leaves SEQUENCE alone (RFC 5546 section 2.1.4). */
export function decline(document: EventDocument, instance: Instance | null, guest: string): void {
  answer(instance ? ownOverride(document, instance) : document.main, guest);
}

export function declineSeries(document: EventDocument, guest: string): void {
  for (const event of [document.main, ...overridesOf(document)]) answer(event, guest);
}

function answer(event: ICAL.Component, guest: string): void {
  const address = `mailto:${guest}`.toLowerCase();
  const attendees = event.getAllProperties('attendee');
  const one = attendees.find((attendee) => String(attendee.getFirstValue()).toLowerCase() === address);
  one?.setParameter('partstat', 'DECLINED');
  one?.removeParameter('rsvp');
}

function ownOverride(document: EventDocument, instance: Instance): ICAL.Component {
  const existing = overrideAt(document, instance);
  if (existing) return existing;
  const override = ICAL.Component.fromString(document.main.toString());
  for (const name of ['rrule', 'exdate', 'dtend', 'duration']) override.removeAllProperties(name);
  override.removeAllProperties('dtstart');
  override.addProperty(exceptionProperty('recurrence-id', instance));
  override.addProperty(exceptionProperty('dtstart', instance));
  override.addProperty(instantProperty('dtend', instance.start + instance.minutes, instance.form));
  document.root.addSubcomponent(override);
  return override;
}
