import type { WorkingWeek } from '../domain/facts.ts';
import type { Weekday } from '../domain/minute.ts';
import type { Anchor } from '../domain/new-anchor.ts';
import { within } from '../domain/slot.ts';
import type { Slot } from '../domain/slot.ts';
import { weekdayName } from '../domain/words.ts';
import { workingWeekOf } from '../domain/working-week.ts';
import { refused } from './refusals.ts';
import type { NewSeries } from './series.api.ts';

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
export function mustFitWeek(slot: Slot, zone: string, week: WorkingWeek): void {
  if (within(slot, workingWeekOf(week, zone, slot.start))) return;
  const minutes = slot.end - slot.start;
  throw refused('not-possible', 'anchor.time', `must leave ${minutes} minutes before the working week ends`);
}
