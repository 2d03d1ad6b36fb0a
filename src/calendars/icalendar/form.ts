import ICAL from 'ical.js';
import type { Minute, WallMinute } from '../../domain/minute.ts';
import { clockOf, icalTime, instantOf, utcTime, wallAt } from './times.ts';
import type { Clock } from './times.ts';

/** How an event writes its times. Its exceptions must be written the same way, or clients ignore or double them. */
export interface Form {
  readonly kind: 'zoned' | 'utc' | 'floating' | 'date';
  readonly tzid: string | null;
  readonly clock: Clock;
}

export function formOf(event: ICAL.Component, floating: string): Form {
  const start = event.getFirstProperty('dtstart')!;
  const time = start.getFirstValue() as ICAL.Time;
  const tzid = (start.getFirstParameter('tzid') as string | undefined) ?? null;
  if (time.isDate) return { kind: 'date', tzid: null, clock: { kind: 'iana', zone: floating } };
  if (time.zone === ICAL.Timezone.utcTimezone) return zoneForm('UTC');
  return { kind: tzid ? 'zoned' : 'floating', tzid, clock: clockOf(start, floating) };
}

/** The form of events that we make ourselves. */
export function zoneForm(zone: string): Form {
  const clock: Clock = { kind: 'iana', zone };
  return zone === 'UTC' ? { kind: 'utc', tzid: null, clock } : { kind: 'zoned', tzid: zone, clock };
}

/** A property with this wall time, whether or not it exists on that day. */
export function wallProperty(name: string, wall: WallMinute, form: Form): ICAL.Property {
  const property = new ICAL.Property(name);
  const time = form.kind === 'utc' ? utcTime(wall) : icalTime(wall);
  if (form.kind === 'date') time.isDate = true;
  if (form.kind === 'zoned') property.setParameter('tzid', form.tzid!);
  property.setValue(time);
  return property;
}

/** A property with this instant: in UTC where the form cannot say it, as in the hour that a wall clock shows twice. */
export function instantProperty(name: string, minute: Minute, form: Form): ICAL.Property {
  const wall = wallAt(minute, form.clock);
  const sayable = form.kind !== 'date' && instantOf(wall, form.clock) === minute;
  return sayable ? wallProperty(name, wall, form) : wallProperty(name, minute, zoneForm('UTC'));
}
