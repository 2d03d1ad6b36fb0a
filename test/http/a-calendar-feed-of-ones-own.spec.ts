import { BuiltinCalendarModule } from '../../src/accounts/builtin-calendar.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import ICAL from 'ical.js';
import { BuiltinPair } from '../support/builtin-pair.ts';
import { openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';
import { hashOfToken, newToken } from '../../src/platform/access/token-authenticator.ts';
import { startService } from '../support/http.ts';
import { problemsOf } from '../support/strict-icalendar.ts';

const database = await freshDatabase();

const service = await startService(database, [CalendarsModule, BuiltinCalendarModule]);
const opened = await openStore(database);

describe('a calendar feed', () => {
  let pair: BuiltinPair;
  let path: string;
  beforeAll(async () => {
    pair = await BuiltinPair.make(opened);
    await pair.settle();
    await pair.act('manager', 'delete', '2026-11-24');
    await pair.settle();
    await pair.act('manager', 'drag', '2026-12-01', '2026-12-04T15:30Z');
    // On Friday afternoon nothing is left of the week: the recovery becomes an event of its own.
    await pair.at('2026-12-04T15:00Z');
    await pair.act('manager', 'delete', '2026-12-01');
    await pair.settle();
    await BuiltinPair.make(opened).then((other) => other.settle());
    path = await feedOf(pair, pair.people.rep);
  });

  test('shows both people the same meetings, moves and recovery included, and nobody else’s', async () => {
    const mine = await service.ask('GET', path);
    const theirs = await service.ask('GET', await feedOf(pair, pair.people.manager));
    expect(mine.status).toBe(200);
    expect(mine.body).toBe(theirs.body);
    const events = eventsIn(mine.body);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
    const { facts } = await pair.remembered();
    const moved = facts.occurrences.find((o) => o.state === 'moved' || o.cancelActs.length > 0)!;
    const [recovery] = facts.recoveries;
    const shown = events.map(({ startDate }) => startDate.toUnixTime() / 60);
    expect(recovery).toMatchObject({ state: 'booked', is: { kind: 'separate' } });
    expect(shown).toEqual(expect.arrayContaining([moved.placed!.slot.start, recovery!.placed!.slot.start]));
  });

  test('is valid iCalendar, line by line', async () => {
    const { body, headers } = await service.ask('GET', path);
    expect(problemsOf(body)).toEqual([]);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const lines = body.replace(/\r\n[ \t]/g, '').split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:PUBLISH',
        'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
        'X-PUBLISHED-TTL:PT1H',
      ]),
    );
  });

  test('carries the agenda and the reason, and nothing of what people answered', async () => {
    const { body } = await service.ask('GET', path);
    const text = body.replace(/\r\n[ \t]/g, '');
    expect(text).toContain('Last commitment');
    expect(text).toContain('was deleted from the calendar');
    expect(text).not.toMatch(/ATTENDEE|PARTSTAT|X-PERENNIAL/);
  });

  test('is not sent again while nothing changed', async () => {
    const first = await service.ask('GET', path);
    const etag = first.headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await service.ask('GET', path, { headers: { 'If-None-Match': known } });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await pair.act('manager', 'drag', '2026-12-08', '2026-12-10T15:00Z');
    const changed = await service.ask('GET', path, { headers: { 'If-None-Match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.body).toContain('20261210T160000');
  });

  test('answers HEAD like GET, without the body', async () => {
    const [head, get] = [await service.ask('HEAD', path), await service.ask('GET', path)];
    expect([head.status, head.body]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    }
  });

  test('is valid for somebody who has no meeting yet', async () => {
    const organisation = await service.organisation();
    const alone = await service.person(organisation, ['rep']);
    const made = await alone.ask('PUT', '/api/feed');
    const { body } = await service.ask('GET', new URL(made.body.url).pathname);
    expect(problemsOf(body)).toEqual([]);
    expect(eventsIn(body)).toEqual([]);
  });

  test('has one address at a time, of 256 random bits, which is nowhere stored', async () => {
    const organisation = await service.organisation();
    const person = await service.person(organisation, ['rep']);
    expect((await person.ask('GET', '/api/feed')).body).toEqual({ since: null });
    const first = (await person.ask('PUT', '/api/feed')).body.url as string;
    const second = (await person.ask('PUT', '/api/feed')).body.url as string;
    expect(second).toMatch(/^https:\/\/perennial\.test\/feeds\/[\w-]{43}\.ics$/);
    expect((await service.ask('GET', new URL(first).pathname)).status).toBe(404);
    expect((await service.ask('GET', new URL(second).pathname)).status).toBe(200);
    expect((await person.ask('GET', '/api/feed')).body.since).toMatch(/Z$/);
    const token = second.slice(-47, -4);
    const kept = JSON.stringify(await opened.query('SELECT * FROM feed_token'));
    expect(kept).not.toContain(token);
    expect(service.lines.join('\n')).not.toContain(token);
    expect((await person.ask('DELETE', '/api/feed')).status).toBe(204);
    expect((await service.ask('GET', new URL(second).pathname)).status).toBe(404);
  });

  test('of somebody who left is gone', async () => {
    const organisation = await service.organisation();
    const person = await service.person(organisation, ['rep']);
    const { url } = (await person.ask('PUT', '/api/feed')).body;
    await service.store.transaction(organisation, ({ people }) =>
      people.change(person.id, { active: false }),
    );
    expect((await service.ask('GET', new URL(url).pathname)).status).toBe(404);
  });

  test.each(['/feeds/x.ics', `/feeds/${'a'.repeat(43)}.ics`, '/feeds/%2e%2e'])(
    'is not guessed at %s',
    async (guess) => {
      expect((await service.ask('GET', guess)).status).toBe(404);
    },
  );

  async function feedOf({ organisation }: BuiltinPair, person: string): Promise<string> {
    const token = newToken();
    await service.store.transaction(organisation, ({ access }) =>
      access.setFeed(person, hashOfToken(token), 0),
    );
    return `/feeds/${token}.ics`;
  }
});

function eventsIn(ics: string): ICAL.Event[] {
  const root = ICAL.Component.fromString(ics);
  return root.getAllSubcomponents('vevent').map((event) => {
    for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    return new ICAL.Event(event, { exceptions: [] });
  });
}
