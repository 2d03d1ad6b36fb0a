import { ianaName, windowsName } from '../../src/calendars/microsoft/zones.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';
import { aSeries, at, readSeries, REF, slot, TITLE, TUESDAYS } from './a-series.ts';

describe('Outlook knows time zones by other names', () => {
  test.each([
    ['Europe/Berlin', 'W. Europe Standard Time'],
    ['Europe/Madrid', 'Romance Standard Time'],
    ['America/New_York', 'Eastern Standard Time'],
    ['Asia/Kolkata', 'India Standard Time'],
    ['Australia/Lord_Howe', 'Lord Howe Standard Time'],
    ['UTC', 'UTC'],
  ])('%s is %s there', (zone, name) => {
    expect(windowsName(zone)).toBe(name);
    expect(ianaName(name, zone)).toBe(zone);
  });

  test('a name that stands for many places is read as the place of the series', async () => {
    const world = new MicrosoftWorld();
    const rule = { ...TUESDAYS, zone: 'Europe/Madrid' };
    await world.calendar.placeSeries(REF, aSeries({ rule }), null);
    expect(world.person.find(TITLE).zone).toBe('Romance Standard Time');
    const { series } = await readSeries(world, [], { rule });
    expect(series).toMatchObject({ rule });
  });

  test('a zone without a Windows clock is refused in words, before anything is written', async () => {
    const world = new MicrosoftWorld();
    const rule = { ...TUESDAYS, zone: 'Antarctica/Troll' };
    await expect(world.calendar.placeSeries(REF, aSeries({ rule }), null)).rejects.toMatchObject({
      trouble: 'Conflict',
      message: expect.stringContaining('Antarctica/Troll'),
    });
    expect(world.fake.writes).toBe(0);
  });

  test('every IANA zone of this runtime has one with the same clock, or none', () => {
    const named = Intl.supportedValuesOf('timeZone').map((zone) => {
      try {
        return [zone, ianaName(windowsName(zone), zone)];
      } catch {
        return [zone, zone];
      }
    });
    for (const [zone, back] of named) expect(back).toBe(zone);
  });

  test('a series is written in its own zone and never in UTC, so that it follows the clocks', async () => {
    const world = new MicrosoftWorld();
    await world.calendar.placeSeries(REF, aSeries(), null);
    expect(world.person.find(TITLE).recurrence!.range).toMatchObject({
      startDate: '2026-11-24',
      recurrenceTimeZone: 'W. Europe Standard Time',
    });
    const after = at('2027-03-30T10:00');
    const { occurrences } = await readSeries(world, [after]);
    expect(occurrences.get(after)).toMatchObject({ slot: slot('2027-03-30T10:00') });
  });
});
