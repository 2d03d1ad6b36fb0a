import fc from 'fast-check';
import type { WorkingWeek } from '../../src/domain/facts.ts';
import { DAY, dayFromIso, dayOf, minuteFromIso, minuteToIso, weekdayOf } from '../../src/domain/minute.ts';
import type { Weekday } from '../../src/domain/minute.ts';
import {
  addWorkingDays,
  closesAt,
  firstDayOfWeek,
  isWorkingDay,
  recoveryDue,
  workingWeekOf,
} from '../../src/domain/working-week.ts';
import { toWall } from '../../src/domain/zone.ts';

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';

// The same cases on every run.
fc.configureGlobal({ seed: 44 });

function week(workingDays: readonly Weekday[], ...holidays: string[]): WorkingWeek {
  return { workingDays, holidays: holidays.map(dayFromIso) };
}

const MON_TO_FRI = week([1, 2, 3, 4, 5]);
const SUN_TO_THU = week([7, 1, 2, 3, 4]);

/** A moment on somebody's wall clock, to and from text. */
function at(local: string, zone = BERLIN): number {
  return minuteFromIso(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString());
}

function local(minute: number, zone = BERLIN): string {
  return Temporal.Instant.from(minuteToIso(minute)).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

describe('the working week that holds a moment', () => {
  test.each([
    ['Monday to Friday', [1, 2, 3, 4, 5], '2026-11-23T00:00:00', '2026-11-28T00:00:00'],
    ['Sunday to Thursday', [7, 1, 2, 3, 4], '2026-11-22T00:00:00', '2026-11-27T00:00:00'],
    ['Sunday to Thursday in another order', [1, 2, 3, 4, 7], '2026-11-22T00:00:00', '2026-11-27T00:00:00'],
    ['Saturday to Wednesday', [6, 7, 1, 2, 3], '2026-11-21T00:00:00', '2026-11-26T00:00:00'],
    ['Wednesdays off', [1, 2, 4, 5], '2026-11-23T00:00:00', '2026-11-28T00:00:00'],
    ['Tuesdays off', [1, 3, 4, 5], '2026-11-23T00:00:00', '2026-11-28T00:00:00'],
    ['Tuesdays alone', [2], '2026-11-24T00:00:00', '2026-11-25T00:00:00'],
    ['every day', [1, 2, 3, 4, 5, 6, 7], '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
  ] as const)('%s begins after the weekend and ends before it', (_, days, start, end) => {
    const slot = workingWeekOf(week(days), BERLIN, at('2026-11-24T10:00'));
    expect([local(slot.start), local(slot.end)]).toEqual([start, end]);
  });

  test('is the one before it on a weekend, and begins at local midnight of the first day', () => {
    const monday = at('2026-11-23T00:00');
    expect(workingWeekOf(MON_TO_FRI, BERLIN, monday - 1)).toEqual(
      workingWeekOf(MON_TO_FRI, BERLIN, at('2026-11-17T10:00')),
    );
    expect(workingWeekOf(MON_TO_FRI, BERLIN, monday).start).toBe(monday);
  });

  test('is as long as its local days through a clock change', () => {
    const slot = workingWeekOf(SUN_TO_THU, BERLIN, at('2026-10-27T10:00'));
    expect(slot.end - slot.start).toBe(5 * DAY + 60);
  });

  test('keeps its length when a holiday falls on its rim', () => {
    const slot = workingWeekOf(week([1, 2, 3, 4, 5], '2026-11-27'), BERLIN, at('2026-11-24T10:00'));
    expect(local(slot.end)).toBe('2026-11-28T00:00:00');
  });

  test('begins with a day that does not have a midnight at its first minute', () => {
    const slot = workingWeekOf(SUN_TO_THU, 'America/Santiago', at('2026-09-08T10:00', 'America/Santiago'));
    expect(local(slot.start, 'America/Santiago')).toBe('2026-09-06T01:00:00');
  });

  test('begins within the last seven days on one weekday, whatever the days and the zone', () => {
    const anyDays = fc.uniqueArray(fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7), { minLength: 1 });
    const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(
        anyDays,
        anyZone,
        fc.integer({ min: 27_000_000, max: 40_000_000 }),
        (days, zone, minute) => {
          const first = firstDayOfWeek(week(days), zone, minute);
          const today = dayOf(toWall(zone, minute));
          expect(days).toContain(weekdayOf(first));
          expect(today - first).toBeGreaterThanOrEqual(0);
          expect(today - first).toBeLessThan(7);
          expect(weekdayOf(firstDayOfWeek(week(days), zone, minute + 30 * DAY))).toBe(weekdayOf(first));
        },
      ),
    );
  });

  test('does not exist where nobody works on any day', () => {
    expect(() => workingWeekOf(week([]), BERLIN, 0)).toThrow(RangeError);
    expect(() => addWorkingDays(week([]), BERLIN, 0, 1)).toThrow(RangeError);
  });
});

test('a working day is a weekday of work and no holiday', () => {
  const berlin = week([1, 2, 3, 4, 5], '2026-12-25');
  expect(isWorkingDay(berlin, dayFromIso('2026-12-24'))).toBe(true);
  expect(isWorkingDay(berlin, dayFromIso('2026-12-25'))).toBe(false);
  expect(isWorkingDay(berlin, dayFromIso('2026-12-26'))).toBe(false);
});

describe('working days after a moment', () => {
  test.each([
    ['a midnight counts the day it begins', '2026-11-23T00:00', 1, '2026-11-24T00:00:00'],
    ['a day that has begun does not count', '2026-11-23T00:01', 1, '2026-11-25T00:00:00'],
    ['a weekend does not count', '2026-11-27T10:00', 2, '2026-12-02T00:00:00'],
  ])('%s', (_, from, n, end) => {
    expect(local(addWorkingDays(MON_TO_FRI, BERLIN, at(from), n))).toBe(end);
  });

  test('do not count holidays', () => {
    const christmas = week([1, 2, 3, 4, 5], '2026-12-25', '2026-12-28');
    expect(local(addWorkingDays(christmas, BERLIN, at('2026-12-24T09:00'), 1))).toBe('2026-12-30T00:00:00');
  });
});

test('an occurrence closes two working days after the end of its week', () => {
  const thisWeek = workingWeekOf(MON_TO_FRI, BERLIN, at('2026-11-24T10:00'));
  expect(local(closesAt(MON_TO_FRI, BERLIN, thisWeek))).toBe('2026-12-02T00:00:00');
  const christmas = week([1, 2, 3, 4, 5], '2026-12-25', '2026-12-28');
  const lastWeek = workingWeekOf(christmas, BERLIN, at('2026-12-22T10:00'));
  expect(local(closesAt(christmas, BERLIN, lastWeek))).toBe('2026-12-31T00:00:00');
});

describe('promise 5: a recovery is due', () => {
  const thisWeek = workingWeekOf(MON_TO_FRI, BERLIN, at('2026-11-24T10:00'));

  test.each([
    ['on Friday 18:00 of the week', '2026-11-24T10:00', '2026-11-27T18:00:00', 'this week'],
    ['on Friday while all of Friday is left', '2026-11-27T00:00', '2026-11-27T18:00:00', 'this week'],
    ['next Tuesday once Friday has begun', '2026-11-27T00:01', '2026-12-01T18:00:00', 'late window'],
    ['next Tuesday from the weekend', '2026-11-29T12:00', '2026-12-01T18:00:00', 'late window'],
    ['two working days on once Tuesday has begun', '2026-12-01T00:01', '2026-12-03T18:00:00', 'late window'],
    ['two working days on after weeks of silence', '2026-12-18T09:00', '2026-12-22T18:00:00', 'late window'],
  ])('%s', (_, now, dueBy, window) => {
    const due = recoveryDue(MON_TO_FRI, BERLIN, thisWeek, at(now));
    expect([local(due.dueBy), due.window]).toEqual([dueBy, window]);
  });

  test.each([
    [NEW_YORK, '2026-11-27T18:00:00'],
    ['Pacific/Kiritimati', '2026-11-27T18:00:00'],
    ['Pacific/Niue', '2026-11-27T18:00:00'],
  ])("on the rep's own Friday in %s", (zone, dueBy) => {
    const due = recoveryDue(MON_TO_FRI, zone, thisWeek, at('2026-11-24T10:00'));
    expect(local(due.dueBy, zone)).toBe(dueBy);
  });

  test('on the last day that is no holiday', () => {
    const bridge = week([1, 2, 3, 4, 5], '2026-11-27', '2026-11-30');
    expect(local(recoveryDue(bridge, BERLIN, thisWeek, at('2026-11-24T10:00')).dueBy)).toBe(
      '2026-11-26T18:00:00',
    );
    expect(local(recoveryDue(bridge, BERLIN, thisWeek, at('2026-11-26T10:00')).dueBy)).toBe(
      '2026-12-02T18:00:00',
    );
  });

  test('in the week after where all of the week is holiday', () => {
    const closed = week([1, 2, 3, 4, 5], ...['23', '24', '25', '26', '27'].map((day) => `2026-11-${day}`));
    expect(recoveryDue(closed, BERLIN, thisWeek, at('2026-11-23T00:00'))).toEqual({
      dueBy: at('2026-12-01T18:00'),
      window: 'late window',
    });
  });

  test('by Thursday where the week begins on Sunday, and next Monday when late', () => {
    const sunday = workingWeekOf(SUN_TO_THU, BERLIN, at('2026-11-24T10:00'));
    expect(local(recoveryDue(SUN_TO_THU, BERLIN, sunday, at('2026-11-24T10:00')).dueBy)).toBe(
      '2026-11-26T18:00:00',
    );
    expect(local(recoveryDue(SUN_TO_THU, BERLIN, sunday, at('2026-11-26T09:00')).dueBy)).toBe(
      '2026-11-30T18:00:00',
    );
  });

  test('always later than now, with at least one whole working day before it', () => {
    fc.assert(
      fc.property(fc.nat(40 * DAY), fc.constantFrom(BERLIN, NEW_YORK, 'Asia/Kolkata'), (after, zone) => {
        const now = thisWeek.start + after;
        const { dueBy } = recoveryDue(MON_TO_FRI, zone, thisWeek, now);
        expect(addWorkingDays(MON_TO_FRI, zone, now, 1)).toBeLessThanOrEqual(dueBy + 6 * 60);
      }),
    );
  });
});
