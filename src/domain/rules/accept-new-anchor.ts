import type { Facts } from '../facts.ts';
import { isOpen } from '../occurrence.ts';
import { slotAt, within } from '../slot.ts';
import type { Step } from '../step.ts';
import { startInWeek } from '../weekly.ts';
import type { WeeklyRule } from '../weekly.ts';
import { clock, weekdayName } from '../words.ts';
import { restoreOurs } from './restore-what-is-ours.ts';

/** All meetings dragged to another time of the same working week: that is the new anchor. Any other rule is undone. */
export function acceptAnchorOrRestore(facts: Facts, rule: WeeklyRule | null): Step[] {
  const placed = facts.placed!.rule;
  if (rule === null || rule.zone !== placed.zone || rule.everyWeeks !== placed.everyWeeks)
    return restoreOurs(facts.series, null, 'rule');
  const fits = facts.occurrences.filter(isOpen).every((o) => {
    const start = startInWeek(rule, o.week);
    return start !== null && within(slotAt(start, facts.series.minutes), o.week);
  });
  if (!fits) return restoreOurs(facts.series, null, 'rule');
  const because = `All meetings were moved in the calendar: the anchor is now ${weekdayName(rule.weekday)} ${clock(rule.minuteOfDay)}.`;
  return [{ do: 'accept anchor', rule, because }];
}
