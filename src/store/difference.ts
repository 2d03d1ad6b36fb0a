import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import { sameSlot } from '../domain/slot.ts';

/** What a save has to write: rows by key, compared by value. */
export function differing<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  valueOf: (item: T) => string,
): { added: T[]; changed: T[] } {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const added: T[] = [];
  const changed: T[] = [];
  for (const item of after) {
    const old = known.get(keyOf(item));
    if (old === undefined) added.push(item);
    else if (old !== item && valueOf(old) !== valueOf(item)) changed.push(item);
  }
  return { added, changed };
}

/** The same occurrence in another slot, with who asked for it (null: the loop by itself) and why. */
export interface MoveRow {
  readonly generation: number;
  readonly original_start: Minute;
  readonly from_start: Minute;
  readonly from_end: Minute;
  readonly to_start: Minute;
  readonly to_end: Minute;
  readonly at: Minute;
  readonly by: string | null;
  readonly because: string | null;
}

/** @param nextLook stands in for the time of the move where the calendar was never read */
export function movesBetween(before: Facts, after: Facts, nextLook: Minute): MoveRow[] {
  const known = new Map(before.occurrences.map((o) => [keyOf(o), o]));
  return after.occurrences.flatMap((o) => {
    const old = known.get(keyOf(o));
    if (!old || sameSlot(old.slot, o.slot)) return [];
    return {
      generation: o.generation,
      original_start: o.originalStart,
      from_start: old.slot.start,
      from_end: old.slot.end,
      to_start: o.slot.start,
      to_end: o.slot.end,
      at: after.observedAt ?? nextLook,
      by: askedBy(before, after, old, o),
      because: o.because,
    };
  });
}

function askedBy(before: Facts, after: Facts, old: Occurrence, now: Occurrence): string | null {
  const newest = now.cancelActs.at(-1);
  if (newest && now.cancelActs.length > old.cancelActs.length) return newest.by;
  const left = new Set(after.acts.map((act) => act.id));
  return before.acts.find((act) => act.on === keyOf(now) && !left.has(act.id))?.by ?? null;
}
