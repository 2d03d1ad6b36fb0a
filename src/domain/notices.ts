import { recoveryTag } from './compare.ts';
import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import { isOpen } from './occurrence.ts';
import type { PlacedSeries } from './series.ts';
import { sameSlot, slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { sameRule, startInWeek, startOf } from './weekly.ts';
import type { WeeklyRule } from './weekly.ts';

/** What stands in the calendar, as far as a guest has to know. */
export interface Standing {
  /** Addresses of the two people; somebody new has been told nothing. */
  readonly guests: readonly string[];
  readonly copy: number;
  readonly rule: WeeklyRule;
  readonly minutes: number;
  readonly endsBefore: Minute | null;
  /** Upcoming meetings that are not where the rule has them, by the rule's start; null: taken out. */
  readonly exceptions: Readonly<Record<Minute, Slot | null>>;
  /** Upcoming events of their own, by tag. */
  readonly separate: Readonly<Record<string, Slot>>;
}

/**
 * What the guests were last told by mail: it is to invitations what `placed` is to the calendar. `sequence` rises with
 * each telling (RFC 5546 section 2.1.4).
 */
export interface Told extends Standing {
  readonly sequence: number;
}

/** One thing to tell. A series is told with all its exceptions. */
export type Notice =
  | { readonly about: 'series'; readonly is: 'new' | 'changed' }
  /** Another copy takes its place, or nothing of it is left. */
  | { readonly about: 'withdrawn series'; readonly copy: number; readonly replaced: boolean }
  | { readonly about: 'occurrence'; readonly start: Minute; readonly slot: Slot }
  | { readonly about: 'withdrawn occurrence'; readonly start: Minute }
  | { readonly about: 'separate'; readonly tag: string; readonly slot: Slot }
  | { readonly about: 'withdrawn separate'; readonly tag: string; readonly slot: Slot };

/** Null while nothing is confirmed, or a question about the whole series is open. */
export function standingOf(facts: Facts, now: Minute): Standing | null {
  const { placed, series, people } = facts;
  if (!placed || placed.copy !== series.copy || facts.asks !== null) return null;
  return {
    guests: [people.manager.email, people.rep.email],
    copy: placed.copy,
    rule: placed.rule,
    minutes: series.minutes,
    endsBefore: placed.endsBefore,
    exceptions: exceptionsOf(facts, placed, now),
    separate: separateOf(facts, now),
  };
}

/** What is to be told, in the order in which it should arrive. What has begun is told to nobody. */
export function noticesFor(told: Told | null, standing: Standing, now: Minute): Notice[] {
  const known = told && told.guests.join() === standing.guests.join() ? told : null;
  return [
    ...seriesNotices(known, standing, now),
    ...separateNotices(known?.separate ?? {}, standing.separate, now),
  ];
}

function seriesNotices(told: Told | null, standing: Standing, now: Minute): Notice[] {
  const { rule, minutes, endsBefore, copy } = standing;
  const isOver = endsBefore !== null && endsBefore <= now;
  if (!told) return isOver ? [] : [{ about: 'series', is: 'new' }];
  const gone = { about: 'withdrawn series', copy: told.copy } as const;
  if (told.copy !== copy)
    return [
      { ...gone, replaced: true },
      { about: 'series', is: 'new' },
    ];
  if (sameRule(told.rule, rule) && told.minutes === minutes && told.endsBefore === endsBefore) {
    return isOver ? [] : occurrenceNotices(told, standing, now);
  }
  // A series that ends keeps its past in everybody's calendar; one that ends before it began has none.
  if (endsBefore !== null && endsBefore <= startOf(rule, 0)) return [{ ...gone, replaced: false }];
  return [{ about: 'series', is: 'changed' }];
}

function exceptionsOf({ occurrences, series }: Facts, { rule, endsBefore }: PlacedSeries, now: Minute) {
  const exceptions: Record<Minute, Slot | null> = {};
  for (const o of occurrences) {
    const start = startInWeek(rule, o.week);
    if (start === null || !o.placed || start >= (endsBefore ?? Infinity)) continue;
    if (!isOpen(o)) {
      if (o.placed.how === 'withdrawn' && start > now) exceptions[start] = null;
    } else if (o.placed.how === 'in-series' && o.placed.slot.start > now) {
      if (!sameSlot(o.placed.slot, slotAt(start, series.minutes))) exceptions[start] = o.placed.slot;
    }
  }
  return exceptions;
}

function separateOf({ recoveries, series }: Facts, now: Minute): Record<string, Slot> {
  const separate: Record<string, Slot> = {};
  for (const recovery of recoveries) {
    const { placed, state } = recovery;
    if (state !== 'booked' || placed?.how !== 'separate' || placed.slot.start <= now) continue;
    separate[recoveryTag(series.id, recovery)] = placed.slot;
  }
  return separate;
}

function occurrenceNotices(told: Standing, standing: Standing, now: Minute): Notice[] {
  const starts = [...new Set([...Object.keys(told.exceptions), ...Object.keys(standing.exceptions)])].map(
    Number,
  );
  return starts.flatMap((start): Notice[] => {
    const plain = slotAt(start, standing.minutes);
    const [before, after] = [told, standing].map(({ exceptions }) =>
      exceptions[start] === undefined ? plain : exceptions[start],
    );
    if (!after) return before && before.start > now ? [{ about: 'withdrawn occurrence', start }] : [];
    if (after.start <= now || (before && sameSlot(before, after))) return [];
    return [{ about: 'occurrence', start, slot: after }];
  });
}

function separateNotices(told: Standing['separate'], standing: Standing['separate'], now: Minute): Notice[] {
  const gone = Object.entries(told)
    .filter(([tag, slot]) => !standing[tag] && slot.start > now)
    .map(([tag, slot]): Notice => ({ about: 'withdrawn separate', tag, slot }));
  const placed = Object.entries(standing)
    .filter(([tag, slot]) => !told[tag] || !sameSlot(told[tag], slot))
    .map(([tag, slot]): Notice => ({ about: 'separate', tag, slot }));
  return [...gone, ...placed];
}
