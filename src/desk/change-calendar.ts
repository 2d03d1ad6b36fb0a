import { inAnotherCalendar, tagsAhead } from '../domain/another-calendar.ts';
import type { Minute } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { Stores } from '../store/stores.ts';
import { findSeries } from './desk.ts';
import type { Said } from './desk.ts';
import { calendarOf } from './make-series.ts';
import { refused } from './refusals.ts';
import { actsAs } from './viewer.ts';

/** A series on its way to another calendar, and what the ledger says of it. */
export interface MovedSeries {
  readonly as: 'manager' | 'admin';
  readonly said: Said;
}

/**
 * A series goes on in another calendar of its manager. What stood in the old one is remembered, to be taken out.
 * @throws Problem where the caller may not do this, or naming the field that stands in the way
 */
export async function changeCalendar(
  stores: Stores,
  caller: Caller,
  wanted: { readonly series: string; readonly account: string },
  now: Minute,
): Promise<MovedSeries> {
  const listed = await findSeries(stores, caller, wanted.series);
  const as = actsAs(caller, listed);
  if (as !== 'manager' && as !== 'admin') {
    throw new Problem('not-allowed', 'A series is moved by the manager of the pair or an admin.');
  }
  if (listed.series.endedAt !== null) throw new Problem('pair-ended');
  const { id, state } = await calendarOf(stores, listed.manager, wanted.account);
  if (state !== 'connected')
    throw refused('not-possible', 'account', 'does not answer just now; check it first');
  if (!(await stores.series.moveTo(wanted.series, id))) {
    throw new Problem('conflict', 'The series lives in this calendar already.');
  }
  await takeAlong(stores, listed, id, now);
  const facts = { by: as, from: listed.account, to: id };
  const entry = { kind: 'change calendar', facts, because: 'The series moved to another calendar.' };
  return { as, said: { act: null, entry } };
}

/** What is still to be done in the calendars that a series left, added to how the move itself went. */
export async function afterMove({ formerHomes }: Stores, series: string, sentence: string): Promise<string> {
  const homes = await formerHomes.of(series);
  if (homes.length === 0) return sentence;
  return homes.every(({ givenUp }) => givenUp)
    ? `${sentence} The old one cannot be opened any more: what still shows there, its owner can delete.`
    : `${sentence} What stood in the old one is taken out as soon as that answers.`;
}

/** Loaded once the series' row is locked, so that no look can have saved anything in between. */
async function takeAlong(
  { series, formerHomes }: Stores,
  { series: { id }, account: from }: ListedSeries,
  to: string,
  now: Minute,
): Promise<void> {
  const { facts, revision } = (await series.load(id, now))!;
  if (!(await series.save(revision, facts, inAnotherCalendar(facts), now))) throw new Problem('conflict');
  // Where it returns to, its own looks tidy up again.
  await formerHomes.forget(id, to);
  await formerHomes.add(id, from, { copy: facts.series.copy, tags: tagsAhead(facts, now) });
}
