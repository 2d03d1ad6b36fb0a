import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());

const tuesdays = (pair: string) => ({ pair, anchor: { weekday: 2, time: '10:00' } });

describe('a series', () => {
  test('is made by the manager, begins on the next such weekday and stands in the calendar at once', async () => {
    const { manager, pair } = await desk.team();
    const made = await manager.ask('POST', '/api/series', tuesdays(pair));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      pair,
      anchor: { weekday: 2, time: '10:00', zone: 'Europe/Berlin' },
      firstDay: '2026-11-24',
      everyWeeks: 1,
      title: '1-on-1: Ana and Bo',
      minutes: 30,
      warning: null,
    });
    const { body } = await manager.ask('GET', '/api/occurrences');
    expect(body.items).toHaveLength(12);
    expect(body.items[0]).toMatchObject({
      originalStart: '2026-11-24T09:00:00Z',
      state: 'scheduled',
      slot: { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' },
    });
    const plan = await manager.ask('POST', `/api/series/${made.body.id}/reconcile?dryRun=true`);
    expect(plan.body).toEqual({ steps: [], writes: [], seen: { kind: 'complete' } });
  });

  test('starts a week later where the next such day is less than two hours away', async () => {
    const { admin, pair } = await desk.team();
    const { body } = await admin.ask('POST', '/api/series', { pair, anchor: { weekday: 1, time: '08:59' } });
    expect(body.firstDay).toBe('2026-11-30');
    const { admin: other, pair: second } = await desk.team();
    const soon = await other.ask('POST', '/api/series', {
      pair: second,
      anchor: { weekday: 1, time: '09:00' },
    });
    expect(soon.body.firstDay).toBe('2026-11-23');
  });

  test('is refused a second time for the same pair, also when both requests come at once', async () => {
    const { manager, admin, pair } = await desk.team();
    const answers = await Promise.all([
      manager.ask('POST', '/api/series', tuesdays(pair)),
      admin.ask('POST', '/api/series', tuesdays(pair)),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const third = await manager.ask('POST', '/api/series', tuesdays(pair));
    expect([third.status, third.body.type]).toEqual([409, '/problems/series-exists']);
  });

  test.each([
    ['anchor.weekday', { anchor: { weekday: 6, time: '10:00' } }],
    ['anchor.time', { anchor: { weekday: 5, time: '23:45' } }],
    ['firstDay', { anchor: { weekday: 2, time: '10:00' }, firstDay: '2026-11-25' }],
    ['firstDay', { anchor: { weekday: 2, time: '10:00' }, firstDay: '2026-11-17' }],
    ['account', { anchor: { weekday: 2, time: '10:00' }, account: '00000000-0000-4000-8000-000000000000' }],
  ])('outside of what is possible is refused, naming %s', async (field, body) => {
    const { manager, pair } = await desk.team();
    const { status, body: problem } = await manager.ask('POST', '/api/series', { pair, ...body });
    expect([status, problem.errors[0].field]).toEqual([422, field]);
  });

  test('every other week is possible and says what it costs (F081)', async () => {
    const { manager, pair } = await desk.team();
    const { status, body } = await manager.ask('POST', '/api/series', { ...tuesdays(pair), everyWeeks: 2 });
    expect(status).toBe(201);
    expect(body.warning).toMatch(/half the effect/);
  });

  test('is neither made by the rep nor seen by anybody outside of the pair but admins and auditors', async () => {
    const { manager, rep, admin, auditor, stranger, pair } = await desk.team();
    expect((await rep.ask('POST', '/api/series', tuesdays(pair))).status).toBe(403);
    expect((await stranger.ask('POST', '/api/series', tuesdays(pair))).status).toBe(404);
    const { body } = await manager.ask('POST', '/api/series', tuesdays(pair));
    for (const one of [manager, rep, admin, auditor]) {
      expect((await one.ask('GET', `/api/series/${body.id}`)).status).toBe(200);
      expect((await one.ask('GET', '/api/series')).body.items).toHaveLength(1);
    }
    expect((await stranger.ask('GET', `/api/series/${body.id}`)).status).toBe(404);
    expect((await stranger.ask('GET', '/api/series')).body.items).toEqual([]);
    const foreign = (await desk.team()).admin;
    expect((await foreign.ask('GET', `/api/series/${body.id}`)).status).toBe(404);
    expect((await manager.ask('GET', '/api/series/no-id')).status).toBe(404);
  });

  test('is never deleted: the answer is 405 and says what to do instead', async () => {
    const meeting = await desk.meeting();
    const { key } = await meeting.on('2026-11-24');
    const allowed = [
      [`/api/series/${meeting.series}`, 'GET, HEAD, PATCH'],
      [meeting.path(key), 'GET, HEAD'],
    ] as const;
    for (const [path, allow] of allowed) {
      const { status, headers, body } = await meeting.admin.ask('DELETE', path);
      expect([status, headers.get('allow')]).toEqual([405, allow]);
      expect(body.detail).toMatch(/There is no delete.*cannot make it/);
      expect((await meeting.admin.ask('PUT', path, {})).status).toBe(405);
    }
    expect((await meeting.on('2026-11-24')).state).toBe('scheduled');
  });

  test('is looked at when somebody asks, who may not be an auditor', async () => {
    const meeting = await desk.meeting();
    const path = `/api/series/${meeting.series}/reconcile`;
    const { status, body } = await meeting.rep.ask('POST', path);
    expect([status, body]).toEqual([202, { queued: true }]);
    expect(desk.service.jobs.at(-1)).toEqual({ name: 'reconcile-series', seriesId: meeting.series });
    expect((await meeting.team.auditor.ask('POST', path)).status).toBe(403);
  });

  test('tells what a look would do and changes nothing', async () => {
    const meeting = await desk.meeting();
    desk.outage.away = true;
    const away = await meeting.manager.ask('POST', `/api/series/${meeting.series}/reconcile?dryRun=true`);
    desk.outage.away = false;
    expect(away.body.seen).toEqual({ kind: 'unreadable', because: 'The calendar does not answer.' });
  });
});
