import { anchorOf } from '../anchor.ts';
import type { Facts } from '../facts.ts';
import { dayOf } from '../minute.ts';
import type { Minute } from '../minute.ts';
import { isOpen, keyOf } from '../occurrence.ts';
import type { Excuse, Occurrence } from '../occurrence.ts';
import type { Step } from '../step.ts';
import { toWall } from '../zone.ts';

/**
 * A public holiday or approved leave on the anchor's day excuses the week, unless the meeting was moved to a day on
 * which both work; when the holiday or leave is taken back in time, the week owes its meeting again. Leave is
 * approved elsewhere and never by the manager alone.
 */
export function excuseWeeks(facts: Facts, now: Minute): Step[] {
  return facts.occurrences.flatMap((o): Step[] => {
    if (o.slot.start <= now) return [];
    const key = keyOf(o);
    if (facts.series.endedAt !== null && o.originalStart >= facts.series.endedAt) {
      if (!isOpen(o)) return [];
      return [
        {
          do: 'excuse',
          key,
          excuse: 'pair_ended',
          answers: null,
          because: 'The pair ended, so this meeting is no longer owed.',
        },
      ];
    }
    const found = excuseOf(facts, o);
    if (isOpen(o) && found) return [{ do: 'excuse', key, answers: null, ...found }];
    if (!found && followsFromDaysOff(o) && anchorOf(facts, o) > now) {
      return [
        { do: 'owe again', key, because: 'The day is a working day for both again, so the meeting is owed.' },
      ];
    }
    return [];
  });
}

/** What a person granted for one week stays granted, whatever the calendar of days off says. */
function followsFromDaysOff(o: Occurrence): boolean {
  const daysOff = o.excuse === 'leave' || o.excuse === 'public_holiday';
  return o.state === 'excused' && daysOff && !o.answered.some((evidence) => evidence.startsWith(granted('')));
}

/** Evidence that a person's act excused the week. */
export function granted(act: string): string {
  return `excused:${act}`;
}

function excuseOf(facts: Facts, o: Occurrence): DayOff | null {
  const found = dayOff(facts, anchorOf(facts, o));
  return found && (o.state !== 'moved' || dayOff(facts, o.slot.start)) ? found : null;
}

interface DayOff {
  readonly excuse: Excuse;
  readonly because: string;
}

function dayOff(facts: Facts, at: Minute): DayOff | null {
  if (facts.week.holidays.includes(dayOf(toWall(facts.series.rule.zone, at)))) {
    return { excuse: 'public_holiday', because: 'It is a public holiday, so nothing is owed this week.' };
  }
  for (const side of ['manager', 'rep'] as const) {
    const person = facts.people[side];
    const day = dayOf(toWall(person.zone, at));
    if (person.leave.some((leave) => leave.from <= day && day <= leave.until)) {
      return { excuse: 'leave', because: `The ${side} is on approved leave, so nothing is owed this week.` };
    }
  }
  return null;
}
