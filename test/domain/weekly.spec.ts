import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { DAY, dayFromIso, minuteFromIso, weekdayOf } from '../../src/domain/minute.ts';
import { sameRule, startInWeekOf, startOf, startsBetween } from '../../src/domain/weekly.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';
import { runAt } from '../../src/domain/zone.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const WEEKS = 60;
const SPRING_2026 = minuteFromIso('2026-02-15T00:00Z');

// The same cases on every run.
fc.configureGlobal({ seed: 44 });

function rule(zone: string, firstDay: number, minuteOfDay: number, everyWeeks = 1): WeeklyRule {
  return { zone, weekday: weekdayOf(firstDay), minuteOfDay, everyWeeks, firstDay };
}

function firstOf({ firstDay, minuteOfDay }: WeeklyRule): Temporal.PlainDateTime {
  return new Temporal.PlainDateTime(1970, 1, 1).add({ days: firstDay, minutes: minuteOfDay });
}

function byTemporal(of: WeeklyRule, n: number): number {
  const wall = firstOf(of).add({ weeks: n * of.everyWeeks });
  return wall.toZonedDateTime(of.zone, { disambiguation: 'compatible' }).epochMilliseconds / 60_000;
}

/** Wall minutes inside the gaps and overlaps of a zone's next two clock changes. */
function oddWalls(zone: string): number[] {
  const walls: number[] = [];
  for (let at = SPRING_2026; walls.length < 2;) {
    const { offset, until } = runAt(zone, at);
    if (until === Infinity) break;
    const after = runAt(zone, until).offset;
    walls.push(until + ((offset + after) >> 1));
    at = until;
  }
  return walls;
}

const anyRule = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    firstDay: fc.integer({ min: dayFromIso('2020-01-01'), max: dayFromIso('2035-12-31') }),
    minuteOfDay: fc.integer({ min: 0, max: DAY - 1 }),
    everyWeeks: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ zone, firstDay, minuteOfDay, everyWeeks }) => rule(zone, firstDay, minuteOfDay, everyWeeks));

test('a series keeps its wall clock in every zone, on every weekday, through gap and overlap', () => {
  const wrong: string[] = [];
  for (const zone of ZONES) {
    for (const wall of oddWalls(zone)) {
      for (let weekday = 0; weekday < 7; weekday++) {
        const day = Math.floor(wall / DAY) + weekday - 30 * 7;
        const odd = rule(zone, day, ((wall % DAY) + DAY) % DAY);
        const starts = startsBetween(odd, -Infinity, startOf(odd, WEEKS));
        if (starts.length !== WEEKS) wrong.push(`${zone} ${starts.length}`);
        starts.forEach((start, n) => {
          if (start !== byTemporal(odd, n)) wrong.push(`${zone} ${firstOf(odd)} week ${n}`);
        });
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('a recurrence engine of its own agrees wherever the wall time exists', () => {
  const wrong = ZONES.filter((zone, i) => {
    const ordinary = rule(zone, dayFromIso('2026-01-05') + (i % 7), 12 * 60 + (i % 60), 1 + (i % 3));
    const theirs = new RRuleTemporal({
      freq: 'WEEKLY',
      interval: ordinary.everyWeeks,
      count: 30,
      dtstart: firstOf(ordinary).toZonedDateTime(zone),
    }).all();
    return theirs.some((start, n) => start.epochMilliseconds / 60_000 !== startOf(ordinary, n));
  });
  expect(wrong).toEqual([]);
});

test('all starts of a stretch are found, each once, in order', () => {
  fc.assert(
    fc.property(
      anyRule,
      fc.integer({ min: -40, max: 120 }),
      fc.integer({ min: -10, max: 400 }),
      (any, weeks, days) => {
        const from = (any.firstDay + weeks * 7) * DAY + 77;
        const until = from + days * DAY;
        const expected: number[] = [];
        for (let n = 0; n < 200; n++) {
          const start = byTemporal(any, n);
          if (from <= start && start < until) expected.push(start);
        }
        expect(startsBetween(any, from, until)).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});

test('a stretch includes a start on its first minute and not one on its last', () => {
  const tuesday = rule('Europe/Berlin', dayFromIso('2026-11-24'), 600);
  const [start, next] = [startOf(tuesday, 0), startOf(tuesday, 1)];
  expect(startsBetween(tuesday, start, next)).toEqual([start]);
  expect(startsBetween(tuesday, start + 1, next)).toEqual([]);
});

test('a meeting on a day that a zone skipped is owed on the day after, once', () => {
  const friday = rule('Pacific/Apia', dayFromIso('2011-12-23'), 600);
  const newYear = minuteFromIso('2012-01-01T00:00Z');
  expect(startsBetween(friday, startOf(friday, 0) + 1, newYear)).toEqual([
    minuteFromIso('2011-12-30T20:00Z'),
  ]);
});

test('every start is found again in its own week', () => {
  fc.assert(
    fc.property(anyRule, fc.nat(100), fc.nat(6), (any, n, back) => {
      const weekOf = any.firstDay + n * 7 * any.everyWeeks - back;
      expect(startInWeekOf(any, weekOf)).toBe(startOf(any, n));
    }),
  );
});

test('a skipped week and the weeks before the first meeting have no start', () => {
  const fortnightly = rule('Europe/Berlin', dayFromIso('2026-11-24'), 600, 2);
  const monday = dayFromIso('2026-11-23');
  expect(startInWeekOf(fortnightly, monday + 7)).toBeNull();
  expect(startInWeekOf(fortnightly, monday - 14)).toBeNull();
});

test('two rules are the same where they meet at the same times', () => {
  const fortnightly = rule('Europe/Berlin', dayFromIso('2026-11-24'), 600, 2);
  expect(sameRule(fortnightly, { ...fortnightly, firstDay: fortnightly.firstDay + 28 })).toBe(true);
  expect(sameRule(fortnightly, { ...fortnightly, firstDay: fortnightly.firstDay + 7 })).toBe(false);
  expect(sameRule(fortnightly, { ...fortnightly, zone: 'Europe/Paris' })).toBe(false);
  expect(sameRule(fortnightly, { ...fortnightly, minuteOfDay: 615 })).toBe(false);
  expect(sameRule(fortnightly, { ...fortnightly, everyWeeks: 1 })).toBe(false);
});
