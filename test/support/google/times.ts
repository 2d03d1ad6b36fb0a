import type { calendar_v3 } from '@googleapis/calendar';
import { invalid } from './refusal.ts';

export type EventTime = calendar_v3.Schema$EventDateTime;

/** The instant in minutes. A whole day begins at midnight in the calendar's zone. */
export function minuteOf(time: EventTime, zone: string): number {
  if (time.date) return atWall(`${time.date}T00:00`, zone);
  const text = time.dateTime ?? '';
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return Temporal.Instant.from(text).epochMilliseconds / 60_000;
  return atWall(text, time.timeZone ?? zone);
}

export function atWall(wall: string, zone: string): number {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds / 60_000;
}

export function zoned(minute: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone);
}

/** As it comes back: with the offset of the calendar's zone, whatever zone the event is in. */
export function written(time: EventTime, calendarZone: string): EventTime {
  if (time.date) return { date: time.date };
  const at = zoned(minuteOf(time, calendarZone), calendarZone);
  const dateTime = at.toString({ timeZoneName: 'never', smallestUnit: 'second' });
  return { dateTime, timeZone: time.timeZone ?? calendarZone };
}

/** `20261124T090000Z`, the end of an instance's id; of a whole day `20261124`. */
export function stampOf(minute: number, wholeDay: string | null = null): string {
  const iso = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString({ smallestUnit: 'second' });
  return (wholeDay ?? iso).replace(/[-:]/g, '');
}

/** @throws Refusal as for a body that makes no sense */
export function checkTimes(event: calendar_v3.Schema$Event, zone: string): void {
  const { start, end, recurrence } = event;
  for (const [name, time] of [['start', start] as const, ['end', end] as const]) {
    if (!time) throw invalid(`Missing ${name} time.`);
    if (Boolean(time.date) === Boolean(time.dateTime)) throw invalid(`Invalid ${name} time.`);
    const offset = /(Z|[+-]\d\d:\d\d)$/.test(time.dateTime ?? '');
    if (time.dateTime && !offset && !time.timeZone) throw invalid(`Missing time zone for ${name} time.`);
    if (recurrence && time.dateTime && !time.timeZone) {
      throw invalid(`Missing time zone definition for ${name} time.`);
    }
  }
  if (minuteOf(end!, zone) < minuteOf(start!, zone)) throw invalid('The specified time range is empty.');
  const lines = recurrence ?? [];
  if (!lines.every((line) => /^(RRULE:|EXRULE:|RDATE[:;]|EXDATE[:;])/.test(line))) {
    throw invalid('Invalid recurrence rule.');
  }
}
