import type { Minute } from '../domain/minute.ts';
import type { Busy } from '../domain/person.ts';

/** What one account last said of busy time; null where it was never read. */
export interface KnownBusy {
  readonly minutes: readonly number[];
  readonly asOf: Minute;
}

/** The union of several sorted interval lists, sorted and merged. */
function mergeBusy(lists: readonly (readonly number[])[]): Busy {
  const intervals: [number, number][] = [];
  for (const list of lists) for (let i = 0; i < list.length; i += 2) intervals.push([list[i]!, list[i + 1]!]);
  intervals.sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [start, end] of intervals) {
    const last = merged.length - 1;
    if (last > 0 && start <= merged[last]!) merged[last] = Math.max(merged[last]!, end);
    else merged.push(start, end);
  }
  return Int32Array.from(merged);
}

/** One side's busy time over all of its accounts; as old as the oldest, unknown while one was never read. */
export function busyOfSide(accounts: readonly (KnownBusy | null)[]): { busy: Busy; asOf: Minute | null } {
  const known = accounts.filter((account) => account !== null);
  return {
    busy: mergeBusy(known.map((account) => account.minutes)),
    asOf: known.length === accounts.length && known.length > 0 ? Math.min(...known.map((a) => a.asOf)) : null,
  };
}
