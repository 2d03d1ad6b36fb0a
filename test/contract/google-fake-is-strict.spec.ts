import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { GoogleWorld } from '../support/google/google-world.ts';
import { makeSchemas } from '../support/make-schemas.ts';
import { SCHEMAS } from '../support/google/schema.ts';

const EVENTS = 'https://www.googleapis.com/calendar/v3/calendars/primary/events';
const EVENT = {
  id: 'abc12',
  summary: 'Theirs',
  start: { dateTime: '2026-12-01T10:00:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-12-01T10:30:00', timeZone: 'Europe/Berlin' },
};

/** What a lenient stand-in would forgive, and the real one does not. */
describe('the stand-in for Google', () => {
  let world: GoogleWorld;
  beforeEach(() => {
    world = new GoogleWorld();
  });

  async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    const token = world.fake.oauth.give('ana@example.com', [
      'https://www.googleapis.com/auth/calendar.events.owned',
    ]);
    const signed = { authorization: `Bearer ${token}`, ...headers };
    const sent = body ? { body: JSON.stringify(body) } : {};
    const response = await world.fake.fetch(`${EVENTS}${path}`, { method, headers: signed, ...sent });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  it('knows what the pinned client knows, and no more', () => {
    expect(JSON.parse(readFileSync(SCHEMAS, 'utf8'))).toEqual(makeSchemas(dirname(SCHEMAS)));
  });

  it('refuses fields and parameters that do not exist', async () => {
    await expect(ask('POST', '', { ...EVENT, titel: 'x' })).rejects.toThrow(/titel/);
    expect(await ask('GET', '?maxResult=3')).toMatchObject({ status: 400 });
    expect(await ask('GET', '/abc12/instanses')).toMatchObject({ status: 404 });
  });

  it.each([
    ['an id in capitals', { ...EVENT, id: 'ABCDE' }],
    [
      'a rule with its start in it',
      { ...EVENT, recurrence: ['DTSTART:20261201T100000', 'RRULE:FREQ=WEEKLY'] },
    ],
    [
      'a rule without a zone',
      { ...EVENT, recurrence: ['RRULE:FREQ=WEEKLY'], start: { dateTime: '2026-12-01T10:00:00Z' } },
    ],
    ['an end before its start', { ...EVENT, end: { dateTime: '2026-12-01T08:30:00Z' } }],
    [
      'a private property that is too long',
      { ...EVENT, extendedProperties: { private: { a: 'x'.repeat(1025) } } },
    ],
  ])('refuses %s', async (_, event) => {
    expect(await ask('POST', '', event)).toMatchObject({ status: 400 });
  });

  it('never gives an id out twice, not even after a deletion', async () => {
    const { body } = await ask('POST', '', EVENT);
    expect(await ask('DELETE', '/abc12', undefined, { 'if-match': body!['etag'] as string })).toMatchObject({
      status: 204,
    });
    expect(await ask('POST', '', EVENT)).toMatchObject({
      status: 409,
      body: { error: { errors: [{ reason: 'duplicate' }] } },
    });
    expect(await ask('GET', '/abc12')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  });

  it('writes only on the etag that it gave', async () => {
    await ask('POST', '', EVENT);
    const change = { summary: 'Ours' };
    expect(await ask('PATCH', '/abc12', change)).toMatchObject({ status: 400 });
    expect(await ask('PATCH', '/abc12', change, { 'if-match': '"0"' })).toMatchObject({ status: 412 });
  });

  it.each(['timeMin=2026-12-01T00:00:00Z', 'q=x', 'iCalUID=x', 'orderBy=updated', 'showDeleted=false'])(
    'takes no sync token beside %s',
    async (param) => {
      const { body } = await ask('GET', '');
      const token = body!['nextSyncToken'] as string;
      expect(await ask('GET', `?syncToken=${token}&${param}`)).toMatchObject({ status: 400 });
      expect(await ask('GET', `?syncToken=${token}`)).toMatchObject({ status: 200 });
    },
  );

  it('leaves three fields of a cancelled instance in its lists', async () => {
    await ask('POST', '', { ...EVENT, recurrence: ['RRULE:FREQ=WEEKLY'] });
    await world.person.deleteOccurrence('Theirs', '2026-12-08T10:00');
    const { body } = await ask('GET', '');
    const cancelled = (body!['items'] as Record<string, unknown>[]).find(
      ({ status }) => status === 'cancelled',
    );
    expect(Object.keys(cancelled!).toSorted()).toEqual(
      ['etag', 'id', 'kind', 'originalStartTime', 'recurringEventId', 'status'].toSorted(),
    );
  });

  it('opens nothing without the scope, and nothing with a token that ended', async () => {
    const token = world.fake.oauth.give('ana@example.com', [
      'https://www.googleapis.com/auth/calendar.freebusy',
    ]);
    const headers = { authorization: `Bearer ${token}` };
    expect((await world.fake.fetch(EVENTS, { headers })).status).toBe(403);
    world.clock.advance(61);
    expect((await world.fake.fetch(EVENTS, { headers })).status).toBe(401);
  });
});
