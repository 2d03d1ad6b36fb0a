import { DateTime } from 'luxon';
import { findSlots, packBusy } from '../../src/domain/find-slots.ts';
import type { Openings, SlotSearch } from '../../src/domain/find-slots.ts';
import { minuteFromIso, minuteToIso } from '../../src/domain/minute.ts';
import type { WeekHours } from '../../src/domain/person.ts';
import { slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { workingWeekOf } from '../../src/domain/working-week.ts';
import { alternate, fasterThan, nearFloor, seeded } from './measure.ts';
import type { Table } from './measure.ts';

const CASES = 200;
const BUSY = 25;
const PAIRS = 100_000;
const NINE_TO_FIVE: WeekHours = {
  1: [[540, 1020]],
  2: [[540, 1020]],
  3: [[540, 1020]],
  4: [[540, 1020]],
  5: [[540, 1020]],
};
const ZONES = [
  ['Europe/Berlin', 'Europe/London'],
  ['America/New_York', 'America/Chicago'],
  ['Asia/Kolkata', 'Europe/Paris'],
  ['Australia/Sydney', 'Australia/Lord_Howe'],
  ['America/New_York', 'Europe/London'],
] as const;

interface Case {
  readonly search: SlotSearch;
  readonly people: readonly [Openings, Openings];
  readonly iso: readonly (readonly (readonly [start: string, end: string])[])[];
}

/** P1: every slot of a week for two people. The peer walks the grid with a date library, as schedulers do. */
export function slotSearch(): Table {
  const cases = makeCases();
  for (const { search, people } of cases) {
    const ours = findSlots(search, people).map((slot) => slot.start);
    const theirs = luxonSlots(search, people);
    if (ours.join() !== theirs.join()) throw new Error(`luxon finds ${theirs.join()}, we ${ours.join()}`);
  }
  const few = cases.slice(0, 5);
  const took = alternate({
    peer: {
      operations: few.length,
      run: () => sum(few, (each) => luxonSlots(each.search, each.people).length),
    },
    text: {
      operations: CASES,
      run: () => sum(cases, (each) => findSlots(each.search, fromText(each)).length),
    },
    ours: {
      operations: 50 * CASES,
      run: () => often(50, cases, (each) => findSlots(each.search, each.people).length),
    },
    // As long a turn as ours, so that a busy machine interrupts both alike.
    floor: { operations: 500 * CASES, run: () => often(500, cases, readOnce) },
  });
  return {
    title: `P1  slot search: two people, one week, ${BUSY} busy each, ${CASES} cases, all answers equal`,
    rows: [
      { what: 'luxon, slot by slot', microseconds: took.peer },
      { what: 'ours, busy time as ISO text', microseconds: took.text },
      { what: 'ours, busy time as stored', microseconds: took.ours },
      { what: 'floor: read each interval once', microseconds: took.floor },
    ],
    goals: [
      fasterThan('luxon', 1000, took.peer / took.ours),
      fasterThan('luxon, from ISO text', 100, took.peer / took.text),
      nearFloor(15, took.ours / took.floor),
      { says: 'at most 5 µs', measured: `${took.ours.toFixed(2)} µs`, met: took.ours <= 5 },
    ],
  };
}

/** P2: a company's week on one core, one slot for each pair. */
export function allPairs(): Table {
  const cases = makeCases().map((each) => ({
    ...each,
    search: { ...each.search, order: 'nearest' as const, limit: 1 },
  }));
  const rounds = PAIRS / CASES;
  const took = alternate({
    ours: {
      operations: 1,
      run: () => often(rounds, cases, (each) => findSlots(each.search, each.people).length),
    },
    floor: { operations: 1, run: () => often(rounds, cases, readOnce) },
  });
  return {
    title: `P2  the nearest slot for ${PAIRS.toLocaleString('en')} pairs, one core`,
    rows: [
      { what: 'ours', microseconds: took.ours },
      { what: 'floor: read each interval once', microseconds: took.floor },
    ],
    goals: [
      { says: 'at most 0.5 s', measured: `${(took.ours / 1e6).toFixed(3)} s`, met: took.ours <= 500_000 },
    ],
  };
}

function makeCases(): Case[] {
  const random = seeded(44);
  const week = { workingDays: [1, 2, 3, 4, 5] as const, holidays: [] };
  const weeks = ['2026-10-27T12:00Z', '2026-11-03T12:00Z', '2026-11-24T12:00Z', '2027-03-17T12:00Z'];
  return Array.from({ length: CASES }, (_, i) => {
    const [zone, other] = ZONES[i % ZONES.length]!;
    const within = workingWeekOf(week, zone, minuteFromIso(weeks[i % weeks.length]!));
    const meetings = [0, 1].map(() => Array.from({ length: BUSY }, () => aMeeting(within, random)));
    const person = (id: string, at: string) => ({
      id,
      name: id,
      email: '',
      zone: at,
      hours: NINE_TO_FIVE,
      leave: [],
    });
    return {
      search: {
        within,
        minutes: 30,
        anchor: within.start + 2000,
        notBefore: within.start,
        freeAfter: 5,
        step: 30,
        zone,
        hours: 'working',
        avoid: [],
        closedDays: week,
        order: 'earliest',
        limit: Infinity,
      },
      people: [
        { person: person('one', zone), busy: packBusy(meetings[0]!) },
        { person: person('other', other), busy: packBusy(meetings[1]!) },
      ],
      iso: meetings.map((of) => of.map(({ start, end }) => [minuteToIso(start), minuteToIso(end)] as const)),
    };
  });
}

function aMeeting(within: Slot, random: () => number): Slot {
  const quarter = Math.floor((random() * (within.end - within.start)) / 15);
  return slotAt(within.start + quarter * 15, [15, 30, 45, 60, 90][Math.floor(random() * 5)]!);
}

function fromText({ people, iso }: Case): readonly [Openings, Openings] {
  const packed = iso.map((meetings) =>
    packBusy(meetings.map(([start, end]) => ({ start: minuteFromIso(start), end: minuteFromIso(end) }))),
  );
  return [
    { person: people[0].person, busy: packed[0]! },
    { person: people[1].person, busy: packed[1]! },
  ];
}

function luxonSlots(search: SlotSearch, people: readonly [Openings, Openings]): number[] {
  const apart = luxonGrid(search, people, search.freeAfter);
  return apart.length > 0 ? apart : luxonGrid(search, people, 0);
}

function luxonGrid(search: SlotSearch, people: readonly [Openings, Openings], freeAfter: number): number[] {
  const starts: number[] = [];
  const until = DateTime.fromMillis(search.within.end * 60_000);
  let start = DateTime.fromMillis(search.within.start * 60_000, { zone: search.zone });
  for (; start < until; start = start.plus({ minutes: search.step })) {
    const end = start.plus({ minutes: search.minutes });
    if (people.every((one) => isFree(one, start, end, end.plus({ minutes: freeAfter })))) {
      starts.push(start.toMillis() / 60_000);
    }
  }
  return starts;
}

function isFree({ person, busy }: Openings, start: DateTime, end: DateTime, after: DateTime): boolean {
  const local = start.setZone(person.zone);
  const hours = person.hours[local.weekday as 1];
  if (!hours) return false;
  const midnight = local.startOf('day');
  const open = hours.some(
    ([from, until]) =>
      local >= midnight.set({ hour: from / 60 }) &&
      end.setZone(person.zone) <= midnight.set({ hour: until / 60 }),
  );
  if (!open) return false;
  const [first, last] = [start.toMillis() / 60_000, after.toMillis() / 60_000];
  for (let i = 0; i < busy.length; i += 2) if (first < busy[i + 1]! && busy[i]! < last) return false;
  return true;
}

function readOnce({ people }: Case): number {
  let total = 0;
  for (const { busy } of people) for (let i = 0; i < busy.length; i++) total += busy[i]!;
  return total;
}

function sum(cases: readonly Case[], of: (each: Case) => number): number {
  let total = 0;
  for (const each of cases) total += of(each);
  return total;
}

function often(times: number, cases: readonly Case[], of: (each: Case) => number): number {
  let total = 0;
  for (let i = 0; i < times; i++) total += sum(cases, of);
  return total;
}
