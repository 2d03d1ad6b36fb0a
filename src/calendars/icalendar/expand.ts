import ICAL from 'ical.js';
import { DAY } from '../../domain/minute.ts';
import type { Minute, WallMinute } from '../../domain/minute.ts';
import type { Slot } from '../../domain/slot.ts';
import { isDeclinedBy } from './content.ts';
import { isCancelled, parseCalendar, uidOf } from './document.ts';
import { formOf } from './form.ts';
import type { Form } from './form.ts';
import { whose } from './identity.ts';
import { lengthOf } from './rule.ts';
import { firstMinute, icalTime, instantOf, minutesOf, timeOf, wallAt, wallOf } from './times.ts';

/** What to take from other people's events. */
export interface BusyQuestion {
  readonly window: Slot;
  /** The zone of whole days and of times without a zone. */
  readonly floating: string;
  /** Addresses of the calendar's owner, in lower case: what they declined does not keep them busy. */
  readonly owners: readonly string[];
  /** Events of our own that the asker is about to place anew: all copies of a series, and tags. */
  readonly except: { readonly series: string | null; readonly tags: readonly string[] };
}

/** `[start, end, …]` of everything in one resource that keeps its owner busy, unsorted. @throws Unreadable */
export function busyIn(ics: string, question: BusyQuestion): number[] {
  const events = parseCalendar(ics).getAllSubcomponents('vevent');
  const busy: number[] = [];
  for (const event of events.filter((one) => one.hasProperty('dtstart'))) {
    if (isExcepted(event, question.except) || !keepsBusy(event, question.owners)) continue;
    const form = formOf(event, question.floating);
    for (const start of startsOf(event, events, form, question)) {
      const end = endOf(event, start, form, question.floating);
      if (end > start && start < question.window.end && end > question.window.start) busy.push(start, end);
    }
  }
  return busy;
}

/**
 * The same for an event whose rule cannot be expanded: its time of day on every day of the window. Better a slot
 * too few than a meeting on top of somebody's.
 */
export function cautiouslyBusyIn(ics: string, question: BusyQuestion): number[] {
  const root = parseCalendar(ics);
  for (const event of root.getAllSubcomponents('vevent')) {
    if (event.hasProperty('rrule')) {
      event.removeAllProperties('rrule');
      event.addPropertyWithValue('rrule', ICAL.Recur.fromString('FREQ=DAILY'));
      for (const name of ['exrule', 'exdate']) event.removeAllProperties(name);
    }
  }
  return busyIn(root.toString(), question);
}

/** All starts of a series' own rule in a window, exceptions left aside. @throws Unreadable */
export function ruleStarts(ics: string, question: BusyQuestion): number[] {
  const events = parseCalendar(ics).getAllSubcomponents('vevent');
  const main = events.find((event) => !event.hasProperty('recurrence-id') && event.hasProperty('dtstart'));
  if (!main) return [];
  return [...recurrences(main, formOf(main, question.floating), question)];
}

function isExcepted(event: ICAL.Component, except: BusyQuestion['except']): boolean {
  const identity = whose(uidOf(event) ?? '');
  if (!identity) return false;
  return identity.kind === 'series' ? identity.series === except.series : except.tags.includes(identity.tag);
}

function keepsBusy(event: ICAL.Component, owners: readonly string[]): boolean {
  const transparent = String(event.getFirstPropertyValue('transp') ?? '').toUpperCase() === 'TRANSPARENT';
  return !transparent && !isCancelled(event) && !isDeclinedBy(event, owners);
}

function startsOf(
  event: ICAL.Component,
  events: readonly ICAL.Component[],
  form: Form,
  question: BusyQuestion,
): Iterable<Minute> {
  const { floating, window } = question;
  const from = window.start - lengthOf(event, floating) - DAY;
  if (event.hasProperty('recurrence-id')) return [firstMinute(event.getFirstProperty('dtstart')!, floating)];
  const replaced = events
    .filter((other) => other.hasProperty('recurrence-id') && uidOf(other) === uidOf(event))
    .map((other) => firstMinute(other.getFirstProperty('recurrence-id')!, floating));
  const excluded = event.getAllProperties('exdate').flatMap((property) => {
    const minutes = minutesOf(property, floating);
    return property.getValues().map((value, i) => ({ at: minutes[i]!, wholeDay: timeOf(value).isDate }));
  });
  const isLeft = (start: Minute): boolean =>
    replaced.includes(start) ||
    excluded.some(({ at, wholeDay }) => (wholeDay ? start >= at && start < at + DAY : start === at));
  return recurrences(event, form, question).filter((start) => start >= from && !isLeft(start));
}

// Rules run on the wall clock alone, so that no zone data but the runtime's is asked.
function recurrences(event: ICAL.Component, form: Form, question: BusyQuestion): Minute[] {
  const first = wallOf(event.getFirstPropertyValue('dtstart') as ICAL.Time);
  const rdates = event
    .getAllProperties('rdate')
    .flatMap((property) => minutesOf(property, question.floating));
  const starts = new Set<Minute>([instantOf(first, form.clock), ...rdates]);
  const until = wallAt(question.window.end, form.clock) + DAY;
  for (const property of event.getAllProperties('rrule')) {
    const recur = (property.getFirstValue() as ICAL.Recur).clone();
    if (recur.until) recur.until = icalTime(untilWall(recur.until, form));
    const iterator = recur.iterator(icalTime(first));
    for (let next = iterator.next(); next; next = iterator.next()) {
      const wall = wallOf(next);
      if (wall > until) break;
      starts.add(instantOf(wall, form.clock));
    }
  }
  return [...starts];
}

function untilWall(until: ICAL.Time, form: Form): WallMinute {
  const wall = wallOf(until);
  if (until.isDate) return wall + DAY - 1;
  return until.zone === ICAL.Timezone.utcTimezone ? wallAt(wall, form.clock) : wall;
}

// Whole days end at a midnight, which a clock change may bring nearer.
function endOf(event: ICAL.Component, start: Minute, form: Form, floating: string): Minute {
  const minutes = lengthOf(event, floating);
  if (form.kind !== 'date') return start + minutes;
  const days = Math.max(1, Math.round(minutes / DAY));
  return instantOf(wallAt(start, form.clock) + days * DAY, form.clock);
}
