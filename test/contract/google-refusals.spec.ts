import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { FixedAccess } from '../support/free-calls.ts';
import { projectLimit, spamLimit, tooMany, userLimit } from '../support/google/faults.ts';
import { GoogleWorld, SCOPES } from '../support/google/google-world.ts';
import { Refusal } from '../support/google/refusal.ts';
import { aSeries, anOccurrence, at, REF, slot, versionOf } from './a-series.ts';

const NO = (reason: string) => new Refusal(403, reason, 'Forbidden');

describe('what Google refuses', () => {
  let world: GoogleWorld;
  beforeEach(() => {
    world = new GoogleWorld();
  });
  const trouble = (what: Refusal) => {
    world.fake.faults.next({ on: 'any', what });
    return world.calendar.changes(null).then(
      () => null,
      (error: unknown) => error as CalendarError,
    );
  };

  it.each([
    ['a quota of the calendar', userLimit(600), 'account', 600],
    ['a quota of the calendar without a number', userLimit(), 'account', 60],
    ['a quota of the project', projectLimit(30), 'project', 30],
    ['a rate that names no quota', NO('rateLimitExceeded'), 'account', 60],
    ['too many requests', tooMany(7), 'account', 7],
    ['the protection against spam', spamLimit(), 'mails', 3600],
    ['the day’s calls', NO('dailyLimitExceeded'), 'project', 21_600],
  ] as const)('%s closes what it concerns for as long as it says', async (_, what, limit, retryAfter) => {
    expect(await trouble(what)).toMatchObject({ trouble: 'RateLimited', limit, retryAfter });
  });

  it.each([
    ['insufficientPermissions', /tick all boxes/],
    ['domainPolicy', /domain/],
    ['notACalendarUser', /no calendar/],
    ['accessNotConfigured', /switched off/],
    ['forbidden', /does not let us/],
  ])('a closed door (%s) is told in words for its owner', async (reason, words) => {
    const refused = await trouble(NO(reason));
    expect(refused).toMatchObject({ trouble: 'AccessRevoked' });
    expect(refused!.message).toMatch(words);
  });

  it.each([
    [500, 'Unreachable'],
    [503, 'Unreachable'],
    [400, 'Unreachable'],
    [404, 'AccessRevoked'],
  ])('status %i is %s', async (status, word) => {
    expect(await trouble(new Refusal(status, 'whatever', 'Words of the vendor'))).toMatchObject({
      trouble: word,
    });
  });

  it('keeps tokens and event text out of its errors', async () => {
    world.fake.faults.next({ on: 'write', what: new Refusal(500, 'backendError', 'Backend Error') });
    const error = await world.calendar.placeSeries(REF, aSeries(), null).catch((caught: unknown) => caught);
    const told = JSON.stringify([error, (error as CalendarError).message, (error as CalendarError).cause]);
    expect(told).not.toMatch(/ya29|Bearer|Ana and Bo|went well/);
  });

  it('a token that ended early is replaced once', async () => {
    const given = world.fake.oauth.give('ana@example.com', SCOPES);
    const access = new FixedAccess('ya29.ended', async () => given);
    expect(await world.client(access).get('perennial0')).toBeNull();
    expect(world.fake.calls['events.get']).toBe(2);
  });

  it('an account that is refused with every token is not asked a third time', async () => {
    const access = new FixedAccess('ya29.ended', async () => 'ya29.ended-too');
    await expect(world.client(access).get('perennial0')).rejects.toMatchObject({ trouble: 'AccessRevoked' });
    expect(world.fake.calls['events.get']).toBe(2);
  });

  it('every call names the person whose quota it is, and not by name', async () => {
    await world.calendar.placeSeries(REF, aSeries(), null);
    await world.calendar.changes(null);
    expect([...world.fake.quotaUsers]).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/)]);
  });

  it('a minute’s quota is not written around: what is refused is refused whole', async () => {
    world.fake.unitsPerMinute = 3;
    await world.calendar.changes(null);
    await world.calendar.placeSeries(REF, aSeries(), null);
    const again = world.calendar.placeSeries(REF, aSeries({ minutes: 45 }), null);
    await expect(again).rejects.toMatchObject({ trouble: 'RateLimited', limit: 'account' });
    world.clock.advance(1);
    world.fake.unitsPerMinute = 600;
    expect(await world.person.titles()).toHaveLength(1);
  });

  it('busy time comes from free/busy where events may not be read', async () => {
    await world.calendar.placeSeries(REF, aSeries(), null);
    const email = 'ana@example.com';
    const access = new FixedAccess(world.fake.oauth.give(email, [SCOPES[1]!]));
    const busy = await world
      .open(access)
      .busy(slot('2026-11-30T00:00', 7 * 1440), { series: null, tags: [] });
    expect([...busy]).toEqual([at('2026-12-01T10:00'), at('2026-12-01T10:30')]);
  });

  it('guests are mailed for what moves, and for nothing else', async () => {
    const { mails } = world.primary.writer;
    await world.calendar.placeSeries(REF, aSeries(), null);
    const start = at('2026-12-01T10:00');
    const moved = anOccurrence(slot('2026-12-02T15:00'));
    await world.calendar.placeOccurrence(REF, start, moved, await versionOf(world));
    const reason = anOccurrence(slot('2026-12-02T15:00'), 'another reason');
    await world.calendar.placeOccurrence(REF, start, reason, await versionOf(world));
    await world.calendar.withdrawSeries(REF);
    expect(mails.map(({ kind }) => kind)).toEqual(['invitation', 'update', 'cancellation']);
  });
});
