import { recoveryTag } from './compare.ts';
import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import { isOpen } from './occurrence.ts';
import type { PlacedSeries } from './series.ts';
import { sameSlot, slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { sameRule, startInWeek } from './weekly.ts';
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
  | { readonly about: 'withdrawn series'; readonly copy: number }
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
  if (!told || told.guests.join() !== standing.guests.join()) {
    return [{ about: 'series', is: 'new' }, ...separateNotices({}, standing.separate, now)];
  }
  const separate = separateNotices(told.separate, standing.separate, now);
  if (told.copy !== standing.copy) {
    return [{ about: 'withdrawn series', copy: told.copy }, { about: 'series', is: 'new' }, ...separate];
  }
  const same =
    sameRule(told.rule, standing.rule) &&
    told.minutes === standing.minutes &&
    told.endsBefore === standing.endsBefore;
  if (!same) return [{ about: 'series', is: 'changed' }, ...separate];
  return [...occurrenceNotices(told, standing, now), ...separate];
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
