import type { WorkingWeek } from './facts.ts';
import { DAY, dayOf, weekdayOf } from './minute.ts';
import type { EpochDay, Minute } from './minute.ts';
import type { Busy, Person } from './person.ts';
import { slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { intersect, packBusy, push, subtract } from './stretches.ts';
import type { Stretches } from './stretches.ts';
import { isWorkingDay } from './working-week.ts';
import { clockReaches, runAt, toWall } from './zone.ts';

export { packBusy };

/** A person and the time that their calendar shows as taken. */
export interface Openings {
  readonly person: Person;
  readonly busy: Busy;
}

export interface SlotSearch {
  /** The stretch to search, such as the occurrence's working week: a slot lies wholly inside. */
  readonly within: Slot;
  /** Length of the slot. */
  readonly minutes: number;
  /** Where the meeting would stand if nothing were in the way. */
  readonly anchor: Minute;
  /** No slot starts before this moment. */
  readonly notBefore: Minute;
  /** Minutes without a meeting after the slot, for both (F044). */
  readonly freeAfter: number;
  /** Slots start on multiples of this many minutes on the wall clock of `zone`. */
  readonly step: number;
  /** IANA zone of the grid and of the organisation's days. */
  readonly zone: string;
  /** `preferred` falls back to the working hours of a person who prefers none. */
  readonly hours: 'preferred' | 'working';
  /** Slots that must not be overlapped: refused ones, and the series' own. */
  readonly avoid: readonly Slot[];
  /** The organisation's days: none but working days, and no holiday. */
  readonly closedDays: WorkingWeek;
  readonly order: 'nearest' | 'earliest';
  readonly limit: number;
}

/**
 * The best slots in which two people can meet: inside the hours of both, each in their own zone, on nobody's leave,
 * on working days of the organisation, over nothing busy. `nearest` counts from the anchor's start; of two that are
 * equally near the earlier comes first. A slot that runs into another meeting is taken only where no other exists
 * (F044). The same facts give the same slots.
 */
export function findSlots(search: SlotSearch, people: readonly [Openings, Openings]): Slot[] {
  const open = openTime(search, people);
  const apart = startsIn(withoutMeetings(open, people, search.freeAfter), search);
  const starts = apart.length > 0 ? apart : startsIn(withoutMeetings(open, people, 0), search);
  const best = search.order === 'nearest' ? nearest(starts, search) : starts.slice(0, search.limit);
  return best.map((start) => slotAt(start, search.minutes));
}

/** When both work and the organisation is open, without what is to be avoided. */
function openTime(search: SlotSearch, [one, other]: readonly [Openings, Openings]): Stretches {
  const { within, notBefore } = search;
  const searched = [Math.max(within.start, notBefore), within.end];
  const both = intersect(openHours(one.person, search), openHours(other.person, search));
  const open = intersect(intersect(both, openDays(search)), searched);
  return search.avoid.length > 0 ? subtract(open, packBusy(search.avoid), 0) : open;
}

function openHours(person: Person, { within, hours }: SlotSearch): Stretches {
  const week = (hours === 'preferred' ? person.preferredHours : undefined) ?? person.hours;
  const open: Stretches = [];
  const last = dayOf(toWall(person.zone, within.end));
  for (let day = dayOf(toWall(person.zone, within.start)); day <= last; day++) {
    const today = week[weekdayOf(day)];
    if (!today || isOnLeave(person, day)) continue;
    for (const [from, until] of today) {
      push(open, clockReaches(person.zone, day * DAY + from), clockReaches(person.zone, day * DAY + until));
    }
  }
  return open;
}

function isOnLeave(person: Person, day: EpochDay): boolean {
  for (const { from, until } of person.leave) if (from <= day && day <= until) return true;
  return false;
}

function openDays({ within, zone, closedDays }: SlotSearch): Stretches {
  const open: Stretches = [];
  const last = dayOf(toWall(zone, within.end));
  for (let day = dayOf(toWall(zone, within.start)); day <= last; day++) {
    const first = day;
    while (day <= last && isWorkingDay(closedDays, day)) day++;
    if (day > first) push(open, clockReaches(zone, first * DAY), clockReaches(zone, day * DAY));
  }
  return open;
}

function withoutMeetings(
  open: Stretches,
  people: readonly [Openings, Openings],
  freeAfter: number,
): Stretches {
  return subtract(subtract(open, people[0].busy, freeAfter), people[1].busy, freeAfter);
}

/** Every start on the grid from which a slot fits into a free stretch, in order. */
function startsIn(free: Stretches, { zone, step, minutes, within }: SlotSearch): Minute[] {
  const starts: Minute[] = [];
  let run = runAt(zone, within.start);
  for (let i = 0; i < free.length; i += 2) {
    const last = free[i + 1]! - minutes;
    let start = free[i]!;
    while (start <= last) {
      if (start >= run.until) run = runAt(zone, start);
      const until = Math.min(last + 1, run.until);
      const late = (start + run.offset) % step;
      for (start += late === 0 ? 0 : step - late; start < until; start += step) starts.push(start);
      start = until;
    }
  }
  return starts;
}

/** The `limit` starts nearest to the anchor; `starts` are in order. */
function nearest(starts: readonly Minute[], { anchor, limit }: SlotSearch): Minute[] {
  let later = 0;
  while (later < starts.length && starts[later]! < anchor) later++;
  let earlier = later - 1;
  const best: Minute[] = [];
  while (best.length < limit && (earlier >= 0 || later < starts.length)) {
    const back = earlier >= 0 ? anchor - starts[earlier]! : Infinity;
    const forth = later < starts.length ? starts[later]! - anchor : Infinity;
    best.push(back <= forth ? starts[earlier--]! : starts[later++]!);
  }
  return best;
}
