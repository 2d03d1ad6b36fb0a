import { BuiltinCalendarModule } from '../../src/accounts/builtin-calendar.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { hashOfToken, newToken } from '../../src/platform/access/token-authenticator.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';

const database = await freshDatabase();
const service = await startService(database, [CalendarsModule, BuiltinCalendarModule, PeopleModule]);
const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);

describe('somebody who left', () => {
  let rep: Visitor;
  let feed: string;
  beforeEach(async () => {
    rep = await service.person(organisation, ['rep']);
    feed = new URL((await rep.ask('PUT', '/api/feed')).body.url).pathname;
    expect(await doors()).toEqual([200, 200]);
  });

  /** What the old token and the old address of the feed are answered with. */
  const doors = async (): Promise<number[]> => [
    (await rep.ask('GET', '/api/me')).status,
    (await service.ask('GET', feed)).status,
  ];
  const setActive = async (active: boolean): Promise<void> => {
    const { status, body } = await admin.ask('PATCH', `/api/people/${rep.id}`, { active });
    expect([status, body.active]).toEqual([200, active]);
  };

  test('is let in by no old token and no old feed, also after they came back', async () => {
    await setActive(false);
    expect(await doors()).toEqual([401, 404]);
    await setActive(true);
    expect(await doors()).toEqual([401, 404]);
  });

  test('comes back with a new token', async () => {
    await setActive(false);
    await setActive(true);
    const token = newToken();
    await service.store.transaction(organisation, ({ access }) =>
      access.issue(rep.id, hashOfToken(token), service.clock.now(), service.clock.now() + 60),
    );
    expect((await service.ask('GET', '/api/me', { token })).status).toBe(200);
    expect((await service.ask('GET', '/api/feed', { token })).body).toEqual({ since: null });
  });

  test('is shut out by a token that was made while they were away, too', async () => {
    await setActive(false);
    const token = newToken();
    await service.store.transaction(organisation, ({ access }) =>
      access.issue(rep.id, hashOfToken(token), service.clock.now(), service.clock.now() + 60),
    );
    await setActive(true);
    expect((await service.ask('GET', '/api/me', { token })).status).toBe(401);
  });
});

test('changing anything else about a person leaves them signed in', async () => {
  const rep = await service.person(organisation, ['rep']);
  await admin.ask('PATCH', `/api/people/${rep.id}`, { name: 'Zoe', active: true });
  expect((await rep.ask('GET', '/api/me')).status).toBe(200);
});
