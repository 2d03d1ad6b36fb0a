import type { DateTimeTimeZone, Event } from '@microsoft/microsoft-graph-types';
import { DAY, dayOf, dayToIso, minuteFromIso } from '../../domain/minute.ts';
import type { EpochDay, Minute, WallMinute } from '../../domain/minute.ts';
import type { Slot } from '../../domain/slot.ts';
import { fromWall, toWall } from '../../domain/zone.ts';
import { CalendarError } from '../calendar-error.ts';
import { windowsName } from './zones.ts';

/** A wall time in a zone, as Outlook writes both. */
export function wallTime(wall: WallMinute, zone: string): DateTimeTimeZone {
  return { dateTime: isoWall(wall), timeZone: windowsName(zone) };
}

/** A slot on the series' own clock; in UTC where the clock shows a time twice and would mean the other one. */
export function slotTimes({ start, end }: Slot, zone: string): Required<Pick<Event, 'start' | 'end'>> {
  const plain = [start, end].every((minute) => fromWall(zone, toWall(zone, minute)) === minute);
  const shown = plain ? zone : 'UTC';
  return { start: wallTime(toWall(shown, start), shown), end: wallTime(toWall(shown, end), shown) };
}

/** When an event stands; its times were asked for in UTC. */
export function slotOf(event: Event): Slot {
  return { start: minuteOf(event.start), end: minuteOf(event.end) };
}

/** An event's slot; whole days count from midnight to midnight where its owner lives. */
export function ownersSlot(event: Event, zone: string): Slot {
  const { start, end } = slotOf(event);
  if (event.isAllDay !== true) return { start, end };
  return { start: fromWall(zone, start), end: fromWall(zone, end) };
}

export function dateIn(zone: string, minute: Minute): string {
  return dayToIso(dayOf(toWall(zone, minute)));
}

export function midnightAfter(day: EpochDay, zone: string): Minute {
  return fromWall(zone, (day + 1) * DAY);
}

function minuteOf(time: Event['start']): Minute {
  if (!time?.dateTime || time.timeZone !== 'UTC') {
    throw new CalendarError('Unreachable', 'Microsoft left out when an event takes place.');
  }
  return minuteFromIso(`${time.dateTime.slice(0, 19)}Z`);
}

function isoWall(wall: WallMinute): string {
  const minutes = wall - dayOf(wall) * DAY;
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${dayToIso(dayOf(wall))}T${clock}:00`;
}
