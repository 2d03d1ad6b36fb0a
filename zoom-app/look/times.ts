/** A stretch of time as the API writes it. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
}

/** English first, in the reader's own kind of it. */
const LOCALE = navigator.language.startsWith('en') ? navigator.language : 'en-GB';

const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const SHORT_DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** `11:00` */
export function timeText(instant: string, zone: string): string {
  return format(instant, zone, TIME);
}

/** `Tuesday 24 November` */
export function dayText(instant: string, zone: string): string {
  return format(instant, zone, DAY).replace(',', '');
}

/** `Tue 24 Nov` */
export function shortDayText(instant: string, zone: string): string {
  return format(instant, zone, SHORT_DAY).replace(',', '');
}

/** `Tue 24 Nov, 11:00` */
export function whenText(instant: string, zone: string): string {
  return `${shortDayText(instant, zone)}, ${timeText(instant, zone)}`;
}

/** `11:00 to 11:30` */
export function hoursText({ start, end }: Stretch, zone: string): string {
  return `${timeText(start, zone)} to ${timeText(end, zone)}`;
}

/** `Tuesday 24 November, 11:00 to 11:30` */
export function slotText(slot: Stretch, zone: string): string {
  return `${dayText(slot.start, zone)}, ${hoursText(slot, zone)}`;
}

/** The time on somebody else's clock, with the day where it is another; null where both clocks agree. */
export function elsewhereText(instant: string, zone: string, reader: string): string | null {
  const there = timeText(instant, zone);
  const sameDay = format(instant, zone, DAY) === format(instant, reader, DAY);
  if (sameDay && there === timeText(instant, reader)) return null;
  return sameDay ? there : whenText(instant, zone);
}

/** `24 Nov` of a whole day such as `2026-11-24`. */
export function isoDayText(day: string): string {
  return format(`${day}T12:00:00Z`, 'UTC', { day: 'numeric', month: 'short' });
}

/** `24 November 2026` of a whole day such as `2026-11-24`. */
export function longDayText(day: string): string {
  return format(`${day}T12:00:00Z`, 'UTC', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `Tuesday` of 2; Monday is 1. */
export function weekdayText(weekday: number): string {
  return format(`2026-06-0${weekday}T12:00:00Z`, 'UTC', { weekday: 'long' });
}

/** `Lisbon` of `Europe/Lisbon`. */
export function cityOf(zone: string): string {
  return zone.split('/').at(-1)!.replaceAll('_', ' ');
}

/** Minutes until an instant where that is within the hour; otherwise the time itself says more. */
export function minutesUntil(instant: string, now: number): number | null {
  const minutes = Math.ceil((Date.parse(instant) - now) / 60_000);
  return minutes > 0 && minutes <= 60 ? minutes : null;
}

/** What a date-and-time field shows: `2026-11-24T11:00` on the zone's wall clock. */
export function toField(instant: string, zone: string): string {
  const wall = Date.parse(instant) + offsetAt(Date.parse(instant), zone);
  return new Date(wall).toISOString().slice(0, 16);
}

/** The instant of a date-and-time field's value; null where it holds none. */
export function fromField(value: string, zone: string): string | null {
  // An engine may read a date into nearly anything.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) return null;
  const wall = Date.parse(`${value}:00Z`);
  const near = wall - offsetAt(wall, zone);
  return new Date(wall - offsetAt(near, zone)).toISOString();
}

/** The same wall time on another day of the week from `week.start`: what a drag in a week view does. */
export function sameTimeOn(day: string, instant: string, zone: string): string {
  return fromField(`${day}T${toField(instant, zone).slice(11)}`, zone)!;
}

function offsetAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    formatter(zone, {
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(instant / 1000) * 1000;
}

function format(instant: string, zone: string, options: Intl.DateTimeFormatOptions): string {
  return formatter(zone, options).format(Date.parse(instant));
}

/** Making a formatter costs more than a hundred uses of one. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}
