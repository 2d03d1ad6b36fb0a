import { checkCalendar, discoverCalendars } from '../../src/calendars/caldav/discover.ts';
import { CaldavSettings } from '../../src/calendars/caldav/settings.ts';
import { found, multistatus, ScriptedServer } from '../support/scripted-server.ts';
import { Radicale } from '../support/radicale.ts';
import { TestClock } from '../support/test-clock.ts';
import { NOW } from './a-series.ts';

describe('connecting a CalDAV account', () => {
  let radicale: Radicale;
  let sales: string;
  const deps = { clock: new TestClock(NOW) };
  beforeAll(async () => {
    radicale = await Radicale.start();
    sales = await radicale.makeCalendar('ana', 'sales');
    await radicale.makeCalendar('ana', 'todos', '<C:comp name="VTODO"/>');
  });
  afterAll(() => radicale.stop());

  test.each(['', 'ana/', 'ana/sales/'])('finds the calendars for events from /%s', async (path) => {
    const login = { ...radicale.login('ana'), url: radicale.url + path };
    expect(await discoverCalendars(login, deps)).toEqual([{ url: sales, name: 'sales', writable: true }]);
  });

  test('says that the password is wrong', async () => {
    const login = { ...radicale.login('ana'), password: 'wrong' };
    await expect(discoverCalendars(login, deps)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
      message: expect.stringMatching(/user name or password/),
    });
  });

  test('says that nobody answers', async () => {
    const login = { url: 'http://127.0.0.1:9/', user: 'ana', password: 'x' };
    await expect(discoverCalendars(login, deps)).rejects.toMatchObject({ trouble: 'Unreachable' });
  });

  test('says that there is no such server', async () => {
    const nowhere = { ...deps, lookup: () => Promise.reject(new Error('ENOTFOUND')) };
    const login = { url: 'https://nowhere.invalid/', user: 'ana', password: 'x' };
    await expect(discoverCalendars(login, nowhere)).rejects.toMatchObject({
      message: 'There is no server called nowhere.invalid.',
    });
  });

  test('says that the address is not a calendar', async () => {
    const server = new ScriptedServer().on('PROPFIND', '', () => new Response('<html></html>'));
    const scripted = { ...deps, fetch: server.fetch, lookup: async () => ['192.0.2.1'] };
    const login = { url: 'https://example.com/', user: 'ana', password: 'x' };
    await expect(discoverCalendars(login, scripted)).rejects.toMatchObject({
      trouble: 'Gone',
      message: expect.stringMatching(/no CalDAV calendar/),
    });
  });

  test('says that the chosen calendar is read-only', async () => {
    const url = 'https://example.com/dav/team/';
    const props =
      '<resourcetype><collection/><c:calendar/></resourcetype><displayname>Team</displayname>' +
      '<current-user-privilege-set><privilege><read/></privilege></current-user-privilege-set>';
    const server = new ScriptedServer().on('PROPFIND', '', () => multistatus(found('/dav/team/', props)));
    const scripted = { ...deps, fetch: server.fetch, lookup: async () => ['192.0.2.1'] };
    const settings = { url, calendarUrl: url, user: 'ana', password: 'x' };
    await expect(checkCalendar(settings, scripted)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
      message: 'The calendar “Team” is read-only for this user.',
    });
    expect(await discoverCalendars(settings, scripted)).toEqual([{ url, name: 'Team', writable: false }]);
  });

  test.each([
    ['says so', { dav: '1, 3, calendar-access, calendar-auto-schedule' }, true],
    ['has no scheduling', { dav: '1, calendar-access, calendar-auto-scheduler' }, false],
    ['does not say', {}, true],
  ])('knows whether a server invites guests by itself: it %s', async (_, headers, invites) => {
    const url = 'https://example.com/dav/team/';
    const props = '<resourcetype><collection/><c:calendar/></resourcetype><displayname>Team</displayname>';
    const server = new ScriptedServer()
      .on('PROPFIND', '', () => multistatus(found('/dav/team/', props)))
      .on('OPTIONS', '', () => new Response(null, { status: 200, headers }));
    const scripted = { ...deps, fetch: server.fetch, lookup: async () => ['192.0.2.1'] };
    const settings = { url, calendarUrl: url, user: 'ana', password: 'x' };
    expect(await checkCalendar(settings, scripted)).toMatchObject({ invites });
  });

  test('checks the chosen calendar', async () => {
    const settings = { ...radicale.login('ana'), calendarUrl: sales };
    const checked = { url: sales, name: 'sales', writable: true, invites: false };
    expect(await checkCalendar(settings, deps)).toEqual(checked);
  });

  test('follows a home on a neighbouring server, as iCloud names one, and no other', async () => {
    const home = (host: string) => {
      const server = new ScriptedServer().on('PROPFIND', '', ({ url }) =>
        url.startsWith('https://p42-caldav.icloud.com/')
          ? multistatus(
              found('/1/home/', '<resourcetype><c:calendar/></resourcetype><displayname>Home</displayname>'),
            )
          : multistatus(
              found('/', `<c:calendar-home-set><href>https://${host}/1/</href></c:calendar-home-set>`),
            ),
      );
      const login = { url: 'https://caldav.icloud.com/', user: 'ana', password: 'x' };
      return discoverCalendars(login, { ...deps, fetch: server.fetch, lookup: async () => ['192.0.2.1'] });
    };
    expect(await home('p42-caldav.icloud.com')).toMatchObject([
      { url: 'https://p42-caldav.icloud.com/1/home/' },
    ]);
    await expect(home('icloud.com.evil.example')).rejects.toMatchObject({ trouble: 'Unreachable' });
  });

  test('takes web addresses only, and no credentials inside them', () => {
    const login = { user: 'ana', password: 'x', calendarUrl: sales };
    expect(CaldavSettings.safeParse({ ...login, url: 'https://cal.example.com/' }).success).toBe(true);
    expect(CaldavSettings.safeParse({ ...login, url: 'file:///etc/passwd' }).success).toBe(false);
    expect(CaldavSettings.safeParse({ ...login, url: 'https://ana:pw@cal.example.com/' }).success).toBe(
      false,
    );
  });
});
