import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeSchemas } from '../support/make-schemas.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';

const EVENT = {
  subject: 'One',
  start: { dateTime: '2026-12-01T10:00:00', timeZone: 'W. Europe Standard Time' },
  end: { dateTime: '2026-12-01T10:30:00', timeZone: 'W. Europe Standard Time' },
};
const weekly = { type: 'weekly', interval: 1, daysOfWeek: ['tuesday'], firstDayOfWeek: 'monday' };
const endless = { type: 'noEnd', startDate: '2026-12-01' };
const series = (pattern: object, range: object) => ({ ...EVENT, recurrence: { pattern, range } });
const EVENTS = '/me/calendars/primary/events';

describe('the Graph of the tests is as strict as the real one', () => {
  let world: MicrosoftWorld;
  let token: string;
  beforeEach(() => {
    world = new MicrosoftWorld();
    token = world.fake.entra.issue(world.email);
  });
  const send = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const given = {
      authorization: `Bearer ${token}`,
      prefer: 'IdType="ImmutableId"',
      'content-type': 'application/json',
      ...headers,
    };
    const request = { method, headers: given, body: body ? JSON.stringify(body) : null };
    const response = await world.wire.fetch(`https://graph.microsoft.com/v1.0${path}`, request);
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };

  test('its types are those of the pinned client', () => {
    const kept = new URL('../support/microsoft/schemas.json', import.meta.url);
    expect(makeSchemas(fileURLToPath(new URL('.', kept)))).toEqual(JSON.parse(readFileSync(kept, 'utf8')));
  });

  test.each<[string, object]>([
    ['a misspelt field', { ...EVENT, subjcet: 'One' }],
    ['a wrong type', { ...EVENT, isAllDay: 'no' }],
    ['a field of Graph’s own', { ...EVENT, changeKey: 'x' }],
    [
      'an IANA zone that it does not know',
      { ...EVENT, start: { ...EVENT.start, timeZone: 'Europe/Madrid' } },
    ],
    ['an end before the start', { ...EVENT, end: { ...EVENT.end, dateTime: '2026-12-01T09:00:00' } }],
    [
      'a pattern without its first day of the week',
      series({ ...weekly, firstDayOfWeek: undefined }, endless),
    ],
    ['a range that begins on another day', series(weekly, { ...endless, startDate: '2026-11-30' })],
    [
      'a property that is not named as they are',
      { ...EVENT, singleValueExtendedProperties: [{ id: 'x', value: 'y' }] },
    ],
  ])('%s is refused, and nothing is made', async (_, event) => {
    expect(await send('POST', EVENTS, event)).toMatchObject({ status: 400 });
    expect(world.mailbox.items.size).toBe(0);
  });

  test.each([
    ['an unknown query option', 'GET', `${EVENTS}?$search=x`],
    ['any other filter', 'GET', `${EVENTS}?$filter=${encodeURIComponent("subject eq 'One'")}`],
    ['an unknown field to select', 'GET', `${EVENTS}/?$select=subjcet`],
    [
      'delta with a choice of fields',
      'GET',
      '/me/calendars/primary/calendarView/delta?startDateTime=2026-12-01T00:00:00Z&endDateTime=2026-12-02T00:00:00Z&$select=id',
    ],
    ['delta on events', 'GET', '/me/calendars/primary/events/delta'],
    ['an unknown route', 'GET', '/me/messages'],
  ])('%s is refused', async (_, method, path) => {
    await send('POST', EVENTS, EVENT);
    expect((await send(method, path)).status).toBe(400);
  });

  test('without immutable ids, a token or the right mailbox it answers nothing', async () => {
    expect((await send('GET', EVENTS, undefined, { prefer: '' })).status).toBe(400);
    expect((await send('GET', EVENTS, undefined, { authorization: 'Bearer x' })).status).toBe(401);
    world.fake.addMailbox('bo@example.com');
    expect((await send('GET', '/users/oid-bo@example.com/calendars')).status).toBe(403);
    world.clock.advance(80);
    expect((await send('GET', EVENTS)).status).toBe(401);
  });

  test('a repeated request makes nothing new; its id for anything else is refused, also after a deletion', async () => {
    const once = { ...EVENT, transactionId: 'one' };
    const { body } = await send('POST', EVENTS, once);
    expect(await send('POST', EVENTS, once)).toMatchObject({ status: 201, body: { id: body['id'] } });
    expect(world.mailbox.items.size).toBe(1);
    expect((await send('POST', EVENTS, { ...once, subject: 'Two' })).status).toBe(409);
    await send('DELETE', `/me/events/${String(body['id'])}`);
    expect((await send('POST', EVENTS, once)).status).toBe(409);
  });

  test('a write that goes by an older change key is refused', async () => {
    const { body } = await send('POST', EVENTS, EVENT);
    const etag = String(body['@odata.etag']);
    const path = `/me/events/${String(body['id'])}`;
    expect((await send('PATCH', path, { subject: 'Two' }, { 'if-match': etag })).status).toBe(200);
    expect((await send('PATCH', path, { subject: 'Three' }, { 'if-match': etag })).status).toBe(412);
  });

  test('a deleted occurrence is told by the series alone, asked for by its id and by that field', async () => {
    const { body } = await send('POST', EVENTS, series(weekly, endless));
    const master = `/me/events/${String(body['id'])}`;
    const window = 'startDateTime=2026-12-01T00:00:00Z&endDateTime=2026-12-20T00:00:00Z';
    const first = await send('GET', `/me/calendars/primary/calendarView/delta?${window}`);
    const link = String(first.body['@odata.deltaLink']).replace('https://graph.microsoft.com/v1.0', '');
    await send('DELETE', `/me/events/${String(body['id'])}.20261208`);
    const told = (await send('GET', link)).body['value'] as { id: string; type: string }[];
    expect(told.map(({ type }) => type)).toEqual(['seriesMaster', 'occurrence', 'occurrence']);
    expect(JSON.stringify(told)).not.toContain('2026-12-08');
    expect((await send('GET', master)).body).not.toHaveProperty('cancelledOccurrences');
    const asked = await send('GET', `${master}?$select=id,cancelledOccurrences`);
    expect(asked.body['cancelledOccurrences']).toEqual([`OID.${String(body['id'])}.2026-12-08`]);
  });

  test('an event that left the window of delta looks like a deleted one', async () => {
    const { body } = await send('POST', EVENTS, EVENT);
    const window = 'startDateTime=2026-12-01T00:00:00Z&endDateTime=2026-12-20T00:00:00Z';
    const first = await send('GET', `/me/calendars/primary/calendarView/delta?${window}`);
    const link = String(first.body['@odata.deltaLink']).replace('https://graph.microsoft.com/v1.0', '');
    const later = (time: { dateTime: string; timeZone: string }) => ({
      ...time,
      dateTime: time.dateTime.replace('2026-12', '2027-06'),
    });
    await send('PATCH', `/me/events/${String(body['id'])}`, {
      start: later(EVENT.start),
      end: later(EVENT.end),
    });
    const told = (await send('GET', link)).body['value'];
    expect(told).toEqual([{ id: body['id'], '@removed': { reason: 'deleted' } }]);
  });

  test('a fifth request at once, and a mailbox that mailed too much, are asked to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('GET', EVENTS)));
    expect(answers.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(2);
    const attendees = [{ emailAddress: { address: 'bo@example.com' }, type: 'required' }];
    const statuses: number[] = [];
    for (let i = 0; i < 35; i++) statuses.push((await send('POST', EVENTS, { ...EVENT, attendees })).status);
    expect(statuses.slice(0, 30)).not.toContain(429);
    expect(statuses.at(-1)).toBe(429);
    world.clock.advance(2);
    expect((await send('POST', EVENTS, { ...EVENT, attendees })).status).toBe(201);
  });
});
