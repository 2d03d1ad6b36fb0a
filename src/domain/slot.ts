import type { Minute } from './minute.ts';

/** A stretch of time, `start` inside and `end` outside. */
export interface Slot {
  readonly start: Minute;
  readonly end: Minute;
}

export function slotAt(start: Minute, minutes: number): Slot {
  return { start, end: start + minutes };
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return a.start === b.start && a.end === b.end;
}

export function overlaps(a: Slot, b: Slot): boolean {
  return a.start < b.end && b.start < a.end;
}

export function within(inner: Slot, outer: Slot): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
