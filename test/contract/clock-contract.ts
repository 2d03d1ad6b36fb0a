import { dayFromIso, weekdayOf } from '../../src/domain/minute.ts';
import { startInWeekOf } from '../../src/domain/weekly.ts';
import {
  aSeries,
  anOccurrence,
  at,
  occurrence,
  readSeries,
  REF,
  slot,
  slotOf,
  TITLE,
  versionOf,
} from './a-series.ts';
import type { Server, World } from './world.ts';

/** Each zone with the Tuesdays before and after a clock change, or just two Tuesdays. */
const ZONES = [
  ['Europe/Berlin', '2027-03-23', '2027-03-30'],
  ['America/New_York', '2027-03-09', '2027-03-16'],
  ['Australia/Lord_Howe', '2027-03-30', '2027-04-06'],
  ['Asia/Kolkata', '2027-03-23', '2027-03-30'],
] as const;

export function clockContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  describe('clocks', () => {
    let world: World;
    beforeEach(async () => {
      world = await makeWorld();
    });

    test.each(ZONES)('in %s keep the wall time across a change', async (zone, before, after) => {
      const rule = ruleOn('2026-11-24', zone);
      await world.calendar.placeSeries(REF, aSeries({ rule }), null);
      const starts = [at(`${before}T10:00`, zone), at(`${after}T10:00`, zone)];
      const seen = await readSeries(world, starts, { rule });
      expect(seen.series).toMatchObject({ rule });
      for (const start of starts) {
        expect(seen.occurrences.get(start)).toMatchObject({ slot: { start, end: start + 30 } });
        const busy = await world.calendar.busy(
          { start: start - 300, end: start + 300 },
          { series: null, tags: [] },
        );
        expect([...busy]).toEqual([start, start + 30]);
      }
    });

    test.each(ZONES)(
      'in %s let an occurrence after a change be deleted and come back',
      async (zone, _, after) => {
        const rule = ruleOn('2026-11-24', zone);
        await world.calendar.placeSeries(REF, aSeries({ rule }), null);
        await world.person.deleteOccurrence(TITLE, `${after}T10:00`);
        const start = at(`${after}T10:00`, zone);
        expect(await slotOf(world, start, rule)).toBeNull();
        const to = slot(`${after}T16:00`, 30, zone);
        await world.calendar.placeOccurrence(REF, start, anOccurrence(to), await versionOf(world));
        expect(await slotOf(world, start, rule)).toEqual(to);
        const ics = await world.files?.ics(TITLE);
        if (ics) expect(ics).toContain(`RECURRENCE-ID;TZID=${zone}:${after.replaceAll('-', '')}T100000`);
      },
    );

    test('that skip 02:30 let the meeting of that night start after the gap, deleted and back', async () => {
      const rule = { ...ruleOn('2027-03-21', 'Europe/Berlin'), minuteOfDay: 150 };
      await world.calendar.placeSeries(REF, aSeries({ rule }), null);
      const start = at('2027-03-28T03:30');
      expect(startInWeekOf(rule, dayFromIso('2027-03-22'))).toBe(start);
      expect(await slotOf(world, start, rule)).toEqual({ start, end: start + 30 });
      await world.calendar.withdrawOccurrence(REF, start, await versionOf(world));
      const ics = await world.files?.ics(TITLE);
      if (ics) expect(ics).toContain('EXDATE;TZID=Europe/Berlin:20270328T023000');
      expect(await slotOf(world, start, rule)).toBeNull();
      await world.calendar.placeOccurrence(
        REF,
        start,
        anOccurrence({ start, end: start + 30 }),
        await versionOf(world),
      );
      expect(await slotOf(world, start, rule)).toEqual({ start, end: start + 30 });
    });

    test('that show 02:30 twice keep an occurrence in the hour that was meant', async () => {
      const rule = ruleOn('2026-10-20', 'Europe/Berlin');
      await world.calendar.placeSeries(REF, aSeries({ rule }), null);
      const start = at('2026-10-20T10:00');
      for (const instant of ['2026-10-25T00:30', '2026-10-25T01:30']) {
        const to = slot(instant, 30, 'UTC');
        await world.calendar.placeOccurrence(REF, start, anOccurrence(to), await versionOf(world));
        expect(await occurrence(world, start, rule)).toMatchObject({ slot: to });
      }
    });

    inFiles('name their zone with a VTIMEZONE before the event', async () => {
      await world.calendar.placeSeries(
        REF,
        aSeries({ rule: ruleOn('2026-11-24', 'America/New_York') }),
        null,
      );
      const ics = await world.files!.ics(TITLE);
      expect(ics.indexOf('BEGIN:VTIMEZONE')).toBeGreaterThan(0);
      expect(ics.indexOf('BEGIN:VTIMEZONE')).toBeLessThan(ics.indexOf('BEGIN:VEVENT'));
      expect(ics).toMatch(/RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU/);
      expect(ics).toMatch(/RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU/);
    });
  });
}

function ruleOn(first: string, zone: string) {
  const firstDay = dayFromIso(first);
  return { zone, weekday: weekdayOf(firstDay), minuteOfDay: 600, everyWeeks: 1, firstDay };
}
