import type { Busy } from './person.ts';
import type { Slot } from './slot.ts';

/** Packed stretches of time, as in `Busy`: `[start, end, start, end, …]` in minutes, sorted, apart from each other. */
export type Stretches = number[];

/** A calendar's slots, in any order and overlapping as they may, as packed busy time. */
export function packBusy(slots: readonly Slot[]): Busy {
  const packed: Stretches = [];
  for (const { start, end } of slots.toSorted((a, b) => a.start - b.start)) push(packed, start, end);
  return Int32Array.from(packed);
}

/** Adds a stretch that starts no earlier than the last one does, and melts it into the last where they touch. */
export function push(stretches: Stretches, start: number, end: number): void {
  const length = stretches.length;
  if (end <= start) return;
  if (length > 0 && start <= stretches[length - 1]!) {
    if (end > stretches[length - 1]!) stretches[length - 1] = end;
  } else {
    stretches.push(start, end);
  }
}

/** What lies in both. */
export function intersect(a: Stretches, b: Stretches): Stretches {
  const both: Stretches = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const start = Math.max(a[i]!, b[j]!);
    const end = Math.min(a[i + 1]!, b[j + 1]!);
    if (start < end) both.push(start, end);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return both;
}

/** What is left of `open` when each busy stretch takes itself away and `lead` minutes before it. */
export function subtract(open: Stretches, busy: Busy, lead: number): Stretches {
  const left: Stretches = [];
  let next = open.length > 0 ? firstEndingAfter(busy, open[0]!) : 0;
  for (let i = 0; i < open.length; i += 2) {
    const end = open[i + 1]!;
    let start = open[i]!;
    while (next < busy.length && busy[next + 1]! <= start) next += 2;
    for (let j = next; j < busy.length && busy[j]! - lead < end; j += 2) {
      if (busy[j]! - lead > start) left.push(start, busy[j]! - lead);
      start = busy[j + 1]!;
    }
    if (start < end) left.push(start, end);
  }
  return left;
}

/** Index of the first stretch that ends after `minute`, by halving: a calendar may hold months. */
function firstEndingAfter(busy: Busy, minute: number): number {
  let low = 0;
  let high = busy.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (busy[2 * middle + 1]! <= minute) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}
