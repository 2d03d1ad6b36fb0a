import type { Facts } from './facts.ts';
import { DAY, weekdayOf } from './minute.ts';
import type { EpochDay, Minute } from './minute.ts';
import { isOpen } from './occurrence.ts';
import type { Occurrence } from './occurrence.ts';
import { slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { asNextCopy } from './take.ts';
import { startInWeekOf, startsBetween } from './weekly.ts';
import type { WeeklyRule } from './weekly.ts';
import { firstDayOfWeek, workingWeekOf } from './working-week.ts';

/** When a pair meets: a weekday and its wall clock in an IANA zone. */
export type Anchor = Pick<WeeklyRule, 'zone' | 'weekday' | 'minuteOfDay'>;

export function sameAnchor(a: Anchor, b: Anchor): boolean {
  return a.zone === b.zone && a.weekday === b.weekday && a.minuteOfDay === b.minuteOfDay;
}

/**
 * The series as it goes on at another anchor from the next working week on. Rows keep their keys, this week's keeps
 * its slot, and so does what a person moved. It comes as a new copy, because rewriting the rule of the one that
 * stands makes vendors forget every exception; nobody took the old copy away.
 * @param because what the rows that follow the new anchor say of it
 */
export function atNewAnchor(facts: Facts, anchor: Anchor, now: Minute, because: string): Facts {
  const rule: WeeklyRule = { ...facts.series.rule, ...anchor, firstDay: firstDayAt(facts, anchor, now) };
  const next = asNextCopy(facts);
  return {
    ...next,
    series: { ...next.series, rule, generation: facts.series.generation + 1 },
    occurrences: next.occurrences.map((o) =>
      isOpen(o) && o.week.start > now ? follow(facts, rule, o, because) : o,
    ),
  };
}

/** The new copy begins in the first week that still has something ahead, so that this week's meeting is in it. */
function firstDayAt(facts: Facts, { zone, weekday }: Anchor, now: Minute): EpochDay {
  const { rule } = facts.series;
  const ahead = facts.occurrences.find((o) => o.week.start > now || (isOpen(o) && o.slot.start > now));
  const week = ahead?.week ?? nextWeekOf(facts, rule, now);
  const first = firstDayIn(facts, zone, week);
  return first + ((weekday - weekdayOf(first) + 7) % 7);
}

function nextWeekOf({ week }: Facts, rule: WeeklyRule, now: Minute): Slot {
  const from = workingWeekOf(week, rule.zone, now).start + 7 * DAY;
  const [start] = startsBetween(
    rule,
    from,
    Math.max(from, rule.firstDay * DAY) + (rule.everyWeeks + 1) * 7 * DAY,
  );
  return workingWeekOf(week, rule.zone, start!);
}

/** The middle of its seven days lies in the same week of every zone. */
function firstDayIn(facts: Facts, zone: string, week: Slot): EpochDay {
  return firstDayOfWeek(facts.week, zone, week.start + 3.5 * DAY);
}

function follow(facts: Facts, rule: WeeklyRule, o: Occurrence, because: string): Occurrence {
  const start = startInWeekOf(rule, firstDayIn(facts, rule.zone, o.week));
  if (start === null) return o;
  const stays = o.state === 'moved';
  const slot = stays ? o.slot : slotAt(start, facts.series.minutes);
  // The week that owes it begins at another moment in another zone.
  const week = rule.zone === facts.series.rule.zone ? o.week : workingWeekOf(facts.week, rule.zone, start);
  return {
    ...o,
    slot,
    week: { start: week.start, end: Math.max(week.end, slot.end) },
    because: stays ? o.because : because,
  };
}
