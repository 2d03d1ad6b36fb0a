import { BuiltinResources } from '../../src/calendars/builtin/builtin-resources.ts';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { newAccount, openStore } from '../support/builtin-world.ts';
import { freshDatabase } from '../support/database.ts';

const opened = await openStore(await freshDatabase());

describe('the built-in collection', () => {
  let resources: BuiltinResources;
  let organisation: string;
  let account: string;
  beforeEach(async () => {
    ({ organisation, account } = await newAccount(opened));
    resources = new BuiltinResources(opened.store, organisation, account);
  });

  test('lets one of many writers on the same version win', async () => {
    const etag = await resources.put('a.ics', event('a', 0), null);
    const writes = [1, 2, 3, 4].map((n) => resources.put('a.ics', event('a', n), etag));
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toEqual(Array(3).fill(expect.objectContaining({ trouble: 'Conflict' })));
  });

  test('lets one of many makers of the same name win', async () => {
    const makers = [1, 2, 3, 4].map((n) => resources.put('a.ics', event('a', n), null));
    const outcomes = await Promise.allSettled(makers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('never lets a cursor pass a change that is not committed yet', async () => {
    const { cursor } = await resources.changes(null);
    const seen = await opened.store.transaction(organisation, async ({ builtin }) => {
      await builtin.put(account, { href: 'slow.ics', ics: event('slow', 0), etag: '1' }, null);
      const second = resources.put('fast.ics', event('fast', 0), null);
      return { second: () => second, between: await resources.changes(cursor) };
    });
    await seen.second();
    expect(seen.between).toEqual({ kind: 'since', changed: [], removed: [], cursor });
    const after = await resources.changes(seen.between.cursor);
    expect(after).toMatchObject({ changed: ['slow.ics', 'fast.ics'], removed: [] });
  });

  test('tells of a deletion by name, and lets the name be used again', async () => {
    const etag = await resources.put('a.ics', event('a', 0), null);
    const { cursor } = await resources.changes(null);
    await resources.delete('a.ics', etag);
    await resources.delete('a.ics', etag);
    expect(await resources.get('a.ics')).toBeNull();
    expect(await resources.withUid('a')).toEqual([]);
    expect(await resources.changes(cursor)).toMatchObject({ changed: [], removed: ['a.ics'] });
    await expect(resources.put('a.ics', event('a', 1), etag)).rejects.toMatchObject({ trouble: 'Conflict' });
    await resources.put('a.ics', event('a', 1), null);
    expect(await resources.get('a.ics')).toMatchObject({ ics: event('a', 1) });
  });

  test('finds an event by a UID that was folded over lines', async () => {
    const uid = `perennial-e-${'long'.repeat(20)}`;
    const folded = event(uid, 0).replace(`UID:${uid}`, `UID:${uid.slice(0, 60)}\r\n ${uid.slice(60)}`);
    await resources.put('long.ics', folded, null);
    expect(await resources.withUid(uid)).toMatchObject([{ name: 'long.ics' }]);
  });

  test('of another organisation is not there', async () => {
    await resources.put('a.ics', event('a', 0), null);
    const elsewhere = await newAccount(opened);
    const stranger = new BuiltinResources(opened.store, elsewhere.organisation, account);
    expect(await stranger.get('a.ics')).toBeNull();
    await expect(stranger.probe()).rejects.toBeInstanceOf(CalendarError);
    await expect(stranger.put('b.ics', event('b', 0), null)).rejects.toThrow();
  });
});

function event(uid: string, sequence: number): string {
  const lines = [
    `UID:${uid}`,
    'DTSTAMP:20261101T000000Z',
    'DTSTART:20261201T080000Z',
    `SEQUENCE:${sequence}`,
  ];
  const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//T//EN', 'BEGIN:VEVENT', ...lines];
  return [...calendar, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
}
