import type ICAL from 'ical.js';
import { DAY } from '../../domain/minute.ts';
import type { Minute, WallMinute, Weekday } from '../../domain/minute.ts';
import type { Slot } from '../../domain/slot.ts';
import { overridesOf, sequenceOf } from './document.ts';
import type { EventDocument } from './document.ts';
import { formOf, wallProperty } from './form.ts';
import type { Form } from './form.ts';
import { lengthOf, ruleWall, sameWeek } from './rule.ts';
import type { SeenRule } from './rule.ts';
import { firstMinute, minutesOf, timeOf, wallAt } from './times.ts';

/** One occurrence as an event's own rule has it. */
export interface Instance {
  /** In the event's rule, which a person may have changed since it was placed. */
  readonly start: Minute;
  readonly minutes: number;
  /** Starts under which an exception may name it: the event's and the placed one. */
  readonly names: readonly Minute[];
  readonly wall: WallMinute;
  readonly form: Form;
  readonly floating: string;
}

/** Where to look for an occurrence whose start is not in the event's rule any more. */
export interface Surroundings {
  /** The starts of a rule that is not a plain weekly one, as expanded. */
  readonly starts: readonly Minute[];
  readonly firstWeekday?: Weekday | undefined;
}

/**
 * The instance that stands for the occurrence placed at `start`: there, or in the same week of a changed rule.
 * @returns null where the rule has no single meeting in that week
 */
export function instanceOf(
  document: EventDocument,
  seen: SeenRule,
  start: Minute,
  floating: string,
  { starts, firstWeekday }: Surroundings = { starts: [] },
): Instance | null {
  const own = seen.rule ? sameWeek(seen.rule, start, firstWeekday) : soleIn(starts, start);
  if (own === null) return null;
  const form = formOf(document.main, floating);
  const wall = seen.rule ? ruleWall(seen.rule, own) : wallAt(own, form.clock);
  return { start: own, minutes: seen.minutes, names: [own, start], wall, form, floating };
}

/** The override of an instance; of several for one date the highest SEQUENCE holds (RFC 5546 section 2.1.5). */
export function overrideAt(document: EventDocument, instance: Instance): ICAL.Component | null {
  const named = overridesOf(document).filter((override) =>
    matches(override.getFirstProperty('recurrence-id')!, instance).some(Boolean),
  );
  return named.sort((a, b) => sequenceOf(b) - sequenceOf(a))[0] ?? null;
}

export function isExcluded(document: EventDocument, instance: Instance): boolean {
  return exdatesOf(document).some((property) => matches(property, instance).some(Boolean));
}

export function addExdate(document: EventDocument, instance: Instance): void {
  document.main.addProperty(exceptionProperty('exdate', instance));
}

/** @returns whether there was one */
export function dropExdates(document: EventDocument, instance: Instance): boolean {
  let dropped = false;
  for (const property of exdatesOf(document)) {
    const matching = matches(property, instance);
    if (!matching.some(Boolean)) continue;
    dropped = true;
    const kept = property.getValues().filter((_, i) => !matching[i]);
    if (kept.length === 0) document.main.removeProperty(property);
    else property.setValues(kept);
  }
  return dropped;
}

/** An exception's date in the form and zone of DTSTART. */
export function exceptionProperty(name: string, instance: Pick<Instance, 'wall' | 'form'>): ICAL.Property {
  return wallProperty(name, instance.wall, instance.form);
}

export function slotOf(event: ICAL.Component, floating: string): Slot {
  const start = firstMinute(event.getFirstProperty('dtstart')!, floating);
  return { start, end: start + lengthOf(event, floating) };
}

function exdatesOf(document: EventDocument): ICAL.Property[] {
  return document.main.getAllProperties('exdate');
}

// Some clients name an exception by its day alone.
function matches(property: ICAL.Property, { names, floating }: Instance): boolean[] {
  const minutes = minutesOf(property, floating);
  return property.getValues().map((value, i) => {
    const at = minutes[i]!;
    return names.some((name) => (timeOf(value).isDate ? name >= at && name < at + DAY : name === at));
  });
}

function soleIn(starts: readonly Minute[], start: Minute): Minute | null {
  if (starts.includes(start)) return start;
  const near = starts.filter((other) => Math.abs(other - start) < 3.5 * DAY);
  return near.length === 1 ? near[0]! : null;
}
