import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { HOUR } from '../../src/domain/minute.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';
import { Radicale } from '../support/radicale.ts';
import { weeklySeries } from '../support/weekly-series.ts';

const database = await freshDatabase();
const rooms = [await queueOn(database), CalendarsModule, ReconcileModule, AccountsModule, PeopleModule];
const service = await startService(database, rooms);
const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);
const manager = await service.person(organisation, ['manager']);
const rep = await service.person(organisation, ['rep']);
const foreign = await service.person(await service.organisation('Globex'), ['admin', 'manager']);

const PATH = '/api/calendar-accounts';

let radicale: Radicale;
let calendarUrl: string;
let login: { url: string; user: string; password: string };

beforeAll(async () => {
  radicale = await Radicale.start();
  login = radicale.login('ana');
  calendarUrl = await radicale.makeCalendar('ana', 'work');
});

afterAll(() => radicale.stop());

async function connected(visitor: Visitor): Promise<string> {
  const { body } = await visitor.ask('GET', PATH);
  return body.items.find(({ provider }: { provider: string }) => provider === 'caldav').id;
}

describe('connecting a CalDAV calendar', () => {
  test('the calendars of a login are found, and nothing is kept', async () => {
    const { status, body } = await manager.ask('POST', `${PATH}/discover`, login);
    expect(status).toBe(200);
    expect(body.items).toEqual([{ url: calendarUrl, name: 'work', writable: true }]);
    expect((await manager.ask('GET', PATH)).body.items).toEqual([]);
  });

  test('what is wrong is said in plain words, of the field it is wrong with', async () => {
    const refused = async (body: object) => {
      const { status, body: problem } = await manager.ask('POST', PATH, { ...login, calendarUrl, ...body });
      expect({ status, type: problem.type }).toEqual({ status: 422, type: '/problems/cannot-connect' });
      expect(problem.detail).toMatch(/\.$/);
      return problem.errors.map(({ field }: { field: string }) => field);
    };
    expect(await refused({ password: 'wrong' })).toEqual(['password']);
    expect(await refused({ url: 'http://127.0.0.1:9/' })).toEqual(['url']);
    expect(await refused({ calendarUrl: `${login.url}ana/no-such-calendar/` })).toEqual(['calendarUrl']);
  });

  test('bad input names the field', async () => {
    const wrong = { url: 'ftp://example.com', user: '', password: 'p', calendarUrl };
    const { status, body } = await manager.ask('POST', PATH, wrong);
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['url', 'user']);
  });

  test('a connected calendar is the one for new series, is read at once, and its password never goes out', async () => {
    service.jobs.length = 0;
    const { status, body } = await manager.ask('POST', PATH, { ...login, calendarUrl });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      person: { id: manager.id },
      provider: 'caldav',
      state: 'connected',
      whatToDo: null,
      calendar: { url: calendarUrl, user: 'ana', name: 'work' },
      primary: true,
    });
    expect(service.jobs).toContainEqual({ name: 'poll-account', accountId: body.id });
    const kept = await service.rows('SELECT settings, secret FROM calendar_account');
    expect(JSON.stringify([kept, body, service.lines])).not.toContain(login.password);
    const idempotency = await manager.ask('POST', PATH, { ...login, calendarUrl });
    expect(idempotency.body.type).toBe('/problems/calendar-connected');
  });

  test('it is read while its owner waits', async () => {
    const { status, body } = await manager.ask('POST', `${PATH}/${await connected(manager)}/check`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'connected', verifiedAt: '2026-11-23T06:00:00Z' });
  });

  test('a refused password is told to its owner, who gives the new one', async () => {
    const id = await connected(manager);
    await service.store.transaction(organisation, ({ accounts }) =>
      accounts.setState(id, 'disconnected', 'The calendar server refused this user name or password.'),
    );
    const { body } = await manager.ask('GET', `${PATH}/${id}`);
    expect(body.whatToDo).toBe(
      'Give its password again. Or connect another calendar and move its series there.',
    );
    expect((await admin.ask('GET', `${PATH}/${id}`)).body).toMatchObject({
      whatToDo: expect.stringMatching(/^Ask its owner .* its series can be moved there\.$/),
      calendar: null,
    });
    const wrong = await manager.ask('PATCH', `${PATH}/${id}`, { password: 'still wrong' });
    expect(wrong.body.errors[0].field).toBe('password');
    const right = await manager.ask('PATCH', `${PATH}/${id}`, { password: login.password });
    expect(right.body).toMatchObject({ state: 'connected', because: null, whatToDo: null });
  });
});

describe('calendar accounts', () => {
  test('are their owners’ business; an admin sees all of them, a foreign admin none', async () => {
    const id = await connected(manager);
    expect((await rep.ask('GET', PATH)).body.items).toEqual([]);
    expect((await admin.ask('GET', PATH)).body.items).toHaveLength(1);
    expect((await foreign.ask('GET', PATH)).body.items).toEqual([]);
    for (const stranger of [rep, foreign]) {
      expect((await stranger.ask('GET', `${PATH}/${id}`)).status).toBe(404);
      expect((await stranger.ask('PATCH', `${PATH}/${id}`, { primary: true })).status).toBe(404);
      expect((await stranger.ask('POST', `${PATH}/${id}/check`)).status).toBe(404);
      expect((await stranger.ask('POST', `${PATH}/${id}/release`)).status).toBe(404);
    }
    expect((await admin.ask('PATCH', `${PATH}/${id}`, { primary: true })).status).toBe(403);
  });

  test('one of them is for new series, whichever its owner chose', async () => {
    const caldav = await connected(manager);
    const pair = (await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id })).body.id;
    await weeklySeries(service.store, organisation, { pair, manager: manager.id });
    const primaries = async (): Promise<string[]> =>
      (await manager.ask('GET', PATH)).body.items
        .filter((each: { primary: boolean }) => each.primary)
        .map((each: { id: string }) => each.id);
    expect(await primaries()).not.toContain(caldav);
    await manager.ask('PATCH', `${PATH}/${caldav}`, { primary: true });
    expect(await primaries()).toEqual([caldav]);
  });

  test('a brake is released for an hour, its series are looked at, and the ledger knows who said so', async () => {
    const { items } = (await manager.ask('GET', PATH)).body;
    const { id } = items.find((each: { series: number }) => each.series === 1);
    await service.rows(`UPDATE series SET asks = 'Was that meant?' WHERE account_id = $1`, [id]);
    expect((await manager.ask('GET', `${PATH}/${id}`)).body).toMatchObject({
      asks: ['Was that meant?'],
      whatToDo: expect.stringContaining('release'),
    });
    service.jobs.length = 0;
    expect((await manager.ask('POST', `${PATH}/${id}/release`)).status).toBe(200);
    expect(service.jobs.map(({ name }) => name)).toEqual(['poll-account', 'reconcile-series']);
    const until = await service.rows('SELECT released_until FROM calendar_account WHERE id = $1', [id]);
    expect(until).toEqual([{ released_until: service.clock.now() + HOUR }]);
    const rows = await service.rows(`SELECT actor, facts FROM ledger WHERE kind = 'release account'`);
    expect(rows).toEqual([{ actor: manager.id, facts: { account: id } }]);
  });
});
