import { aSeries, anOccurrence, at, REF, slot, TAG } from './a-series.ts';
import type { Server, World } from './world.ts';

const EVERYTHING = { series: null, tags: [] };
const WEEK = slot('2026-11-30T00:00', 7 * 1440);

export function busyContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  describe('busy time', () => {
    let world: World;
    let count = 0;
    beforeEach(async () => {
      world = await makeWorld();
    });
    const add = (...lines: string[]) => {
      const uid = `foreign-${++count}`;
      return world.person.add(`${uid}.ics`, foreignEvent(uid, lines));
    };
    const busy = async (except: { series: string | null; tags: string[] } = EVERYTHING, window = WEEK) => [
      ...(await world.calendar.busy(window, except)),
    ];

    test('is what stands in the window, merged and sorted', async () => {
      await add('DTSTART:20261203T080000Z', 'DTEND:20261203T090000Z');
      await add('DTSTART:20261201T120000Z', 'DURATION:PT1H');
      await add('DTSTART:20261201T123000Z', 'DTEND:20261201T140000Z');
      await add('DTSTART:20270201T123000Z', 'DTEND:20270201T140000Z');
      expect(await busy()).toEqual([
        ...times('2026-12-01T13:00', '2026-12-01T15:00'),
        ...times('2026-12-03T09:00', '2026-12-03T10:00'),
      ]);
    });

    test('leaves out what is free, cancelled, or declined by the owner', async () => {
      await add('DTSTART:20261201T080000Z', 'DTEND:20261201T090000Z', 'TRANSP:TRANSPARENT');
      await add('DTSTART:20261201T100000Z', 'DTEND:20261201T110000Z', 'STATUS:CANCELLED');
      await add(
        'DTSTART:20261201T120000Z',
        'DTEND:20261201T130000Z',
        'ORGANIZER:mailto:boss@example.com',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:ANA@example.com',
      );
      expect(await busy()).toEqual([]);
    });

    test('counts whole days in the calendar’s own zone', async () => {
      await add('DTSTART;VALUE=DATE:20261202', 'DTEND;VALUE=DATE:20261204');
      expect(await busy()).toEqual(times('2026-12-02T00:00', '2026-12-04T00:00'));
    });

    test('expands foreign rules with their exceptions', async () => {
      await add(
        'DTSTART;TZID=Europe/Berlin:20200106T090000',
        'DURATION:PT15M',
        'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR',
        'EXDATE;TZID=Europe/Berlin:20261202T090000',
      );
      expect(await busy()).toEqual([
        ...times('2026-11-30T09:00', '2026-11-30T09:15'),
        ...times('2026-12-04T09:00', '2026-12-04T09:15'),
      ]);
    });

    test('follows a foreign zone that only its VTIMEZONE explains', async () => {
      const uid = `foreign-${++count}`;
      const lines = ['DTSTART;TZID=Somewhere Standard Time:20261201T090000', 'DURATION:PT1H'];
      await world.person.add(`${uid}.ics`, foreignEvent(uid, lines, SOMEWHERE));
      expect(await busy()).toEqual([at('2026-12-01T05:30', 'UTC'), at('2026-12-01T06:30', 'UTC')]);
    });

    inFiles(
      'of a rule that cannot be expanded is its time of day, every day, and the rest is read',
      async () => {
        await add('DTSTART:20241030T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTHDAY=-1,-2');
        await add('DTSTART:20261130T120000Z', 'DURATION:PT1H');
        const found = await busy(EVERYTHING, slot('2026-11-30T00:00', 1440));
        expect(found).toEqual([
          ...times('2026-11-30T10:00', '2026-11-30T11:00'),
          ...times('2026-11-30T13:00', '2026-11-30T14:00'),
        ]);
      },
    );

    test('leaves out the events that are about to be placed anew, and only those', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.calendar.placeSeparate(TAG, anOccurrence(slot('2026-12-03T16:00')), null);
      expect(await busy({ series: REF.series, tags: [TAG] })).toEqual([]);
      expect(await busy({ series: REF.series, tags: [] })).toEqual(
        times('2026-12-03T16:00', '2026-12-03T16:30'),
      );
      expect(await busy({ series: null, tags: [TAG] })).toEqual(
        times('2026-12-01T10:00', '2026-12-01T10:30'),
      );
    });

    test('shows a moved occurrence where it went', async () => {
      const { version } = await world.calendar.placeSeries(REF, aSeries(), null);
      const start = at('2026-12-08T10:00');
      await world.calendar.placeOccurrence(REF, start, anOccurrence(slot('2026-12-04T08:00')), version);
      expect(await busy()).toEqual([
        ...times('2026-12-01T10:00', '2026-12-01T10:30'),
        ...times('2026-12-04T08:00', '2026-12-04T08:30'),
      ]);
    });
  });
}

function times(from: string, until: string): number[] {
  return [at(from), at(until)];
}

export function foreignEvent(
  uid: string,
  lines: readonly string[],
  timezone: readonly string[] = [],
): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Somebody//Else//EN',
    ...timezone,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20261101T000000Z',
    `SUMMARY:${uid}`,
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const SOMEWHERE = [
  'BEGIN:VTIMEZONE',
  'TZID:Somewhere Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T000000',
  'TZOFFSETFROM:+0330',
  'TZOFFSETTO:+0330',
  'END:STANDARD',
  'END:VTIMEZONE',
];
