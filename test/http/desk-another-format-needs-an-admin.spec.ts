import { LiveModule } from '../../src/live/live.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase(), [LiveModule]);

const tuesdays = (pair: string, more: object = {}) => ({
  pair,
  anchor: { weekday: 2, time: '10:00' },
  ...more,
});

test('F082: thirty minutes are what a series has where nobody chose', async () => {
  const { manager, pair } = await desk.team();
  const { status, body } = await manager.ask('POST', '/api/series', tuesdays(pair, { format: 'weekly_30' }));
  expect([status, body.format, body.minutes]).toEqual([201, 'weekly_30', 30]);
});

test('F082, F119: an admin makes a series of an hour, and each of its meetings is that long', async () => {
  const { admin, manager, auditor, pair } = await desk.team();
  const made = await admin.ask('POST', '/api/series', tuesdays(pair, { format: 'deep_60' }));
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ format: 'deep_60', minutes: 60 });
  const { body } = await manager.ask('GET', '/api/occurrences');
  expect(body.items[0].slot).toEqual({ start: '2026-11-24T09:00:00Z', end: '2026-11-24T10:00:00Z' });
  const ledger = await auditor.ask('GET', `/api/series/${made.body.id}/ledger`);
  expect(JSON.stringify(ledger.body)).toContain('every Tuesday at 10:00, 60 minutes');
});

test('F082: neither the manager nor the rep chooses another format, and nothing is made', async () => {
  const { manager, rep, pair } = await desk.team();
  const wanted = tuesdays(pair, { format: 'deep_60' });
  const { status, body } = await manager.ask('POST', '/api/series', wanted);
  expect([status, body.type, body.errors[0].field]).toEqual([403, '/problems/not-allowed', 'format']);
  expect(body.detail).toMatch(/chosen by an admin/);
  expect((await rep.ask('POST', '/api/series', wanted)).status).toBe(403);
  expect((await manager.ask('GET', '/api/series')).body.items).toEqual([]);
});

test('F082: a manager who is an admin as well chooses for their own pair', async () => {
  const organisation = await desk.service.organisation();
  const both = await desk.service.person(organisation, ['manager', 'admin']);
  const rep = await desk.service.person(organisation, ['rep']);
  const pair = await desk.service.store.transaction(organisation, ({ pairs }) => pairs.add(both.id, rep.id));
  const { status, body } = await both.ask('POST', '/api/series', tuesdays(pair, { format: 'deep_60' }));
  expect([status, body.minutes]).toEqual([201, 60]);
});

test('an hour has to fit into the working week, now and at a new anchor', async () => {
  const { admin, pair } = await desk.team();
  const late = { pair, anchor: { weekday: 5, time: '23:15' }, format: 'deep_60' };
  const refused = await admin.ask('POST', '/api/series', late);
  expect([refused.status, refused.body.errors[0]]).toEqual([
    422,
    { field: 'anchor.time', says: 'must leave 60 minutes before the working week ends' },
  ]);
  const { body } = await admin.ask('POST', '/api/series', tuesdays(pair, { format: 'deep_60' }));
  const moved = await admin.ask('PATCH', `/api/series/${body.id}`, { anchor: late.anchor });
  expect([moved.status, moved.body.errors[0].field]).toEqual([422, 'anchor.time']);
});
