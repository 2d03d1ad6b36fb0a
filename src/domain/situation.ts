import { anchorOf } from './anchor.ts';
import type { Facts } from './facts.ts';
import { findSlots } from './find-slots.ts';
import type { SlotSearch } from './find-slots.ts';
import type { Minute } from './minute.ts';
import { isOpen, keyOf } from './occurrence.ts';
import type { Occurrence } from './occurrence.ts';
import type { Busy, Side } from './person.ts';
import type { Slot } from './slot.ts';
import { whenForBoth } from './words.ts';

/** What a rule may look at: what is remembered, when both are busy, and the time. */
export interface Situation {
  readonly facts: Facts;
  readonly busy: Readonly<Record<Side, Busy>>;
  readonly now: Minute;
}

/** Nothing is moved to a time sooner than this (promise 2). */
export const FREEZE = 120;
/** The meeting's plan runs over by design, so a few minutes after it stay free (F044). */
const FREE_AFTER = 5;
const GRID = 15;

/** A moment in words, on both people's clocks where they differ. */
export function told({ series, people }: Facts, minute: Minute): string {
  return whenForBoth(series.rule.zone, [people.manager.zone, people.rep.zone], minute);
}

/** The free slots for an occurrence in its own week, nearest to the anchor first. */
export function slotsInWeek(situation: Situation, occurrence: Occurrence, limit: number): Slot[] {
  const { facts } = situation;
  return search(situation, {
    within: occurrence.week,
    anchor: anchorOf(facts, occurrence),
    hours: 'preferred',
    order: 'nearest',
    avoid: [...occurrence.refused, occurrence.slot, ...otherSlots(facts, occurrence)],
    limit,
  });
}

/** The first slot for a recovery; it may take hours that ordinary moves keep free. */
export function slotUntil(situation: Situation, within: Slot, avoid: readonly Slot[]): Slot | null {
  const { facts } = situation;
  if (within.start >= within.end) return null;
  const [first] = search(situation, {
    within,
    anchor: within.start,
    hours: 'working',
    order: 'earliest',
    avoid: [...avoid, ...otherSlots(facts, null)],
    limit: 1,
  });
  return first ?? null;
}

type Wanted = Pick<SlotSearch, 'within' | 'anchor' | 'hours' | 'order' | 'avoid' | 'limit'>;

function search({ facts, busy, now }: Situation, wanted: Wanted): Slot[] {
  return findSlots(
    {
      ...wanted,
      minutes: facts.series.minutes,
      notBefore: now + FREEZE,
      freeAfter: FREE_AFTER,
      step: GRID,
      zone: facts.series.rule.zone,
      closedDays: facts.week,
    },
    [
      { person: facts.people.manager, busy: busy.manager },
      { person: facts.people.rep, busy: busy.rep },
    ],
  );
}

/** The pair's own other meetings: busy time leaves this series out, so they are kept free here. */
function otherSlots(facts: Facts, except: Occurrence | null): Slot[] {
  const others = facts.occurrences.filter((o) => isOpen(o) && (!except || keyOf(o) !== keyOf(except)));
  const separate = facts.recoveries.flatMap((r) =>
    r.state === 'booked' && r.is?.kind === 'separate' ? [r.is.slot] : [],
  );
  return [...others.map((o) => o.slot), ...separate];
}
