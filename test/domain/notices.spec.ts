import { noticesFor } from '../../src/domain/notices.ts';
import type { Standing, Told } from '../../src/domain/notices.ts';
import { dayFromIso, minuteFromIso } from '../../src/domain/minute.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { slotAt } from '../../src/domain/slot.ts';

const NOW = minuteFromIso('2026-11-30T08:00Z');
const TUESDAY = minuteFromIso('2026-12-01T09:00Z');
const LAST_WEEK = minuteFromIso('2026-11-24T09:00Z');
const ELSEWHERE = slotAt(minuteFromIso('2026-12-03T14:00Z'), 30);

const STANDING: Standing = {
  guests: ['ana@example.com', 'bo@example.com'],
  copy: 1,
  rule: {
    zone: 'Europe/Berlin',
    weekday: 2,
    minuteOfDay: 600,
    everyWeeks: 1,
    firstDay: dayFromIso('2026-11-24'),
  },
  minutes: 30,
  endsBefore: null,
  exceptions: {},
  separate: {},
};
const told = (change: Partial<Told> = {}): Told => ({ ...STANDING, sequence: 3, ...change });
const notices = (before: Told | null, change: Partial<Standing> = {}, now: Minute = NOW) =>
  noticesFor(before, { ...STANDING, ...change }, now);

describe('what is told to the two people', () => {
  test('of a series that nobody heard of is all of it, and of one that they know nothing', () => {
    expect(notices(null)).toEqual([{ about: 'series', is: 'new' }]);
    expect(notices(told())).toEqual([]);
    expect(
      notices(told({ exceptions: { [TUESDAY]: ELSEWHERE } }), { exceptions: { [TUESDAY]: ELSEWHERE } }),
    ).toEqual([]);
  });

  test('is everything again where somebody has a new address', () => {
    expect(notices(told(), { guests: ['ana@example.com', 'bo@new.example'] })).toEqual([
      { about: 'series', is: 'new' },
    ]);
  });

  test('of a moved meeting is where it went, and of one back in its place where it was', () => {
    const exceptions = { [TUESDAY]: ELSEWHERE };
    expect(notices(told(), { exceptions })).toEqual([
      { about: 'occurrence', start: TUESDAY, slot: ELSEWHERE },
    ]);
    expect(notices(told({ exceptions }))).toEqual([
      { about: 'occurrence', start: TUESDAY, slot: slotAt(TUESDAY, 30) },
    ]);
  });

  test('of a meeting taken out is that, once, and that it is back', () => {
    const out = { [TUESDAY]: null };
    expect(notices(told(), { exceptions: out })).toEqual([{ about: 'withdrawn occurrence', start: TUESDAY }]);
    expect(notices(told({ exceptions: out }), { exceptions: out })).toEqual([]);
    expect(notices(told({ exceptions: out }))).toMatchObject([{ about: 'occurrence', start: TUESDAY }]);
  });

  test('of what has begun is nothing', () => {
    expect(notices(told({ exceptions: { [LAST_WEEK]: slotAt(LAST_WEEK + 60, 30) } }))).toEqual([]);
    expect(notices(told({ exceptions: { [LAST_WEEK]: null } }))).toEqual([]);
    expect(notices(told({ separate: { tag: slotAt(LAST_WEEK, 30) } }))).toEqual([]);
  });

  test('of a series that came back is that it replaces the old one', () => {
    expect(notices(told(), { copy: 2 })).toEqual([
      { about: 'withdrawn series', copy: 1, replaced: true },
      { about: 'series', is: 'new' },
    ]);
  });

  test('of a changed rule, length or end is the series with all its exceptions', () => {
    const change = [{ about: 'series', is: 'changed' }];
    const exceptions = { [TUESDAY]: ELSEWHERE };
    expect(notices(told(), { rule: { ...STANDING.rule, minuteOfDay: 660 }, exceptions })).toEqual(change);
    expect(notices(told(), { minutes: 45 })).toEqual(change);
    expect(notices(told(), { endsBefore: NOW })).toEqual(change);
  });

  test('of a series that ends before it began is that it does not take place', () => {
    expect(notices(told(), { endsBefore: LAST_WEEK })).toEqual([
      { about: 'withdrawn series', copy: 1, replaced: false },
    ]);
  });

  test('of a series that is over is nothing any more', () => {
    const over = { endsBefore: NOW };
    expect(notices(null, over)).toEqual([]);
    expect(notices(told(over), over, NOW + 1)).toEqual([]);
  });

  test('of a recovery is where it stands, where it went, and that it is gone', () => {
    const at = (slot: typeof ELSEWHERE) => ({ separate: { tag: slot } });
    const later = slotAt(ELSEWHERE.start + 60, 30);
    expect(notices(told(), at(ELSEWHERE))).toEqual([{ about: 'separate', tag: 'tag', slot: ELSEWHERE }]);
    expect(notices(told(at(ELSEWHERE)), at(later))).toEqual([{ about: 'separate', tag: 'tag', slot: later }]);
    expect(notices(told(at(ELSEWHERE)))).toEqual([
      { about: 'withdrawn separate', tag: 'tag', slot: ELSEWHERE },
    ]);
  });
});
