import type { Act, Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Attestation, Occurrence, OccurrenceKey } from '../../src/domain/occurrence.ts';
import { slotAt, within } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import type { Deed } from './human.ts';
import type { Scheduler } from './scheduler.ts';

type Said =
  | { readonly deed: Deed; readonly act: Act }
  | {
      readonly deed: Deed;
      readonly held: readonly Attestation[];
      readonly on: OccurrenceKey;
      readonly of: 'occurrence' | 'recovery';
    };

const NOTHING: Deed = { cancels: 0, on: null };

/** Something that somebody may say in Perennial right now; null where there is nothing to say. */
export function sayings(facts: Facts, now: Minute, scheduler: Scheduler, id: string): Said | null {
  if (!facts.placed) return null;
  const coming = facts.occurrences.filter((o) => isOpen(o) && o.slot.start > now).slice(0, 3);
  const o = scheduler.pick(coming);
  const dice = scheduler.upTo(10);
  if (dice < 5) return o ? cannotMakeIt(facts, o, now, id) : null;
  if (dice < 7) return o ? move(o, now, id, scheduler) : null;
  return attest(facts, now, scheduler.chance(0.7));
}

function cannotMakeIt(facts: Facts, o: Occurrence, at: Minute, id: string): Said {
  const on = {
    of: 'series' as const,
    copy: 0,
    start: startInWeek(facts.placed!.rule, o.week)!,
    slot: o.slot,
  };
  const act = { kind: 'cannot-make-it' as const, on: keyOf(o), category: 'busy', id, at, by: 'rep' as const };
  return { deed: { cancels: 1, on }, act };
}

function move(o: Occurrence, at: Minute, id: string, scheduler: Scheduler): Said | null {
  const to = slotAt(o.week.start + scheduler.upTo(5) * 1440 + 600 + scheduler.upTo(12) * 30, 30);
  if (to.start <= at || !within(to, o.week)) return null;
  return { deed: NOTHING, act: { kind: 'move', on: keyOf(o), to, id, at, by: 'manager' } };
}

/** Both, or only one, say that the last meeting was held: the recovery's own, if that is what is open. */
function attest(facts: Facts, now: Minute, both: boolean): Said | null {
  const by = both ? (['manager', 'rep'] as const) : (['rep'] as const);
  const held = by.map((side): Attestation => ({ by: side, says: 'held', absent: null }));
  const recovery = facts.recoveries.find(
    (r) => r.state === 'booked' && r.is?.kind === 'separate' && r.is.slot.end <= now,
  );
  if (recovery) return { deed: NOTHING, held, on: recovery.second, of: 'recovery' };
  const last = facts.occurrences.findLast((o) => isOpen(o) && o.slot.end <= now);
  return last ? { deed: NOTHING, held, on: keyOf(last), of: 'occurrence' } : null;
}
