import { elsewhereText, fromField, minutesUntil, sameTimeOn, toField } from '../../zoom-app/look/times.ts';
import { periodOf, shifted } from '../../zoom-app/program/period.ts';
import { routeOf, tokenIn } from '../../zoom-app/program/routes.ts';

test.each([
  ['2026-11-24T11:00', 'Europe/Berlin', '2026-11-24T10:00:00.000Z'],
  ['2026-07-01T09:30', 'Asia/Kolkata', '2026-07-01T04:00:00.000Z'],
  ['2026-03-28T23:30', 'America/New_York', '2026-03-29T03:30:00.000Z'],
  ['2026-10-25T12:00', 'Europe/Berlin', '2026-10-25T11:00:00.000Z'],
])('%s on the clock of %s is %s, and back', (field, zone, instant) => {
  expect(fromField(field, zone)).toBe(instant);
  expect(toField(instant, zone)).toBe(field);
});

test('a date field that holds nothing names no time', () => {
  expect(fromField('', 'Europe/Berlin')).toBeNull();
});

test('a drag to another day keeps the time of day, also across a clock change', () => {
  const friday = '2026-10-23T09:00:00.000Z';
  expect(sameTimeOn('2026-10-26', friday, 'Europe/Berlin')).toBe('2026-10-26T10:00:00.000Z');
});

test('another clock is named only where it differs, with the day where that differs too', () => {
  const instant = '2026-11-24T22:30:00Z';
  expect(elsewhereText(instant, 'Europe/Paris', 'Europe/Berlin')).toBeNull();
  expect(elsewhereText(instant, 'Europe/Lisbon', 'Europe/Berlin')).toMatch(/^(22|10):30/);
  expect(elsewhereText(instant, 'Asia/Kolkata', 'Europe/Berlin')).toMatch(/25/);
});

test('minutes are counted within the hour only', () => {
  const now = Date.parse('2026-11-24T09:48:10Z');
  expect(minutesUntil('2026-11-24T10:00:00Z', now)).toBe(12);
  expect(minutesUntil('2026-11-24T11:00:00Z', now)).toBeNull();
  expect(minutesUntil('2026-11-24T09:00:00Z', now)).toBeNull();
});

test('the audit begins with whole weeks, and goes on by as many days as it shows', () => {
  const period = periodOf({ from: null, until: null }, Date.parse('2026-11-25T12:00:00Z'));
  expect(period).toEqual({ from: '2026-09-28', until: '2026-12-13' });
  expect(shifted(period, -1)).toEqual({ from: '2026-07-13', until: '2026-09-27' });
});

test.each([
  ['/', { page: 'home' }],
  ['/series/8f', { page: 'series', series: '8f' }],
  ['/audit?from=2026-10-05', { page: 'audit', from: '2026-10-05', until: null }],
  ['/series', { page: 'lost' }],
  ['/people/1', { page: 'lost' }],
])('%s leads to a page', (address, route) => {
  expect(routeOf(address)).toEqual(route);
});

test('a sign-in link carries its token in the fragment alone', () => {
  expect(tokenIn('#token=ab_c-1')).toBe('ab_c-1');
  expect(tokenIn('#main')).toBeNull();
});
