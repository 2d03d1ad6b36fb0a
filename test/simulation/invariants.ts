import { twoThatCount } from '../../src/domain/audit/counter.ts';
import { recoveryTag } from '../../src/domain/compare.ts';
import type { Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { sameSlot } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { closesAt } from '../../src/domain/working-week.ts';
import { isGivenUp } from '../../src/domain/write.ts';
import { GENESIS, hashOf } from '../../src/store/ledger-chain.ts';
import type { LedgerRow } from '../../src/store/ledger-chain.ts';
import type { Living } from '../support/event-book.ts';
import type { FakeCalendar } from '../support/fake-calendar.ts';
import { SERIES } from '../support/world.ts';
import type { Deed } from './human.ts';

const AHEAD = 400 * 1440;

/** Every promise that does not hold, as a sentence. */
export function brokenPromises(
  facts: Facts,
  calendar: FakeCalendar,
  ledger: readonly LedgerRow[],
  now: Minute,
): string[] {
  return [
    ...brokenPlaces(facts, calendar, now),
    ...brokenRecoveries(facts, calendar, now),
    ...brokenLedger(facts, ledger),
    ...facts.occurrences
      .filter((o) => isOpen(o) && closesAt(facts.week, facts.series.rule.zone, o.week) <= now)
      .map((o) => `${keyOf(o)} never ended`),
    ...calendar.clobbered.map((what) => `a person’s change of the ${what} was overwritten unseen`),
  ];
}

export function cancelsIn(facts: Facts): number {
  return facts.occurrences.reduce((sum, o) => sum + o.cancelActs.length, 0);
}

/** Each owed meeting has exactly one living event, and there is no event that nobody owes. */
function brokenPlaces(facts: Facts, { book }: FakeCalendar, now: Minute): string[] {
  if (facts.asks !== null || !facts.placed) return ['the series stands nowhere'];
  const { rule, copy } = facts.placed;
  const living = book
    .living(SERIES, { start: now, end: now + AHEAD })
    .filter((e) => e.of === 'series' && e.slot.start > now);
  const broken = living.filter((e) => e.copy !== copy).map((e) => `a second copy stands at ${e.slot.start}`);
  for (const o of facts.occurrences.filter(({ slot }) => slot.start > now)) {
    const mine = living.filter((e) => e.start === startInWeek(rule, o.week));
    const trouble = troubleWith(o, mine);
    if (trouble) broken.push(`${keyOf(o)} (${o.state}) ${trouble}`);
  }
  return broken;
}

function troubleWith(o: Occurrence, mine: readonly Living[]): string | null {
  if (mine.length > 1) return `stands ${mine.length} times`;
  if (o.asks !== null) return null;
  if (isOpen(o)) return mine[0] && sameSlot(mine[0].slot, o.slot) ? null : 'does not stand where it should';
  return mine.length > 0 && isGivenUp(o) && o.placed?.how !== 'withdrawn' ? 'stands though it ended' : null;
}

function brokenRecoveries(facts: Facts, { book }: FakeCalendar, now: Minute): string[] {
  const broken: string[] = [];
  const seconds = facts.recoveries.map((r) => r.second);
  if (new Set(seconds).size < seconds.length) broken.push('the same two made two recoveries');
  for (const recovery of facts.recoveries) {
    const event = book.separate.get(recoveryTag(SERIES, recovery));
    const { state, is } = recovery;
    if (
      state === 'booked' &&
      is?.kind === 'separate' &&
      is.slot.start > now &&
      !(event && sameSlot(event.slot, is.slot))
    )
      broken.push(`the recovery of ${recovery.second} does not stand where it should`);
    if (state === 'due' && recovery.dueBy <= now)
      broken.push(`the recovery of ${recovery.second} never ended`);
  }
  const open = facts.recoveries.some((r) => r.state === 'due' || r.state === 'booked');
  const missed = open ? null : twoThatCount(facts.occurrences, facts.recoveries, facts.twoOfFour);
  if (missed && missed.second.week.end > now) broken.push(`no recovery for ${keyOf(missed.second)}`);
  return broken;
}

/** The chain holds, each row has a sentence, and each cancel act was written down exactly once. */
function brokenLedger(facts: Facts, ledger: readonly LedgerRow[]): string[] {
  const broken: string[] = [];
  let previous = GENESIS;
  for (const { hash, ...row } of ledger) {
    if (row.previousHash !== previous || hashOf(row) !== hash)
      broken.push(`ledger row ${row.seq} breaks the chain`);
    if (row.because.length < 10) broken.push(`ledger row ${row.seq} has no reason`);
    previous = hash;
  }
  for (const o of facts.occurrences) {
    const rows = ledger.filter((row) => row.occurrence === keyOf(o));
    for (const { evidence } of o.cancelActs) {
      const times = rows.filter((row) => row.facts['evidence'] === evidence).length;
      if (times !== 1) broken.push(`${evidence} of ${keyOf(o)} is ${times} times in the ledger`);
    }
    if (o.state !== 'scheduled' && !rows.some((row) => row.because === o.because))
      broken.push(`the reason of ${keyOf(o)} is not in the ledger`);
  }
  return broken;
}

/** What has to come of a deed that was the only one between two settled looks. */
export function expectedAfter(
  { cancels, stands, on }: Deed,
  before: Facts,
  after: Facts,
  { book }: FakeCalendar,
  now: Minute,
): string[] {
  if (after.asks !== null || before.asks !== null || !on || !before.placed) return [];
  const { rule } = before.placed;
  const o = before.occurrences.find((each) => startInWeek(rule, each.week) === on.start);
  // What was over by the time anybody looked, or already given up or asked about, is nobody's act any more.
  if (!o || !isOpen(o) || o.asks !== null || Math.min(on.slot.start, o.slot.start) <= now) return [];
  const counted = cancelsIn(after) - cancelsIn(before);
  const broken = counted === cancels ? [] : [`one deed counted ${counted} times instead of ${cancels}`];
  if (stands) {
    const copy = book.newest(SERIES);
    const there = copy?.exceptions.get(stands.start)?.slot;
    if (!there || !sameSlot(there, stands.at)) broken.push('a move inside the week was not left alone');
  }
  return broken;
}
