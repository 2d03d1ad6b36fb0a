import fc from 'fast-check';
import ICAL from 'ical.js';
import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import {
  separateUid,
  seriesOf,
  seriesUid,
  whose,
  whoseName,
  nameOf,
} from '../../src/calendars/icalendar/identity.ts';
import { vtimezone } from '../../src/calendars/icalendar/timezone.ts';
import { CalendarClient } from '../support/calendar-client.ts';
import { MemoryResources } from '../support/memory-resources.ts';
import {
  aSeries,
  anOccurrence,
  at,
  NOW,
  readSeries,
  REF,
  REP,
  slot,
  slotOf,
  TITLE,
  TUESDAYS,
  versionOf,
} from './a-series.ts';

const START = at('2026-12-01T10:00');

describe('an event that people and other clients edit too', () => {
  let calendar: IcalendarCalendar;
  let person: CalendarClient;
  let resources: MemoryResources;
  beforeEach(async () => {
    resources = new MemoryResources();
    calendar = new IcalendarCalendar(resources, { zone: 'Europe/Berlin', emails: [] }, () => NOW);
    person = new CalendarClient(resources.raw);
    await calendar.placeSeries(REF, aSeries(), null);
  });
  const rewrite = async (change: (ics: string) => string) =>
    person.overwrite(TITLE, change(await person.ics(TITLE)));
  const lines = async () => (await person.ics(TITLE)).replace(/\r?\n[ \t]/g, '').split('\r\n');

  test('keeps alarms, other people’s overrides and unknown components through our edits', async () => {
    await person.drag(TITLE, '2026-12-15T10:00', '2026-12-16T11:00');
    const alarm = 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nX-WR-ALARMUID:77\r\nEND:VALARM\r\n';
    await rewrite((ics) => ics.replace('END:VEVENT\r\n', `${alarm}END:VEVENT\r\n`));
    await rewrite((ics) =>
      ics.replace('END:VCALENDAR', 'BEGIN:X-NOTE\r\nX-A;X-P="q;r":1\r\nEND:X-NOTE\r\nEND:VCALENDAR'),
    );
    const before = await lines();
    await calendar.placeOccurrence(
      REF,
      START,
      anOccurrence(slot('2026-12-02T15:00')),
      await versionOf({ calendar }),
    );
    await calendar.withdrawOccurrence(REF, at('2026-12-08T10:00'), await versionOf({ calendar }));
    const after = await lines();
    const changing = /^(SEQUENCE|DTSTAMP|LAST-MODIFIED)/;
    for (const line of before.filter((one) => !changing.test(one))) expect(after).toContain(line);
    expect(await slotOf({ calendar }, at('2026-12-15T10:00'))).toEqual(slot('2026-12-16T11:00'));
  });

  test('never leaves an override below the SEQUENCE of its series', async () => {
    await calendar.placeOccurrence(
      REF,
      START,
      anOccurrence(slot('2026-12-02T15:00')),
      await versionOf({ calendar }),
    );
    for (const minutes of [40, 50, 60]) {
      await calendar.placeSeries(REF, aSeries({ minutes }), await versionOf({ calendar }));
    }
    const [series, override] = (await lines())
      .filter((line) => line.startsWith('SEQUENCE:'))
      .map((line) => +line.slice(9));
    expect(series).toBe(3);
    expect(override).toBeGreaterThanOrEqual(series!);
  });

  test.each([
    [
      'a Windows name',
      'W. Europe Standard Time',
      (ics: string) => ics.replace(/X-LIC-LOCATION[^\r]*\r\n/, ''),
    ],
    ['a vendor’s path', '/freeassociation.sourceforge.net/Europe/Berlin', (ics: string) => ics],
  ])(
    'whose zone got %s still stands by the same rule, and exceptions take that name',
    async (_, tzid, strip) => {
      await rewrite((ics) =>
        strip(
          ics.replaceAll('TZID=Europe/Berlin', `TZID=${tzid}`).replace('TZID:Europe/Berlin', `TZID:${tzid}`),
        ),
      );
      const { series } = await readSeries({ calendar }, [START]);
      expect(series).toMatchObject({ rule: TUESDAYS });
      await calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-02T15:00')),
        await versionOf({ calendar }),
      );
      expect(await slotOf({ calendar }, START)).toEqual(slot('2026-12-02T15:00'));
      expect(await lines()).toContain(`RECURRENCE-ID;TZID=${tzid}:20261201T100000`);
    },
  );

  test.each([
    ['a UTC date', 'EXDATE:20261201T090000Z'],
    ['a whole day', 'EXDATE;VALUE=DATE:20261201'],
    ['another zone', 'EXDATE;TZID=America/New_York:20261201T040000'],
    ['a list', 'EXDATE;TZID=Europe/Berlin:20261208T100000,20261201T100000'],
  ])('knows a deletion that a client wrote as %s, and takes it back', async (_, exdate) => {
    await rewrite((ics) => ics.replace('END:VEVENT', `${exdate}\r\nEND:VEVENT`));
    expect(await slotOf({ calendar }, START)).toBeNull();
    await calendar.placeOccurrence(
      REF,
      START,
      anOccurrence(slot('2026-12-01T10:00')),
      await versionOf({ calendar }),
    );
    expect(await slotOf({ calendar }, START)).toEqual(slot('2026-12-01T10:00'));
  });

  test.each([
    ['COUNT', 'RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2'],
    ['a day', 'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201'],
    ['a moment', 'RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T090000Z'],
  ])('knows an end that a client wrote as %s', async (_, rrule) => {
    await rewrite((ics) => ics.replace(/RRULE:FREQ=WEEKLY;BYDAY=TU/, rrule));
    const seen = await readSeries({ calendar }, [START, at('2026-12-08T10:00')]);
    expect([...seen.occurrences.values()].map(({ kind }) => kind)).toEqual(['stands', 'gone']);
  });

  test('that lost its rule altogether is a series of one meeting', async () => {
    await rewrite((ics) => ics.replace(/RRULE:FREQ=WEEKLY[^\r]*\r\n/, ''));
    const seen = await readSeries({ calendar }, [at('2026-11-24T10:00'), START]);
    expect(seen.series).toMatchObject({ rule: TUESDAYS, endsBefore: at('2026-11-24T10:00') + 1 });
    expect([...seen.occurrences.values()].map(({ kind }) => kind)).toEqual(['stands', 'gone']);
  });

  test('changed from one meeting on by a single exception is a question', async () => {
    await person.drag(TITLE, '2026-12-08T10:00', '2026-12-09T14:00');
    await rewrite((ics) => ics.replace('RECURRENCE-ID;', 'RECURRENCE-ID;RANGE=THISANDFUTURE;'));
    const seen = await calendar.read({ series: { ...REF, rule: TUESDAYS }, starts: [], separate: [] });
    expect(seen).toEqual({ kind: 'unreadable', because: expect.stringMatching(/split/) });
  });

  test('takes its exceptions along when a dragged anchor is put back', async () => {
    await person.dragSeries(TITLE, '2026-11-26T15:00', 'FREQ=WEEKLY;BYDAY=TH');
    await person.deleteOccurrence(TITLE, '2026-12-10T15:00');
    await person.drag(TITLE, '2026-12-17T15:00', '2026-12-18T08:00');
    await calendar.placeSeries(REF, aSeries(), await versionOf({ calendar }));
    expect(await slotOf({ calendar }, at('2026-12-08T10:00'))).toBeNull();
    expect(await slotOf({ calendar }, at('2026-12-15T10:00'))).toEqual(slot('2026-12-18T08:00'));
    expect(await slotOf({ calendar }, at('2026-12-22T10:00'))).toEqual(slot('2026-12-22T10:00'));
  });

  test('matches a dragged anchor by the working week, wherever that begins', async () => {
    await person.dragSeries(TITLE, '2026-11-22T15:00', 'FREQ=WEEKLY;BYDAY=SU');
    const request = { series: { ...REF, rule: TUESDAYS }, starts: [START], separate: [] };
    const slotWith = async (firstWeekday: 1 | 7) => {
      const seen = await calendar.read({ ...request, firstWeekday });
      return seen.kind === 'complete' ? seen.occurrences.get(START) : null;
    };
    expect(await slotWith(7)).toMatchObject({ slot: slot('2026-11-29T15:00') });
    expect(await slotWith(1)).toMatchObject({ slot: slot('2026-12-06T15:00') });
  });

  test('changes rich text that a client keeps beside the notes together with them', async () => {
    await person.touch(TITLE, null, (event) => {
      const html = `<b>Mine</b><p>${String(event.getFirstPropertyValue('description')).replaceAll('\n', '<br>')}</p>`;
      event
        .getFirstProperty('description')!
        .setParameter('altrep', `data:text/html,${encodeURIComponent(html)}`);
    });
    const block = { text: 'A new agenda', html: '<p>A new agenda</p>' };
    await calendar.placeSeries(REF, aSeries({ block }), await versionOf({ calendar }));
    const altrep = /ALTREP="([^"]*)"/.exec(
      (await lines()).find((line) => line.startsWith('DESCRIPTION'))!,
    )![1]!;
    const html = decodeURIComponent(altrep);
    expect(html).toContain('<b>Mine</b>');
    expect(html).toContain('A new agenda');
    expect(html).not.toContain('went well');
  });

  test('does not bring back an HTML twin that a client dropped', async () => {
    await rewrite((ics) => ics.replace(/X-ALT-DESC[^\r]*(\r\n [^\r]*)*\r\n/, ''));
    await calendar.placeSeries(
      REF,
      aSeries({ block: { text: 'New', html: '<p>New</p>' } }),
      await versionOf({ calendar }),
    );
    expect(await person.ics(TITLE)).not.toContain('X-ALT-DESC');
  });

  test('with several guests and no mark of the rep guesses nobody’s answer', async () => {
    await person.touch(TITLE, null, (event) => {
      event.removeAllProperties('x-perennial-rep');
      event.addPropertyWithValue('attendee', 'mailto:guest@example.com').setParameter('partstat', 'DECLINED');
    });
    await person.answer(TITLE, '2026-12-01T10:00', REP, 'DECLINED');
    const seen = await readSeries({ calendar }, [START]);
    expect(seen.occurrences.get(START)).toMatchObject({ repAnswers: 'none' });
  });

  test('is complete or unreadable, never an exception, whatever happens to its lines', async () => {
    const original = await person.ics(TITLE);
    const count = original.split('\r\n').length;
    const damage = fc.array(fc.tuple(fc.nat(count - 1), fc.nat(40), fc.string({ maxLength: 8 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (edits) => {
        const damaged = original.split('\r\n');
        for (const [line, column, text] of edits) {
          const old = damaged[line]!;
          damaged[line] = text === '' ? '' : old.slice(0, column) + text + old.slice(column + text.length);
        }
        await resources.raw.put(nameOf(seriesUid(REF)), damaged.join('\r\n'));
        const seen = await calendar.read({
          series: { ...REF, rule: TUESDAYS },
          starts: [START],
          separate: [],
        });
        expect(['complete', 'unreadable']).toContain(seen.kind);
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });
});

test('identities can be read back from UIDs and names, whatever our ids are made of', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), (id, copy) => {
      const clean = id.toWellFormed();
      expect(whose(seriesUid({ series: clean, copy }))).toEqual({ kind: 'series', series: clean, copy });
      expect(whoseName(nameOf(separateUid(clean)))).toEqual({ kind: 'separate', tag: clean });
      expect(nameOf(separateUid(clean))).toMatch(/^[A-Za-z0-9_.-]+$/);
    }),
  );
  expect(seriesOf({ kind: 'separate', tag: 'abc/recovery/1@5' })).toBe('abc');
  expect(whose('somebody-elses-uid')).toBeNull();
});

test('a VTIMEZONE tells the same time as Temporal, in every zone, summer and winter, for ten years', () => {
  const wrong: string[] = [];
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const timezone = new ICAL.Timezone({ component: vtimezone(zone, 2026), tzid: zone });
    for (let month = 0; month < 120; month++) {
      const at = new Temporal.PlainDateTime(2026, 1, 15, 12).add({ months: month });
      const time = ICAL.Time.fromDateTimeString(at.toString({ smallestUnit: 'second' }));
      time.zone = timezone;
      const told = time.utcOffset();
      const truth = at.toZonedDateTime(zone).offsetNanoseconds / 1e9;
      if (told !== truth) wrong.push(`${zone} ${at.toString()}: ${told} instead of ${truth}`);
    }
  }
  expect(wrong).toEqual([]);
});
