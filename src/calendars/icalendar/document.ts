import ICAL from 'ical.js';
import type { Minute } from '../../domain/minute.ts';
import { utcTime, wallOf } from './times.ts';

/** A resource that does not say what it holds. The message is a plain clause: `the event is empty`. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** One event with its exceptions, as it stands in one resource. Edited in place; what is not ours stays in it. */
export interface EventDocument {
  readonly root: ICAL.Component;
  readonly uid: string;
  /** The VEVENT without a RECURRENCE-ID. */
  readonly main: ICAL.Component;
}

/** @throws Unreadable */
export function parseDocument(ics: string): EventDocument {
  const root = parseCalendar(ics);
  const events = root.getAllSubcomponents('vevent');
  const main = events.filter((event) => !event.hasProperty('recurrence-id'));
  if (main.length !== 1)
    throw new Unreadable(main.length ? 'two events share one name' : 'it holds no event');
  const uid = uidOf(main[0]!);
  if (!uid || events.some((event) => uidOf(event) !== uid))
    throw new Unreadable('its events do not belong together');
  if (!main[0]!.hasProperty('dtstart')) throw new Unreadable('the event has no start');
  for (const event of events) checkTimes(event);
  return { root, uid, main: main[0]! };
}

// ical.js decodes a value when it is first asked for; what cannot be decoded is better known at once.
function checkTimes(event: ICAL.Component): void {
  try {
    for (const name of TIMES) for (const property of event.getAllProperties(name)) checkTime(property);
  } catch (cause) {
    throw new Unreadable('the event has a time that cannot be understood', { cause });
  }
}

function checkTime(property: ICAL.Property): void {
  for (const value of property.getValues()) {
    const known = value instanceof ICAL.Time ? Number.isFinite(wallOf(value)) : typeof value === 'object';
    if (!known) throw new TypeError(property.name);
  }
}

const TIMES = ['dtstart', 'dtend', 'duration', 'recurrence-id', 'exdate', 'rdate', 'rrule'];

/** @throws Unreadable */
export function parseCalendar(ics: string): ICAL.Component {
  if (ics.trim() === '') throw new Unreadable('the event is empty');
  let parsed: unknown;
  try {
    parsed = ICAL.parse(ics);
  } catch (cause) {
    throw new Unreadable('the event is not valid iCalendar', { cause });
  }
  if (!Array.isArray(parsed) || parsed[0] !== 'vcalendar')
    throw new Unreadable('it is not one iCalendar object');
  return new ICAL.Component(parsed as [string, unknown[], unknown[]]);
}

/** The UID of whatever is there; null where it cannot be told. */
export function uidIn(ics: string): string | null {
  try {
    return parseDocument(ics).uid;
  } catch {
    return null;
  }
}

/** Whether the event is there and not cancelled. What cannot be read is not known to be gone. */
export function mayStand(ics: string): boolean {
  try {
    return !isCancelled(parseDocument(ics).main);
  } catch {
    return true;
  }
}

export function newDocument(uid: string): EventDocument {
  const root = new ICAL.Component('vcalendar');
  root.addPropertyWithValue('version', '2.0');
  root.addPropertyWithValue('prodid', '-//Perennial//Perennial//EN');
  const main = new ICAL.Component('vevent');
  main.addPropertyWithValue('uid', uid);
  root.addSubcomponent(main);
  return { root, uid, main };
}

export function writeDocument(document: EventDocument): string {
  return writeCalendar(document.root);
}

// ical.js does not count the space before a folded line among the 75 octets that RFC 5545 section 3.1 allows.
ICAL.foldLength = 74;

export function writeCalendar(root: ICAL.Component): string {
  return `${root.toString().trimEnd()}\r\n`;
}

export function overridesOf(document: EventDocument): ICAL.Component[] {
  return document.root.getAllSubcomponents('vevent').filter((event) => event !== document.main);
}

export function uidOf(event: ICAL.Component): string | null {
  const uid = event.getFirstPropertyValue('uid');
  return uid === null ? null : String(uid);
}

export function isCancelled(event: ICAL.Component): boolean {
  return String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
}

/** Stamps a new event. */
export function stamp(event: ICAL.Component, now: Minute): void {
  for (const name of ['dtstamp', 'created', 'last-modified']) {
    event.updatePropertyWithValue(name, utcTime(now));
  }
  setSequence(event, 0);
}

/**
 * Marks a component as edited. An override below its master's SEQUENCE is ignored by some clients, so an override
 * goes one above all others, and an edited master lifts those that it would overtake.
 */
export function touch(document: EventDocument, event: ICAL.Component, now: Minute): void {
  const others = overridesOf(document);
  const highest = Math.max(...[document.main, ...others].map(sequenceOf));
  const sequence = event === document.main ? sequenceOf(event) + 1 : highest + 1;
  setSequence(event, sequence);
  if (event === document.main) {
    for (const other of others) if (sequenceOf(other) < sequence) setSequence(other, sequence);
  }
  event.updatePropertyWithValue('dtstamp', utcTime(now));
  event.updatePropertyWithValue('last-modified', utcTime(now));
}

export function sequenceOf(event: ICAL.Component): number {
  return Number(event.getFirstPropertyValue('sequence') ?? 0) || 0;
}

function setSequence(event: ICAL.Component, sequence: number): void {
  event.updatePropertyWithValue('sequence', sequence);
}
