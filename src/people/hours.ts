import type { Weekday } from '../domain/minute.ts';
import type { WeekHours } from '../domain/person.ts';
import { clock } from '../domain/words.ts';
import { badInput } from '../platform/problems/problem.ts';
import type { WeekHoursView } from './people.api.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[];

const END_OF_DAY = '24:00';

/** Open hours as people write them, on the wall clock. */
export function showHours(hours: WeekHours): WeekHoursView {
  return Object.fromEntries(
    WEEKDAYS.flatMap((weekday) => {
      const open = hours[weekday] ?? [];
      return open.length === 0
        ? []
        : [[weekday, open.map(([from, until]) => ({ from: clock(from), until: endOf(until) }))]];
    }),
  );
}

/**
 * @param field names the hours in a refusal
 * @throws Problem where hours end before they begin, or overlap
 */
export function readHours(view: WeekHoursView, field: string): WeekHours {
  const hours: WeekHours = {};
  for (const weekday of WEEKDAYS) {
    const open = view[weekday];
    if (!open || open.length === 0) continue;
    const sorted = open
      .map(({ from, until }) => [minutesOf(from), minutesOf(until)] as const)
      .sort(([a], [b]) => a - b);
    const name = `${field}.${weekday}`;
    if (sorted.some(([from, until]) => from >= until)) throw badInput(name, 'must begin before they end');
    if (sorted.some(([from], i) => i > 0 && from < sorted[i - 1]![1]))
      throw badInput(name, 'must not overlap');
    hours[weekday] = sorted;
  }
  return hours;
}

/** @throws Problem where preferred hours lie outside the working hours */
export function mustLieWithin(preferred: WeekHours, hours: WeekHours): void {
  for (const weekday of WEEKDAYS) {
    const open = hours[weekday] ?? [];
    const inside = (preferred[weekday] ?? []).every(([from, until]) =>
      open.some(([opens, closes]) => opens <= from && until <= closes),
    );
    if (!inside) throw badInput(`preferredHours.${weekday}`, 'must lie within the working hours');
  }
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}

function endOf(minutes: number): string {
  return minutes === minutesOf(END_OF_DAY) ? END_OF_DAY : clock(minutes);
}
