import ICAL from 'ical.js';
import { meaningOf } from '../../domain/agenda/splice.ts';
import type { Minute } from '../../domain/minute.ts';
import { sameSlot } from '../../domain/slot.ts';
import type { OccurrenceEvent } from '../calendar.ts';
import { agendaOf, forgetRepAnswer, putRepBack, repairAgenda } from './content.ts';
import { isCancelled, touch } from './document.ts';
import type { EventDocument } from './document.ts';
import { writeTime } from './edit-series.ts';
import { addExdate, dropExdates, exceptionProperty, isExcluded, overrideAt, slotOf } from './exceptions.ts';
import type { Instance } from './exceptions.ts';
import type { Form } from './form.ts';

/**
 * Makes one occurrence stand in its slot, deleted or not: drops its EXDATE, and writes an override where slot or
 * agenda differ from the series' own.
 * @returns whether anything had to change
 */
export function placeOccurrence(
  document: EventDocument,
  instance: Instance,
  event: OccurrenceEvent,
  now: Minute,
): boolean {
  const restored = dropExdates(document, instance);
  if (restored) touch(document, document.main, now);
  const existing = overrideAt(document, instance);
  if (!existing && isPlain(document, instance, event)) return restored;
  const override = existing ?? newOverride(document, instance);
  const edited = repairEvent(document, override, event, instance.form, instance.floating);
  if (!edited && existing) return restored;
  touch(document, override, now);
  return true;
}

/** Takes one occurrence out of the series. @returns whether it stood there */
export function withdrawOccurrence(document: EventDocument, instance: Instance, now: Minute): boolean {
  const override = overrideAt(document, instance);
  const excluded = isExcluded(document, instance);
  if (excluded && !override) return false;
  if (override) document.root.removeSubcomponent(override);
  if (!excluded) addExdate(document, instance);
  touch(document, document.main, now);
  return true;
}

/** Brings slot, status and agenda of one component to what is wanted. @returns whether anything had to change */
export function repairEvent(
  document: EventDocument,
  component: ICAL.Component,
  event: OccurrenceEvent,
  form: Form,
  floating: string,
): boolean {
  let changed = false;
  if (!sameSlot(slotOf(component, floating), event.slot)) {
    writeTime(document, component, event.slot, form);
    forgetRepAnswer(component, document.main);
    changed = true;
  }
  if (isCancelled(component)) {
    component.updatePropertyWithValue('status', 'CONFIRMED');
    forgetRepAnswer(component, document.main);
    changed = true;
  }
  changed = putRepBack(component, document.main, event) || changed;
  return repairAgenda(component, event.block) || changed;
}

function isPlain(document: EventDocument, instance: Instance, event: OccurrenceEvent): boolean {
  const agenda = agendaOf(document.main);
  return (
    sameSlot(event.slot, { start: instance.start, end: instance.start + instance.minutes }) &&
    agenda.kind === 'present' &&
    agenda.meaning === meaningOf(event.block.text)
  );
}

// A copy of the whole master, so that people's alarms, guests and words stand in the override too.
export function newOverride(document: EventDocument, instance: Instance): ICAL.Component {
  const override = ICAL.Component.fromString(document.main.toString());
  for (const name of ['rrule', 'rdate', 'exdate', 'exrule']) override.removeAllProperties(name);
  override.addProperty(exceptionProperty('recurrence-id', instance));
  document.root.addSubcomponent(override);
  writeTime(
    document,
    override,
    { start: instance.start, end: instance.start + instance.minutes },
    instance.form,
  );
  return override;
}
