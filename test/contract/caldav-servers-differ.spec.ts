import { openCaldav } from '../../src/calendars/caldav/open-caldav.ts';
import { found, multistatus, only, ScriptedServer } from '../support/scripted-server.ts';
import { TestClock } from '../support/test-clock.ts';
import { aSeries, anOccurrence, at, NOW, REF, slot, TUESDAYS } from './a-series.ts';

const HOME = '/dav/ana/sales/';
const NAME = `perennial-s-${REF.series}-1.ics`;
const NOTHING = () => multistatus();
const TAKEN =
  '<?xml version="1.0"?><d:error xmlns:d="DAV:"><s:message xmlns:s="http://sabredav.org/ns">Deleted calendar object with uid already exists in this calendar collection.</s:message></d:error>';

describe('CalDAV servers differ', () => {
  let server: ScriptedServer;
  const clock = new TestClock(NOW);
  beforeEach(() => {
    server = new ScriptedServer();
    clock.advance(10);
    server.on('PROPFIND', 'resourcetype', () =>
      multistatus(found(HOME, '<resourcetype><collection/><c:calendar/></resourcetype>')),
    );
    server.on('REPORT', 'calendar-query', NOTHING);
  });
  const open = (url = `https://cal.example.com${HOME}`, user = 'ana') =>
    openCaldav(
      { url, calendarUrl: url, user, password: 'pw' },
      {
        clock,
        fetch: server.fetch,
        lookup: async () => ['192.0.2.1'],
        owner: { zone: 'Europe/Berlin', emails: [] },
      },
    );
  const read = () => open().read({ series: { ...REF, rule: TUESDAYS }, starts: [], separate: [] });

  test.each([
    [401, {}, 'AccessRevoked', /user name or password/],
    [403, {}, 'AccessRevoked', /read-only/],
    [429, { 'retry-after': '600' }, 'RateLimited', /wait/],
    [503, {}, 'RateLimited', /wait/],
    [502, {}, 'Unreachable', /502/],
  ])('a %i is never taken for absence', async (status, headers, trouble, message) => {
    server.on('GET', '', () => new Response('no', { status, headers }));
    await expect(read()).rejects.toMatchObject({ trouble, message: expect.stringMatching(message) });
  });

  test('the wait that a server asks for is passed on in full', async () => {
    server.on('GET', '', () => new Response('', { status: 429, headers: { 'retry-after': '3600' } }));
    await expect(read()).rejects.toMatchObject({ retryAfter: 3600 });
  });

  test('a missing event in a missing calendar is no proof of anything', async () => {
    server.on('PROPFIND', 'resourcetype', () => new Response('', { status: 404 }));
    await expect(read()).rejects.toMatchObject({ trouble: 'AccessRevoked' });
    server.on('PROPFIND', 'resourcetype', () => new Response('<html>sign in</html>', { status: 200 }));
    await expect(read()).rejects.toMatchObject({ trouble: 'Unreachable' });
  });

  test('an event is found by its name where the server cannot search', async () => {
    server.on('REPORT', 'calendar-query', () => new Response('', { status: 403 }));
    server.on('GET', '', () => new Response('', { headers: { etag: '"1"' } }));
    expect(await read()).toMatchObject({ kind: 'unreadable', because: expect.stringMatching(/empty/) });
  });

  test('credentials never follow a redirect to another origin', async () => {
    server.on(
      'GET',
      '',
      () => new Response('', { status: 302, headers: { location: 'https://evil.example/x' } }),
    );
    await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/https:\/\/evil\.example/) });
    expect(server.requests.map(({ url }) => new URL(url).host)).not.toContain('evil.example');
  });

  test.each(['http://169.254.169.254/', 'http://[fe80::1]/', 'http://[::ffff:169.254.169.254]/'])(
    'the address %s is never asked',
    async (url) => {
      await expect(open(url).changes(null)).rejects.toMatchObject({ trouble: 'Unreachable' });
      expect(server.requests).toEqual([]);
    },
  );

  test('a deleted UID that the server keeps in its bin is Gone, so that the next copy can be taken', async () => {
    server.on('PUT', '', () => new Response(TAKEN, { status: 400 }));
    await expect(open().placeSeries(REF, aSeries(), null)).rejects.toMatchObject({ trouble: 'Gone' });
  });

  test('a refused write tells that the calendar is read-only', async () => {
    server.on('PUT', '', () => new Response('', { status: 403 }));
    await expect(open().placeSeries(REF, aSeries(), null)).rejects.toMatchObject({
      trouble: 'AccessRevoked',
    });
  });

  test('a new event never overwrites, an edit never writes without its etag', async () => {
    let ics = '';
    server.on('PUT', '', ({ body }) => {
      ics = body;
      return new Response(null, { status: 201 });
    });
    server.on('GET', '', () => new Response(ics, { headers: { etag: 'W/"7"' } }));
    const { version } = await open().placeSeries(REF, aSeries(), null);
    await open().placeSeries(REF, aSeries({ minutes: 45 }), version);
    const puts = server.requests.filter(({ method }) => method === 'PUT');
    expect(puts.map(({ headers }) => headers.get('if-none-match'))).toEqual(['*', null]);
    expect(puts.map(({ headers }) => headers.get('if-match'))).toEqual([null, '"7"']);
  });

  test('an answer of the rep is no conflict where the server has schedule tags', async () => {
    let etag = 1;
    let ics = '';
    server.on('PUT', '', ({ body }) => {
      ics = body;
      return new Response(null, { status: 201 });
    });
    server.on('GET', '', () => new Response(ics, { headers: { etag: `"${etag}"`, 'schedule-tag': '"s1"' } }));
    const { version } = await open().placeSeries(REF, aSeries(), null);
    etag = 2;
    const event = anOccurrence(slot('2026-12-02T15:00'));
    await open().placeOccurrence(REF, at('2026-12-01T10:00'), event, version);
    expect(server.requests.findLast(({ method }) => method === 'PUT')!.headers.get('if-match')).toBe('"2"');
  });

  test('changes are read to the last page, with the collection itself and twice-named events left out', async () => {
    server.on('REPORT', '>t1<', () =>
      multistatus(
        found(`${HOME}${NAME}`, '<getetag>"1"</getetag>'),
        found(HOME, ''),
        only(HOME, '507 Insufficient Storage'),
        '<sync-token>t2</sync-token>',
      ),
    );
    server.on('REPORT', '>t2<', () =>
      multistatus(only(`${HOME}${NAME}`, '404 Not Found'), '<sync-token>t3</sync-token>'),
    );
    const changes = await open().changes(JSON.stringify({ token: 't1' }));
    expect(changes).toEqual({
      kind: 'since',
      series: [REF.series],
      busyChanged: true,
      cursor: JSON.stringify({ token: 't3' }),
    });
  });

  test.each([400, 403, 409, 410, 412, 500])(
    'a token rejected with %i means: look at everything',
    async (status) => {
      server.on('REPORT', 'sync-collection', () => new Response('', { status }));
      server.on('PROPFIND', 'sync-token', () => multistatus(found(HOME, '<sync-token>new</sync-token>')));
      expect(await open().changes(JSON.stringify({ token: 'old' }))).toEqual({
        kind: 'everything',
        cursor: JSON.stringify({ token: 'new' }),
      });
    },
  );

  test('a server without sync is compared by its ctag and etags', async () => {
    let ctag = 'c1';
    let etag = '"1"';
    server.on('PROPFIND', 'getctag', () => multistatus(found(HOME, `<cs:getctag>${ctag}</cs:getctag>`)));
    server.on('PROPFIND', 'getetag', () =>
      multistatus(found(HOME, ''), found(`${HOME}${NAME}`, `<getetag>${etag}</getetag>`)),
    );
    const { cursor } = await open().changes(null);
    expect(await open().changes(cursor)).toMatchObject({ kind: 'since', series: [], busyChanged: false });
    [ctag, etag] = ['c2', '"2"'];
    expect(await open().changes(cursor)).toMatchObject({ kind: 'since', series: [REF.series] });
  });

  test('half an answer about busy time is no answer', async () => {
    server.on('REPORT', 'calendar-query', () => multistatus(only(HOME, '507 Insufficient Storage')));
    await expect(open().busy(slot('2026-12-01T10:00'), { series: null, tags: [] })).rejects.toMatchObject({
      trouble: 'Unreachable',
    });
  });

  test('one account keeps to its budget of calls and another one is not held up', async () => {
    server.on('PROPFIND', 'sync-token', () => multistatus(found(HOME, '<sync-token>t</sync-token>')));
    const eager = open(undefined, 'eager');
    const calls = Array.from({ length: 241 }, () => eager.changes(null));
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { trouble: 'RateLimited' } },
    ]);
    await expect(open(undefined, 'patient').changes(null)).resolves.toMatchObject({ kind: 'everything' });
    clock.advance(1);
    await expect(eager.changes(null)).resolves.toMatchObject({ kind: 'everything' });
  });
});
