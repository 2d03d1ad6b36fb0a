import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import { isOpen } from './occurrence.ts';
import { closesAt } from './working-week.ts';

/** However quiet it is, every series is looked at this often; what changes in between is noticed by the polls. */
const QUIET = 360;
/** While something waits for a free slot or an answer, more often. */
const WAITING = 30;

/** When time alone will next have something to decide: a closing, a deadline, or the regular look. */
export function nextLook(facts: Facts, now: Minute, quiet = QUIET): Minute {
  const zone = facts.series.rule.zone;
  const closings = facts.occurrences
    .filter((o) => isOpen(o) && o.slot.end <= now)
    .map((o) => closesAt(facts.week, zone, o.week));
  const open = facts.recoveries.filter((r) => r.state === 'due' || r.state === 'booked');
  const waiting = facts.asks !== null || open.some((r) => r.state === 'due');
  const due = [...closings, ...open.map((r) => r.dueBy)].filter((at) => at > now);
  return Math.min(now + (waiting ? WAITING : quiet), ...due);
}
