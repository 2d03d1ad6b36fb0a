import { BuiltinCalendarModule } from '../../src/accounts/builtin-calendar.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import { hashOfToken, newToken } from '../../src/platform/access/token-authenticator.ts';
import { BuiltinPair } from '../support/builtin-pair.ts';
import { openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';

const database = await freshDatabase();

const service = await startService(database, [CalendarsModule, BuiltinCalendarModule]);
const opened = await openStore(database);

describe('POST /api/builtin-calendar/acts', () => {
  let pair: BuiltinPair;
  let body: { series: string; originalStart: string; act: string };
  beforeEach(async () => {
    pair = await BuiltinPair.make(opened);
    await pair.settle();
    const originalStart = keyOf(await pair.meeting('2026-12-01'));
    body = { series: pair.series, originalStart, act: 'delete' };
    service.jobs.length = 0;
  });
  const ask = async (person: string, sent: object) => {
    const token = newToken();
    await service.store.transaction(pair.organisation, ({ access }) =>
      access.issue(person, hashOfToken(token), 0, 2 ** 31 - 1),
    );
    return service.ask('POST', '/api/builtin-calendar/acts', { token, body: sent });
  };

  test('deletes the meeting as the manager would, and wakes the loop', async () => {
    expect((await ask(pair.people.manager, body)).status).toBe(202);
    expect(service.jobs).toEqual([{ name: 'reconcile-series', seriesId: pair.series }]);
    await pair.settle();
    expect(await pair.meeting('2026-12-01')).toMatchObject({ state: 'moved' });
  });

  test('declines for the rep', async () => {
    expect((await ask(pair.people.rep, body)).status).toBe(202);
    await pair.settle();
    expect(await pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [] });
  });

  test('is not for admins, nor for anybody outside the pair', async () => {
    const elsewhere = await service.person(pair.organisation, ['manager', 'admin']);
    expect(await ask(elsewhere.id, body)).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-series' },
    });
    const admin = await service.person(pair.organisation, ['admin']);
    expect((await ask(admin.id, body)).status).toBe(403);
    expect(service.jobs).toEqual([]);
  });

  test('tells an unknown meeting, and one that does not stand there any more', async () => {
    const unknown = await ask(pair.people.manager, { ...body, originalStart: '7@1' });
    expect(unknown).toMatchObject({ status: 404, body: { type: '/problems/unknown-occurrence' } });
    await ask(pair.people.manager, body);
    expect(await ask(pair.people.manager, body)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/does not stand in the calendar/) },
    });
  });

  test('drags to where it is told, and names what is missing', async () => {
    const drag = { ...body, act: 'drag' };
    expect(await ask(pair.people.manager, drag)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'to' }] },
    });
    const to = '2026-12-03T15:00:00+01:00';
    expect((await ask(pair.people.manager, { ...drag, to })).status).toBe(202);
    await pair.settle();
    expect((await pair.ics())[0]).toContain('DTSTART;TZID=Europe/Berlin:20261203T150000');
  });

  test.each([
    ['originalStart', { originalStart: 'tuesday' }],
    ['act', { act: 'burn' }],
    ['to', { to: '2026-12-03T15:00:00Z' }],
    ['series', { series: '1' }],
  ])('names %s where it cannot be used', async (field, change) => {
    const answer = await ask(pair.people.manager, { ...body, ...change });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });
});
