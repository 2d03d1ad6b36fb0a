import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { findSlots, packBusy } from '../../src/domain/find-slots.ts';
import type { SlotSearch } from '../../src/domain/find-slots.ts';
import { DAY, dayFromIso, minuteFromIso, minuteToIso } from '../../src/domain/minute.ts';
import type { Person, WeekHours } from '../../src/domain/person.ts';
import { slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { workingWeekOf } from '../../src/domain/working-week.ts';
import { SCENES, searchOf, slotsByMinutes } from './slots-by-minutes.ts';
import type { Question } from './slots-by-minutes.ts';

const OFFICE: WeekHours = {
  1: [[540, 1020]],
  2: [[540, 1020]],
  3: [[540, 1020]],
  4: [[540, 1020]],
  5: [[540, 1020]],
};
const MON_TO_FRI = { workingDays: [1, 2, 3, 4, 5], holidays: [] } as const;

function person(zone: string, over: Partial<Person> = {}): Person {
  return { id: zone, name: zone, email: '', zone, hours: OFFICE, leave: [], ...over };
}

/** Times in the tests are on Berlin's wall clock in the week of Tuesday, 24 November 2026. */
function at(local: string): number {
  return minuteFromIso(
    Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Berlin').toInstant().toString(),
  );
}

function meeting(start: string, minutes: number): Slot {
  return slotAt(at(start), minutes);
}

const ANCHOR = at('2026-11-24T10:00');

interface Situation extends Partial<SlotSearch> {
  readonly managerBusy?: Slot[];
  readonly repBusy?: Slot[];
  readonly manager?: Person;
  readonly rep?: Person;
}

/** Starts of the slots found, as Berlin shows them. */
function found({ managerBusy = [], repBusy = [], manager, rep, ...over }: Situation): string[] {
  const search: SlotSearch = {
    within: workingWeekOf(MON_TO_FRI, 'Europe/Berlin', ANCHOR),
    minutes: 30,
    anchor: ANCHOR,
    notBefore: at('2026-11-23T00:00'),
    freeAfter: 5,
    step: 15,
    zone: 'Europe/Berlin',
    hours: 'preferred',
    avoid: [],
    closedDays: MON_TO_FRI,
    order: 'nearest',
    limit: 3,
    ...over,
  };
  return findSlots(search, [
    { person: manager ?? person('Europe/Berlin'), busy: packBusy(managerBusy) },
    { person: rep ?? person('Europe/Berlin'), busy: packBusy(repBusy) },
  ]).map(({ start }) => {
    const local = Temporal.Instant.from(minuteToIso(start)).toZonedDateTimeISO('Europe/Berlin');
    return local.toPlainDateTime().toString({ smallestUnit: 'minute' });
  });
}

describe('promise 2: the best slot', () => {
  test('is the nearest to the anchor, the earlier of two that are equally near', () => {
    expect(found({})).toEqual(['2026-11-24T10:00', '2026-11-24T09:45', '2026-11-24T10:15']);
  });

  test('is not over the anchor when that slot was refused', () => {
    expect(found({ avoid: [slotAt(ANCHOR, 30)] })).toEqual([
      '2026-11-24T09:30',
      '2026-11-24T10:30',
      '2026-11-24T09:15',
    ]);
  });

  test('can be the earliest instead', () => {
    expect(found({ order: 'earliest', limit: 2 })).toEqual(['2026-11-23T09:00', '2026-11-23T09:15']);
  });

  test('is free for both', () => {
    const managerBusy = [meeting('2026-11-24T09:00', 180)];
    const repBusy = [meeting('2026-11-24T12:30', 60)];
    expect(found({ managerBusy, repBusy, limit: 1 })).toEqual(['2026-11-24T13:30']);
  });

  test('starts no earlier than the freeze allows', () => {
    expect(found({ notBefore: at('2026-11-24T11:01'), limit: 1 })).toEqual(['2026-11-24T11:15']);
  });

  test("is inside both people's hours, each in their own zone", () => {
    expect(found({ rep: person('America/New_York'), limit: 1 })).toEqual(['2026-11-24T15:00']);
    expect(found({ rep: person('Asia/Tokyo'), limit: 1 })).toEqual([]);
  });

  test('may stand in the last half hour of the day: the minutes after it are nobody’s meeting', () => {
    expect(found({ anchor: at('2026-11-24T17:00'), limit: 1 })).toEqual(['2026-11-24T16:30']);
  });

  test('may cross from one stretch of hours into the next where they touch', () => {
    const halves: WeekHours = {
      2: [
        [540, 600],
        [600, 660],
      ],
    };
    expect(
      found({ rep: person('Europe/Berlin', { hours: halves }), anchor: at('2026-11-24T09:45'), limit: 1 }),
    ).toEqual(['2026-11-24T09:45']);
  });

  test('is on no holiday and on nobody’s leave', () => {
    const tuesday = dayFromIso('2026-11-24');
    const rep = person('Europe/Berlin', { leave: [{ from: tuesday, until: tuesday + 1 }] });
    const closedDays = { ...MON_TO_FRI, holidays: [tuesday - 1] };
    expect(found({ rep, closedDays, limit: 1 })).toEqual(['2026-11-26T09:00']);
  });

  test('keeps to the preferred hours unless all working hours are allowed', () => {
    const rep = person('Europe/Berlin', { preferredHours: { 2: [[840, 960]] } });
    expect(found({ rep, limit: 1 })).toEqual(['2026-11-24T14:00']);
    expect(found({ rep, limit: 1, hours: 'working' })).toEqual(['2026-11-24T10:00']);
  });

  test('is none where the week is full', () => {
    expect(found({ repBusy: [meeting('2026-11-23T00:00', 5 * DAY)] })).toEqual([]);
    expect(found({ within: slotAt(ANCHOR, 0) })).toEqual([]);
  });

  test('starts on the quarter of the wall clock, also in zones off the hour', () => {
    const kathmandu = {
      manager: person('Asia/Kathmandu'),
      rep: person('Asia/Kathmandu'),
      zone: 'Asia/Kathmandu',
    };
    expect(found({ ...kathmandu, step: 60, order: 'earliest', limit: 1 })).toEqual(['2026-11-23T04:15']);
  });
});

test('the grid follows the wall clock over a change of half an hour', () => {
  const hours: WeekHours = { 7: [[0, 300]] };
  const zone = 'Australia/Lord_Howe';
  const sunday = minuteFromIso('2026-10-03T13:30Z');
  const rep = person(zone, { hours });
  const search = {
    zone,
    within: slotAt(sunday, 240),
    notBefore: sunday,
    step: 60,
    order: 'earliest',
    limit: 9,
  } as const;
  const closedDays = { workingDays: [7], holidays: [] } as const;
  // 00:00, 01:00, then 02:00 does not exist: 03:00 and 04:00 come half an hour earlier.
  expect(found({ ...search, manager: rep, rep, closedDays })).toEqual(
    ['13:30', '14:30', '16:00', '17:00'].map((utc) => {
      const local = Temporal.Instant.from(`2026-10-03T${utc}Z`).toZonedDateTimeISO('Europe/Berlin');
      return local.toPlainDateTime().toString({ smallestUnit: 'minute' });
    }),
  );
});

describe('F044: five minutes are free after the slot for both', () => {
  const followed = [meeting('2026-11-24T10:30', 30)];

  test('so a slot that runs into a meeting is passed over while another exists', () => {
    expect(found({ managerBusy: followed, limit: 1 })).toEqual(['2026-11-24T09:45']);
    expect(found({ repBusy: followed, limit: 1 })).toEqual(['2026-11-24T09:45']);
    expect(found({ repBusy: [meeting('2026-11-24T10:35', 30)], limit: 1 })).toEqual(['2026-11-24T10:00']);
  });

  test('unless no other is left', () => {
    const onlyHalfAnHour = slotAt(ANCHOR, 30);
    expect(found({ managerBusy: followed, within: onlyHalfAnHour })).toEqual(['2026-11-24T10:00']);
  });
});

/** Any minute of a day, quarters of an hour more often than others. */
const anyTime = (min: number, max: number) =>
  fc.oneof(
    fc.integer({ min: min / 15, max: max / 15 }).map((quarter) => quarter * 15),
    fc.integer({ min, max }),
  );
const anyDay = fc
  .tuple(anyTime(0, 600), anyTime(600, 900), anyTime(600, 900), anyTime(900, DAY))
  .map(([open, pause, end, close]) =>
    pause < end
      ? ([
          [open, pause],
          [end, close],
        ] as const)
      : ([[open, close]] as const),
  );
const anyHours: fc.Arbitrary<WeekHours> = fc.record({
  1: anyDay,
  2: anyDay,
  4: anyDay,
  5: anyDay,
  6: anyDay,
  7: anyDay,
});
const anyMeetings = fc.array(
  fc.record({ from: fc.nat(3 * DAY), minutes: fc.integer({ min: 0, max: 200 }) }),
  {
    maxLength: 12,
  },
);
const anyQuestion: fc.Arbitrary<Question> = fc.record({
  scene: fc.nat(SCENES.length - 1),
  hours: fc.tuple(anyHours, anyHours),
  preferred: fc.option(anyHours, { nil: undefined }),
  meetings: fc.tuple(anyMeetings, anyMeetings),
  avoid: fc.array(fc.record({ from: fc.nat(3 * DAY), minutes: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 3,
  }),
  leave: fc.option(fc.nat(2), { nil: undefined, freq: 6 }),
  holiday: fc.option(fc.nat(2), { nil: undefined, freq: 6 }),
  workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 5 }),
  from: fc.nat(DAY),
  length: fc.nat(2 * DAY),
  notBefore: fc.integer({ min: -200, max: 300 }),
  anchor: fc.nat(3 * DAY),
  minutes: fc.constantFrom(15, 30, 60),
  freeAfter: fc.constantFrom(0, 5, 20),
  step: fc.constantFrom(5, 15, 30, 60),
  hoursKind: fc.constantFrom('preferred', 'working'),
  order: fc.constantFrom('nearest', 'earliest'),
  limit: fc.constantFrom(1, 3, 1000),
});

test('a search minute by minute finds the same slots, whatever the hours, meetings, leave and clock changes', () => {
  let answered = 0;
  fc.assert(
    fc.property(anyQuestion, (question) => {
      const { search, people } = searchOf(question);
      const slots = findSlots(search, people);
      answered += slots.length > 0 ? 1 : 0;
      expect(slots).toEqual(slotsByMinutes(question));
    }),
    { seed: 44, numRuns: 1000 },
  );
  expect(answered).toBeGreaterThan(300);
});

test('busy time is packed in order, each minute once, nothing empty', () => {
  const slots = [
    { start: 50, end: 60 },
    { start: 10, end: 20 },
    { start: 15, end: 18 },
    { start: 20, end: 30 },
    { start: 40, end: 40 },
  ];
  expect([...packBusy(slots)]).toEqual([10, 30, 50, 60]);
  expect([...packBusy([])]).toEqual([]);
});

test('the zone of the process changes nothing', () => {
  const script = `
    const { findSlots, packBusy } = await import('./src/domain/find-slots.ts');
    const { workingWeekOf, recoveryDue } = await import('./src/domain/working-week.ts');
    const week = { workingDays: [1, 2, 3, 4, 5], holidays: [] };
    const hours = Object.fromEntries(week.workingDays.map((day) => [day, [[540, 1020]]]));
    const one = (zone) => ({ person: { zone, hours, leave: [] }, busy: packBusy([{ start: 29882000, end: 29882100 }]) });
    const within = workingWeekOf(week, 'America/New_York', 29882000);
    const search = { within, minutes: 30, anchor: within.start + 3000, notBefore: 0, freeAfter: 5, step: 15,
      zone: 'America/New_York', hours: 'working', avoid: [], closedDays: week, order: 'nearest', limit: 500 };
    const slots = findSlots(search, [one('America/New_York'), one('Europe/London')]);
    console.log(JSON.stringify([slots, recoveryDue(week, 'Asia/Tokyo', within, within.start)]));`;
  const answers = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia'].map((TZ) =>
    execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      env: { ...process.env, TZ, NODE_OPTIONS: '' },
      encoding: 'utf8',
    }),
  );
  expect(answers[0]).toContain('"start"');
  expect(new Set(answers).size).toBe(1);
});
