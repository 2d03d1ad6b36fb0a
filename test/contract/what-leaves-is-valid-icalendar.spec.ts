import ICAL from 'ical.js';
import { writeFeed } from '../../src/calendars/builtin/write-feed.ts';
import { newSeries } from '../../src/calendars/icalendar/edit-series.ts';
import { seriesRequest } from '../../src/calendars/mail/imip.ts';
import { problemsOf } from '../support/strict-icalendar.ts';
import { anOccurrence, aSeries, NOW, REF, slot } from './a-series.ts';

const TITLES = [
  ['emoji joined from many characters', '🏋️‍♀️'.repeat(40)],
  ['everything that is escaped', 'Zoë; "O\'Neil", back\\slash\nline: '.repeat(9)],
  ['letters of two octets', 'ü'.repeat(200)],
  ['a character on the edge of a line', `${'a'.repeat(66)}😀😀`],
] as const;
const ZONES = ['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'Africa/Casablanca', 'Pacific/Apia'];
const INVITATION = {
  organiser: { name: 'A, "b"; ü^', email: 'ana@example.com' },
  attendee: { name: '😀:;,', email: 'bo@example.com' },
};

describe('what leaves as iCalendar is valid', () => {
  test.each(TITLES)('in a feed, with %s in the title', (_, title) => {
    for (const zone of ZONES) {
      const feed = writeFeed([newSeries(REF, series(title, zone), NOW)], { zone, year: 2026 });
      expect(problemsOf(feed)).toEqual([]);
      const event = ICAL.Component.fromString(feed).getFirstSubcomponent('vevent')!;
      expect(event.getFirstPropertyValue('summary')).toBe(title);
    }
  });

  test.each(TITLES)('in an invitation with exceptions, with %s in the title', (_, title) => {
    for (const zone of ZONES) {
      const moved = anOccurrence(slot('2026-12-02T10:00', 30, zone));
      const exceptions = new Map([
        [slot('2026-12-01T10:00', 30, zone).start, moved],
        [slot('2026-12-08T10:00', 30, zone).start, null],
      ]);
      for (const to of ['rep', 'manager'] as const) {
        const stamp = { to, sequence: 2, now: NOW, sender: 'perennial@acme.test' };
        expect(problemsOf(seriesRequest(REF, series(title, zone), exceptions, stamp).ics)).toEqual([]);
      }
    }
  });

  test('in a feed without any meeting', () => {
    for (const zone of ZONES) expect(problemsOf(writeFeed([], { zone, year: 2026 }))).toEqual([]);
  });
});

describe('the validator notices', () => {
  const valid = writeFeed([newSeries(REF, series('Title', 'Europe/Berlin'), NOW)], {
    zone: 'UTC',
    year: 2026,
  });

  test.each([
    ['a bare line feed', (ics: string) => ics.replace('\r\nSUMMARY', '\nSUMMARY')],
    ['a line that is too long', (ics: string) => ics.replace('SUMMARY:', `SUMMARY:${'x'.repeat(80)}`)],
    ['a missing stamp', (ics: string) => ics.replace(/DTSTAMP:.*\r\n/, '')],
    ['a second UID', (ics: string) => ics.replace('SUMMARY:', 'UID:other\r\nSUMMARY:')],
    ['a zone that nothing explains', (ics: string) => ics.replace('TZID:Europe/Berlin', 'TZID:Europe/Paris')],
    ['an unescaped comma', (ics: string) => ics.replace('SUMMARY:Title', 'SUMMARY:One, two')],
    ['an end before its start', (ics: string) => ics.replace(/(DTEND;.*:)\d{8}/, '$120260101')],
    [
      'a guest in a published event',
      (ics: string) => ics.replace('SUMMARY:', 'ATTENDEE:mailto:a@b.c\r\nSUMMARY:'),
    ],
    ['a component that does not end', (ics: string) => ics.replace('END:VEVENT\r\n', '')],
  ])('%s', (_, spoil) => {
    expect(problemsOf(valid)).toEqual([]);
    expect(problemsOf(spoil(valid))).not.toEqual([]);
  });
});

function series(title: string, zone: string) {
  const plain = aSeries();
  return aSeries({ title, invitation: INVITATION, rule: { ...plain.rule, zone } });
}
