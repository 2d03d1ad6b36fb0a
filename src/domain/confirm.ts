import { recoveryTag, undid } from './compare.ts';
import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import type { Seen, SeenSeries } from './observation.ts';
import type { Occurrence, PlacedOccurrence } from './occurrence.ts';
import { isOpen, keyOf } from './occurrence.ts';
import type { PlacedSeries } from './series.ts';
import { sameSlot, slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { putBack } from './uninvited.ts';
import { sameRule, startInWeek } from './weekly.ts';
import type { WeeklyRule } from './weekly.ts';
import { isGivenUp } from './write.ts';
import type { Write } from './write.ts';

type Complete = Extract<Seen, { kind: 'complete' }>;

/**
 * Takes what the calendar shows for confirmed wherever it is what we wanted: after our own write, after a write whose
 * answer was lost, or after a person did the same by hand. Nothing else becomes confirmed by being looked at.
 */
export function confirm(facts: Facts, seen: Complete, now: Minute): Facts {
  const placed = confirmSeries(facts, seen.series);
  const isNew = placed !== null && facts.placed?.copy !== placed.copy;
  const base = isNew ? broughtBy(placed.rule, facts) : facts.occurrences;
  const occurrences =
    placed && seen.series.kind === 'stands'
      ? confirmEach({ ...facts, placed, occurrences: base }, seen)
      : facts.occurrences;
  const recoveries = facts.recoveries.map((recovery) => {
    const event = seen.separate.get(recoveryTag(facts.series.id, recovery));
    const wanted = recovery.is?.kind === 'separate' && recovery.state === 'booked' ? recovery.is.slot : null;
    if (!wanted || event?.kind !== 'stands' || !sameSlot(event.slot, wanted)) return recovery;
    return { ...recovery, placed: confirmSlot(recovery.placed, wanted, 'separate') };
  });
  const invited = (o: Occurrence) => {
    const start = placed && startInWeek(placed.rule, o.week);
    const event = start === null ? undefined : seen.occurrences.get(start);
    return event?.kind === 'stands' && event.repInvited === true;
  };
  const inSeries = seen.series.kind === 'stands' && seen.series.repInvited === true;
  return putBack({ ...facts, placed, occurrences, recoveries, observedAt: now }, inSeries, invited);
}

function confirmSeries({ series, placed }: Facts, seen: SeenSeries): PlacedSeries | null {
  if (seen.kind === 'gone') return series.endedAt === null ? placed : endedWith(placed, series.endedAt);
  if (seen.rule === null) return placed;
  if (!placed || placed.copy !== series.copy) {
    const ours = sameRule(seen.rule, series.rule);
    return ours ? { copy: series.copy, number: 1, rule: series.rule, endsBefore: seen.endsBefore } : null;
  }
  if (!sameRule(seen.rule, placed.rule) || seen.endsBefore !== series.endedAt) return placed;
  if (placed.endsBefore === seen.endsBefore) return placed;
  return { ...placed, endsBefore: seen.endsBefore, number: placed.number + 1 };
}

/** A series that ended and is gone has ended for everybody, whoever took it out. */
function endedWith(placed: PlacedSeries | null, endedAt: Minute): PlacedSeries | null {
  if (!placed || placed.endsBefore === endedAt) return placed;
  return { ...placed, endsBefore: endedAt, number: placed.number + 1 };
}

function confirmEach(facts: Facts & { placed: PlacedSeries }, seen: Complete): readonly Occurrence[] {
  return facts.occurrences.map((o) => {
    const start = startInWeek(facts.placed.rule, o.week);
    const event = start === null ? undefined : seen.occurrences.get(start);
    if (!event) return o;
    if (event.kind === 'gone') {
      if (isOpen(o) || !o.placed || o.placed.how === 'withdrawn') return o;
      return { ...o, placed: { ...o.placed, how: 'withdrawn' as const } };
    }
    if (!isOpen(o) || !sameSlot(event.slot, o.slot)) return o;
    // While both are asked, its standing there again is an answer: see compare.
    const placed = o.asks === null ? confirmInSeries(o, o.slot) : o.placed;
    return placed === o.placed ? o : { ...o, placed };
  });
}

/** Takes our own confirmed writes for the new base, before anybody else can have changed what they left. */
export function confirmWrites(facts: Facts, writes: readonly Write[]): Facts {
  return writes.reduce(confirmWrite, facts);
}

function confirmWrite(facts: Facts, write: Write): Facts {
  switch (write.write) {
    case 'series':
      return putBack(confirmSeriesWrite(facts, write), write.putsRepBack === true, () => false);
    case 'occurrence':
      return putBack(
        place(facts, write.key, (o) => confirmInSeries(o, write.slot)),
        false,
        (o) => write.putsRepBack === true && keyOf(o) === write.key,
      );
    case 'withdraw occurrence':
      return place(facts, write.key, (o) => o.placed && { ...o.placed, how: 'withdrawn' });
    case 'separate':
      return {
        ...facts,
        recoveries: facts.recoveries.map((r) =>
          r.second === write.second ? { ...r, placed: confirmSlot(r.placed, write.slot, 'separate') } : r,
        ),
      };
    case 'withdraw separate':
    case 'withdraw series':
      return facts;
    default: {
      const forgotten: never = write;
      return forgotten;
    }
  }
}

function confirmSeriesWrite(facts: Facts, write: Extract<Write, { write: 'series' }>): Facts {
  const { series, placed } = facts;
  const number = (placed?.number ?? 0) + 1;
  const after = {
    ...facts,
    placed: { copy: series.copy, number, rule: write.rule, endsBefore: write.endsBefore },
  };
  if (placed?.copy === series.copy) return after;
  return { ...after, occurrences: broughtBy(write.rule, facts) };
}

/** A new copy brings every instance with it, at the rule's own time, also of weeks that were given up before. */
function broughtBy(rule: WeeklyRule, { occurrences, series }: Facts): readonly Occurrence[] {
  return occurrences.map((o) => {
    const start = isOpen(o) || isGivenUp(o) ? startInWeek(rule, o.week) : null;
    if (start === null) return o;
    return { ...o, placed: confirmInSeries(o, slotAt(start, series.minutes)) };
  });
}

function place(facts: Facts, key: string, by: (o: Occurrence) => PlacedOccurrence | null): Facts {
  return {
    ...facts,
    occurrences: facts.occurrences.map((o) => (keyOf(o) === key ? { ...o, placed: by(o) } : o)),
  };
}

/** After an act undid the last write the next one counts on, even where it leads to the same slot. */
function confirmInSeries(o: Occurrence, slot: Slot): PlacedOccurrence {
  const undone = o.placed && o.cancelActs.some((act) => undid(act, o));
  return confirmSlot(undone ? { ...o.placed, how: 'withdrawn' } : o.placed, slot, 'in-series');
}

/** A write of the same slot is the same write; anything else is the next one. */
function confirmSlot(
  before: PlacedOccurrence | null,
  slot: Slot,
  how: PlacedOccurrence['how'],
): PlacedOccurrence {
  if (before && before.how === how && sameSlot(before.slot, slot)) return before;
  return { slot, how, number: (before?.number ?? 0) + 1 };
}
