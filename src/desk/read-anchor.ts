import type { WorkingWeek } from '../domain/facts.ts';
import type { Minute, Weekday } from '../domain/minute.ts';
import type { Anchor } from '../domain/new-anchor.ts';
import { slotAt, within } from '../domain/slot.ts';
import { weekdayName } from '../domain/words.ts';
import { workingWeekOf } from '../domain/working-week.ts';
import { refused } from './refusals.ts';
import type { NewSeries } from './series.api.ts';

/** F044: the event in the calendar; the timer's plan inside it is longer by design. */
export const MINUTES = 30;

/** @throws Problem naming `anchor.weekday` where nobody works on that day */
export function readAnchor(given: NewSeries['anchor'], zone: string, week: WorkingWeek): Anchor {
  const weekday = given.weekday as Weekday;
  if (!week.workingDays.includes(weekday)) {
    throw refused(
      'not-possible',
      'anchor.weekday',
      `must be a working day; ${weekdayName(weekday)} is none here`,
    );
  }
  const [hours, minutes] = given.time.split(':').map(Number);
  return { zone: given.zone ?? zone, weekday, minuteOfDay: hours! * 60 + minutes! };
}

/** @throws Problem naming `anchor.time` where the meeting would reach beyond its working week */
export function mustFitWeek(start: Minute, zone: string, week: WorkingWeek): void {
  if (within(slotAt(start, MINUTES), workingWeekOf(week, zone, start))) return;
  throw refused('not-possible', 'anchor.time', `must leave ${MINUTES} minutes before the working week ends`);
}
