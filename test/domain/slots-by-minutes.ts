import { packBusy } from '../../src/domain/find-slots.ts';
import type { Openings, SlotSearch } from '../../src/domain/find-slots.ts';
import { DAY, dayFromIso, dayOf, weekdayOf } from '../../src/domain/minute.ts';
import type { Weekday } from '../../src/domain/minute.ts';
import type { Person, WeekHours } from '../../src/domain/person.ts';
import { slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';

/** Three days of two people, most of them around a clock change. */
export const SCENES = [
  ['Europe/Berlin', 'Europe/London', '2026-10-24'],
  ['America/New_York', 'Europe/London', '2027-03-13'],
  ['America/New_York', 'America/St_Johns', '2026-10-31'],
  ['Australia/Lord_Howe', 'Australia/Sydney', '2026-10-03'],
  ['Australia/Lord_Howe', 'Asia/Kolkata', '2027-04-03'],
  ['America/Santiago', 'America/Havana', '2026-09-05'],
  ['Asia/Beirut', 'Africa/Cairo', '2027-03-27'],
  ['America/Nuuk', 'Atlantic/Azores', '2027-03-27'],
  ['Pacific/Apia', 'Pacific/Auckland', '2011-12-29'],
  ['Asia/Kathmandu', 'Europe/Berlin', '2026-11-24'],
] as const;

/** A slot search in small numbers: all times are minutes after the scene's start in UTC. */
export interface Question {
  readonly scene: number;
  readonly hours: readonly [WeekHours, WeekHours];
  readonly preferred: WeekHours | undefined;
  readonly meetings: readonly [readonly Stretch[], readonly Stretch[]];
  readonly avoid: readonly Stretch[];
  /** Days after the scene's first. */
  readonly leave: number | undefined;
  readonly holiday: number | undefined;
  readonly workingDays: readonly Weekday[];
  readonly from: number;
  readonly length: number;
  readonly notBefore: number;
  readonly anchor: number;
  readonly minutes: number;
  readonly freeAfter: number;
  readonly step: number;
  readonly hoursKind: 'preferred' | 'working';
  readonly order: 'nearest' | 'earliest';
  readonly limit: number;
}

interface Stretch {
  readonly from: number;
  readonly minutes: number;
}

/** The question as the product is asked it. */
export function searchOf(question: Question): { search: SlotSearch; people: [Openings, Openings] } {
  const { zones, start, day } = sceneOf(question);
  const slot = ({ from, minutes }: Stretch): Slot => slotAt(start + from, minutes);
  const leave =
    question.leave === undefined ? [] : [{ from: day + question.leave, until: day + question.leave }];
  const holidays = question.holiday === undefined ? [] : [day + question.holiday];
  const person = (zone: string, hours: WeekHours): Person => ({
    id: '',
    name: '',
    email: '',
    zone,
    hours,
    leave: [],
  });
  const one = { ...person(zones[0], question.hours[0]), preferredHours: question.preferred };
  const other = { ...person(zones[1], question.hours[1]), leave };
  return {
    search: {
      ...question,
      hours: question.hoursKind,
      within: slotAt(start + question.from, question.length),
      anchor: start + question.anchor,
      notBefore: start + question.from + question.notBefore,
      zone: zones[0],
      avoid: question.avoid.map(slot),
      closedDays: { workingDays: question.workingDays, holidays },
    },
    people: [
      { person: one, busy: packBusy(question.meetings[0].map(slot)) },
      { person: other, busy: packBusy(question.meetings[1].map(slot)) },
    ],
  };
}

/** The answer by looking at each minute alone, with Temporal for every clock and no interval anywhere. */
export function slotsByMinutes(question: Question): Slot[] {
  const apart = starts(question, question.freeAfter);
  const all = apart.length > 0 ? apart : starts(question, 0);
  const { anchor } = searchOf(question).search;
  const far = (start: number) => (question.order === 'nearest' ? Math.abs(start - anchor) : 0);
  return all
    .toSorted((a, b) => far(a) - far(b) || a - b)
    .slice(0, question.limit)
    .map((start) => slotAt(start, question.minutes));
}

function starts(question: Question, freeAfter: number): number[] {
  const { zones, start, day } = sceneOf(question);
  const { from, length, minutes, meetings } = question;
  const clocks = zones.map((zone) => clockOf(zone, start));
  const hours = [
    (question.hoursKind === 'preferred' && question.preferred) || question.hours[0],
    question.hours[1],
  ];
  const isOpen = (minute: number): boolean =>
    clocks.every(({ reached }, who) => {
      const wall = reached.get(start + minute)!;
      const today = hours[who]![weekdayOf(dayOf(wall))] ?? [];
      const onLeave = who === 1 && dayOf(wall) - day === question.leave;
      return (
        !onLeave &&
        today.some(([open, close]) => open <= wall - dayOf(wall) * DAY && wall - dayOf(wall) * DAY < close)
      );
    });
  const isOurDay = (minute: number): boolean => {
    const today = dayOf(clocks[0]!.reached.get(start + minute)!);
    return question.workingDays.includes(weekdayOf(today)) && today - day !== question.holiday;
  };
  const taken = (stretches: readonly Stretch[]) => (minute: number) =>
    stretches.some((each) => each.from <= minute && minute < each.from + each.minutes);
  const busy = [taken(meetings[0]), taken(meetings[1])];
  const avoided = taken(question.avoid);

  const open = range(from, from + length).map((m) => isOpen(m) && isOurDay(m) && !avoided(m));
  const met = range(from, from + length + freeAfter).map((m) => busy.some((is) => is(m)));
  return range(from, from + length - minutes + 1)
    .filter((m) => m >= from + question.notBefore)
    .filter((m) => clocks[0]!.wall.get(start + m)! % question.step === 0)
    .filter((m) => range(m, m + minutes).every((each) => open[each - from]))
    .filter((m) => range(m, m + minutes + freeAfter).every((each) => !met[each - from]))
    .map((m) => start + m);
}

function sceneOf({ scene }: Question): { zones: readonly [string, string]; start: number; day: number } {
  const [one, other, date] = SCENES[scene]!;
  const day = dayFromIso(date);
  return { zones: [one, other], start: day * DAY, day };
}

interface Clock {
  /** What the clock shows at each minute. */
  readonly wall: ReadonlyMap<number, number>;
  /** The latest it has shown so far: an hour that comes twice belongs to the moment that it first reached. */
  readonly reached: ReadonlyMap<number, number>;
}

const clocks = new Map<string, Clock>();

function clockOf(zone: string, start: number): Clock {
  const key = `${zone} ${start}`;
  const known = clocks.get(key);
  if (known) return known;
  const [wall, reached] = [new Map<number, number>(), new Map<number, number>()];
  let latest = -Infinity;
  for (let minute = start - DAY; minute < start + 4 * DAY; minute++) {
    const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone);
    const shows = minute + at.offsetNanoseconds / 60e9;
    latest = Math.max(latest, shows);
    wall.set(minute, shows);
    reached.set(minute, latest);
  }
  clocks.set(key, { wall, reached });
  return { wall, reached };
}

function range(from: number, until: number): number[] {
  return Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i);
}
