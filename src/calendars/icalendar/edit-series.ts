import type ICAL from 'ical.js';
import { DAY } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import type { Slot } from '../../domain/slot.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { isZone } from '../../domain/zone.ts';
import type { SeriesEvent, SeriesRef } from '../calendar.ts';
import { putRepBack, repairAgenda, writeContent } from './content.ts';
import { isCancelled, newDocument, overridesOf, stamp, touch } from './document.ts';
import type { EventDocument } from './document.ts';
import { instantProperty, wallProperty, zoneForm } from './form.ts';
import type { Form } from './form.ts';
import { seriesUid } from './identity.ts';
import { recurrenceOf, ruleWall, sameWeek, saysRule, seenRule } from './rule.ts';
import { minutesOf } from './times.ts';
import { vtimezone } from './timezone.ts';

/** What a series' event is marked with. */
export function markFor(ref: SeriesRef): string {
  return `${ref.series}/${ref.copy}`;
}

/** A new series as one recurring event. */
export function newSeries(ref: SeriesRef, event: SeriesEvent, now: Minute): EventDocument {
  const document = newDocument(seriesUid(ref));
  writeContent(document.main, event, markFor(ref));
  writeRule(document, event);
  stamp(document.main, now);
  return document;
}

/**
 * Repairs rule, end, duration and agenda in place. Exceptions stay, but for those behind an end; those that a
 * person's client had rewritten for another rule go back to the meeting of the same week.
 * @returns whether anything had to change
 */
export function repairSeries(document: EventDocument, event: SeriesEvent, now: Minute): boolean {
  const { main } = document;
  const seen = seenRule(main, event.rule);
  let changed = false;
  if (!saysRule(seen, event) || seen.minutes !== event.minutes) {
    if (seen.rule) remapExceptions(document, seen.rule, event.rule);
    writeRule(document, event);
    if (event.endsBefore !== null) dropOverridesFrom(document, event.endsBefore, event.rule.zone);
    changed = true;
  }
  if (isCancelled(main)) {
    main.updatePropertyWithValue('status', 'CONFIRMED');
    changed = true;
  }
  changed = putRepBack(main, main, event) || changed;
  changed = repairAgenda(main, event.block) || changed;
  if (changed) touch(document, main, now);
  return changed;
}

/** Sets the time of one component; its zone's VTIMEZONE comes along. */
export function writeTime(document: EventDocument, event: ICAL.Component, slot: Slot, form: Form): void {
  replaceTime(
    document,
    event,
    instantProperty('dtstart', slot.start, form),
    instantProperty('dtend', slot.end, form),
  );
}

function writeRule(document: EventDocument, event: SeriesEvent): void {
  const { main } = document;
  const { rule } = event;
  const wall = rule.firstDay * DAY + rule.minuteOfDay;
  const form = zoneForm(rule.zone);
  const end = wallProperty('dtend', wall + event.minutes, form);
  replaceTime(document, main, wallProperty('dtstart', wall, form), end);
  main.removeAllProperties('exrule');
  main.removeAllProperties('rrule');
  main.addPropertyWithValue('rrule', recurrenceOf(rule, event.endsBefore));
}

function replaceTime(
  document: EventDocument,
  event: ICAL.Component,
  start: ICAL.Property,
  end: ICAL.Property,
): void {
  for (const name of ['dtstart', 'dtend', 'duration']) event.removeAllProperties(name);
  event.addProperty(start);
  event.addProperty(end);
  const tzid = start.getFirstParameter('tzid') as string | undefined;
  if (tzid && isZone(tzid)) provideTimezone(document, tzid, (start.getFirstValue() as ICAL.Time).year);
}

// Strict servers want a zone before its first use.
function provideTimezone(document: EventDocument, zone: string, year: number): void {
  const { root } = document;
  if (root.getAllSubcomponents('vtimezone').some((known) => known.getFirstPropertyValue('tzid') === zone))
    return;
  const events = root.getAllSubcomponents('vevent');
  for (const event of events) root.removeSubcomponent(event);
  for (const component of [vtimezone(zone, year), ...events]) root.addSubcomponent(component);
}

// Most clients show an exception wherever it stands, also behind the rule's end.
function dropOverridesFrom(document: EventDocument, end: Minute, zone: string): void {
  for (const override of overridesOf(document)) {
    const [start] = minutesOf(override.getFirstProperty('recurrence-id')!, zone);
    if (start !== undefined && start >= end) document.root.removeSubcomponent(override);
  }
}

function remapExceptions(document: EventDocument, from: WeeklyRule, to: WeeklyRule): void {
  const mapped = (start: Minute): Minute => {
    const wanted = sameWeek(to, start);
    return wanted !== null && sameWeek(from, start) === start ? wanted : start;
  };
  const rewrite = (owner: ICAL.Component, property: ICAL.Property): void => {
    const starts = minutesOf(property, to.zone);
    if (starts.every((start) => mapped(start) === start)) return;
    owner.removeProperty(property);
    for (const start of starts) {
      owner.addProperty(wallProperty(property.name, ruleWall(to, mapped(start)), zoneForm(to.zone)));
    }
  };
  for (const property of document.main.getAllProperties('exdate')) rewrite(document.main, property);
  for (const override of overridesOf(document))
    rewrite(override, override.getFirstProperty('recurrence-id')!);
}
