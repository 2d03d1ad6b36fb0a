import { minuteFromIso } from '../../src/domain/minute.ts';
import { clock, when, whenForBoth } from '../../src/domain/words.ts';

const MORNING = minuteFromIso('2026-11-24T10:00Z');

describe('times in sentences', () => {
  it('carry their weekday, on the clock of a zone', () => {
    expect(when('Europe/Berlin', MORNING)).toBe('Tuesday 24 Nov, 11:00');
    expect(when('Asia/Kolkata', MORNING)).toBe('Tuesday 24 Nov, 15:30');
    expect(clock(-1)).toBe('23:59');
  });

  it('are said once where both clocks agree', () => {
    const zones = ['Europe/Berlin', 'Europe/Paris'];
    expect(whenForBoth('Europe/Berlin', zones, MORNING)).toBe('Tuesday 24 Nov, 11:00');
  });

  it('are said on both clocks where they differ', () => {
    const zones = ['Europe/Berlin', 'America/Argentina/Buenos_Aires'];
    const said = 'Tuesday 24 Nov, 11:00 in Berlin (07:00 in Buenos Aires)';
    expect(whenForBoth('Europe/Berlin', zones, MORNING)).toBe(said);
  });

  it('carry the other weekday where the day differs too', () => {
    const late = minuteFromIso('2026-11-24T23:00Z');
    const said = 'Tuesday 24 Nov, 15:00 in Los Angeles (Wednesday 25 Nov, 10:00 in Sydney)';
    expect(whenForBoth('America/Los_Angeles', ['America/Los_Angeles', 'Australia/Sydney'], late)).toBe(said);
  });

  it('are said once in summer and twice in winter where only one side changes its clock', () => {
    const zones = ['Africa/Lagos', 'Europe/London'];
    const said = (iso: string) => whenForBoth('Europe/London', zones, minuteFromIso(iso));
    expect(said('2026-07-07T09:00Z')).toBe('Tuesday 7 Jul, 10:00');
    expect(said('2026-11-24T10:00Z')).toBe('Tuesday 24 Nov, 10:00 in London (11:00 in Lagos)');
  });
});
