import type { Minute } from '../domain/minute.ts';
import { atNewAnchor, sameAnchor } from '../domain/new-anchor.ts';
import type { Anchor } from '../domain/new-anchor.ts';
import { slotAt } from '../domain/slot.ts';
import { startOf } from '../domain/weekly.ts';
import { cityOf, clock, weekdayName } from '../domain/words.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Stores } from '../store/stores.ts';
import type { MovedSeries } from './change-calendar.ts';
import { findSeries } from './desk.ts';
import { mustFitWeek, readAnchor } from './read-anchor.ts';
import { who } from './refusals.ts';
import type { NewSeries } from './series.api.ts';
import { actsAs } from './viewer.ts';

/**
 * The pair meets at another time from the next working week on; without a zone of its own the new anchor hangs on the
 * series' clock.
 * @throws Problem where the caller may not do this, naming the field that stands in the way, or where nothing changes
 */
export async function changeAnchor(
  stores: Stores,
  caller: Caller,
  wanted: { readonly series: string; readonly anchor: NewSeries['anchor'] },
  now: Minute,
): Promise<MovedSeries> {
  const listed = await findSeries(stores, caller, wanted.series);
  const as = actsAs(caller, listed);
  if (as !== 'manager' && as !== 'admin') {
    throw new Problem('not-allowed', 'The anchor is changed by the manager of the pair or an admin.');
  }
  if (listed.series.endedAt !== null) throw new Problem('pair-ended');
  await stores.series.lock(wanted.series);
  const { facts, revision } = (await stores.series.load(wanted.series, now))!;
  const { rule } = facts.series;
  const anchor = readAnchor(wanted.anchor, rule.zone, facts.week);
  if (sameAnchor(anchor, rule)) throw new Problem('conflict', 'The series has this anchor already.');
  const because = `${who(as)} changed the anchor: from next week on you meet on ${inWords(anchor)}.`;
  const after = atNewAnchor(facts, anchor, now, because);
  const { rule: next, minutes } = after.series;
  mustFitWeek(slotAt(startOf(next, 0), minutes), anchor.zone, facts.week);
  if (!(await stores.series.save(revision, facts, after, now))) throw new Problem('conflict');
  const { zone, weekday, minuteOfDay } = anchor;
  const entry = { kind: 'change anchor', facts: { by: as, zone, weekday, minuteOfDay }, because };
  return { as, said: { act: null, entry } };
}

function inWords({ zone, weekday, minuteOfDay }: Anchor): string {
  return `${weekdayName(weekday)} at ${clock(minuteOfDay)}, ${cityOf(zone)} time`;
}
