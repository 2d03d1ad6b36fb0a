import { CalendarError } from '../calendars/calendar-error.ts';
import { recoveryTag } from '../domain/compare.ts';
import type { Minute } from '../domain/minute.ts';
import type { Busy, Side } from '../domain/person.ts';
import type { Plan } from '../domain/plan.ts';
import { packBusy } from '../domain/stretches.ts';
import type { Slot } from '../domain/slot.ts';
import type { RememberedSeries } from '../store/store.ts';
import type { Surroundings } from './surroundings.ts';

/** How far ahead busy time is read: this week, the next ones, and a late recovery's window. */
export const BUSY_AHEAD = 42 * 1440;
const DECIDES_BY_FREE_TIME = new Set(['move', 'cancel', 'propose', 'book recovery', 'lose recovery']);

/** Whether a plan chose, or looked in vain for, a free slot: such a choice is made on fresh busy time. */
export function needsFreeTime({ steps, after }: Plan): boolean {
  return (
    steps.some((step) => DECIDES_BY_FREE_TIME.has(step.do)) || after.recoveries.some((r) => r.state === 'due')
  );
}

/** Reads both people's busy time now. A calendar that cannot be read keeps what was last known of it. */
export async function refreshBusy(
  { calendars }: Pick<Surroundings, 'calendars'>,
  organisation: string,
  { facts, account: own, busyAccounts, busy }: RememberedSeries,
  now: Minute,
): Promise<Record<Side, Busy>> {
  const window = { start: now, end: now + BUSY_AHEAD };
  const except = {
    series: facts.series.id,
    tags: facts.recoveries.map((r) => recoveryTag(facts.series.id, r)),
  };
  const found: Record<Side, Busy[]> = { manager: [], rep: [] };
  // The series lives in the organiser's calendar, which tells of the rest of their day as well.
  for (const { side, account } of [{ side: 'manager' as const, account: own }, ...busyAccounts]) {
    try {
      const calendar = await calendars.open(organisation, account);
      found[side].push(await calendar.busy(window, except));
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      found[side].push(busy[side].busy);
    }
  }
  return { manager: merge(found.manager), rep: merge(found.rep) };
}

function merge(parts: readonly Busy[]): Busy {
  const slots: Slot[] = [];
  for (const part of parts) {
    for (let i = 0; i + 1 < part.length; i += 2) slots.push({ start: part[i]!, end: part[i + 1]! });
  }
  return packBusy(slots);
}
