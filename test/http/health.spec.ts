import { HealthModule } from '../../src/platform/health/health.module.ts';
import { JobsModule } from '../../src/jobs/jobs.module.ts';
import { Queue } from '../../src/jobs/queue.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';

const database = await freshDatabase();
const quiet = { warn: () => {}, error: () => {} };
const queue = new Queue({ url: database.url, poolSize: 2 }, quiet);
await queue.start();
afterAll(() => queue.stop());

const service = await startService(database, [JobsModule.over(queue), HealthModule]);
const never = new Queue({ url: database.url, poolSize: 1 }, quiet);
const away = await startService(database, [JobsModule.over(never), HealthModule]);
const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);
const foreign = await service.person(await service.organisation('Globex'), ['admin']);
const CHANNEL = '6f6f3f0e-5d0f-4f0e-8a63-0f6d2f6f6a11';
const account = await service.store.transaction(organisation, async ({ accounts }) => {
  const id = await accounts.connect({
    person: admin.id,
    provider: 'caldav',
    settings: {},
    secret: null,
    nextPoll: null,
  });
  await accounts.setState(id, 'paused', 'There is no server called dav.acme.example.');
  await accounts.markVerified(id, service.clock.now());
  return id;
});

test('health says that the database and the queue answer, and how each calendar account is', async () => {
  const { status, body } = await service.ask('GET', '/health');
  expect(status).toBe(200);
  expect(body).toMatchObject({ live: true, ready: true, version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  expect(body.database).toEqual({ answers: true });
  expect(body.queue.answers).toBe(true);
  expect(body.queue.jobs).toContainEqual({ name: 'reconcile-series', waiting: 0, running: 0, failed: 0 });
  expect(body.accounts).toEqual([
    { id: account, provider: 'caldav', state: 'paused', verifiedAt: '2026-11-23T06:00:00Z', writtenAt: null },
  ]);
});

test('why an account is in trouble is for the admins of its organisation', async () => {
  expect((await admin.ask('GET', '/health')).body.accounts[0].because).toContain('dav.acme.example');
  expect((await foreign.ask('GET', '/health')).body.accounts[0]).not.toHaveProperty('because');
});

test('an account whose provider tells of nothing is to be seen at once', async () => {
  const watched = async (): Promise<unknown> =>
    (await service.ask('GET', '/health')).body.accounts[1].watched;
  const id = await service.store.transaction(organisation, async ({ accounts, watches }) => {
    const settings = { email: 'a@work.example', calendarId: 'primary' };
    const at = { person: admin.id, provider: 'google', settings, secret: null, nextPoll: null } as const;
    const added = await accounts.connect(at);
    await watches.ask(added, CHANNEL, 'a'.repeat(64), service.clock.now());
    return added;
  });
  expect(await watched()).toBe(false);
  const { at } = service.clock;
  const standing = {
    vendorChannel: CHANNEL,
    resource: null,
    expiresAt: at + 60,
    renewAt: at + 50,
    provenAt: at,
  };
  await service.store.transaction(organisation, ({ watches }) => watches.confirm(CHANNEL, standing));
  expect(await watched()).toBe(true);
  await service.rows('DELETE FROM calendar_watch WHERE account_id = $1', [id]);
  await service.rows('DELETE FROM calendar_account WHERE id = $1', [id]);
});

test('containers ask whether it lives and whether it is ready', async () => {
  expect((await service.ask('GET', '/health/live')).body).toEqual({ live: true });
  expect((await service.ask('GET', '/health/ready')).body).toEqual({ ready: true });
});

test('it is not ready while the queue is away, and lives all the same', async () => {
  const { status, body } = await away.ask('GET', '/health');
  expect(status).toBe(503);
  expect(body).toMatchObject({
    live: true,
    ready: false,
    database: { answers: true },
    queue: { answers: false },
  });
  expect((await away.ask('GET', '/health/ready')).status).toBe(503);
  expect((await away.ask('GET', '/health/live')).status).toBe(200);
});
