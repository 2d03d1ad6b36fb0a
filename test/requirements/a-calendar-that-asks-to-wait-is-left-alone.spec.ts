import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { TokenKeeper } from '../../src/calendars/token-keeper.ts';
import { Vendors } from '../../src/calendars/vendors.ts';
import { dayFromIso } from '../../src/domain/minute.ts';
import { Look } from '../../src/jobs/look.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { FakeVendor } from '../support/fake-vendor.ts';
import { MONDAY, startService } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const service = await startService(database, [await queueOn(database), CalendarsModule, ReconcileModule]);
const google = new FakeVendor('google', service.clock);
service.app.get(Vendors).add(google);
const organisation = await service.organisation();

const RULE = { zone: 'Europe/Berlin', weekday: 2, minuteOfDay: 600, everyWeeks: 1 } as const;

/** A series in a calendar of its own at the vendor. */
async function seriesOf(email: string): Promise<{ account: string; series: string }> {
  const manager = await service.person(organisation, ['manager']);
  const rep = await service.person(organisation, ['rep']);
  const { secrets } = await google.signIn.actFor('somebody@example.com');
  return service.store.transaction(organisation, async ({ accounts, pairs, series }) => {
    const id = crypto.randomUUID();
    const secret = service.app.get(TokenKeeper).sealed(organisation, id, secrets);
    const settings = { email, calendarId: 'primary', invites: 'yes' };
    const account = await accounts.connect({
      id,
      person: manager.id,
      provider: 'google',
      settings,
      secret,
      nextPoll: null,
    });
    const pair = await pairs.add(manager.id, rep.id);
    const rule = { ...RULE, firstDay: dayFromIso('2026-11-24') };
    const added = { pair, account, title: '1-on-1', format: 'weekly_30', rule, minutes: 30 } as const;
    return { account, series: await series.add(added, MONDAY) };
  });
}

const look = service.app.get(Look, { strict: false });
const one = await seriesOf('one@work.example');
const other = await seriesOf('other@work.example');
const occurrences = () => service.rows('SELECT * FROM occurrence WHERE series_id = $1', [one.series]);
const accountOf = async (id: string) =>
  (
    await service.rows<{ state: string; because: string; next_poll: number }>(
      'SELECT state, because, next_poll FROM calendar_account WHERE id = $1',
      [id],
    )
  )[0]!;

beforeAll(() => look.at(one.series));

test('asked to wait ten minutes, it is not called for ten minutes, and nothing is counted', async () => {
  const before = await occurrences();
  google.trouble = new CalendarError('RateLimited', 'Google asks us to wait.', { retryAfter: 600 });
  google.calendarOf('one@work.example').book.copies.clear();
  await look.at(one.series);
  expect(await accountOf(one.account)).toEqual({
    state: 'paused',
    because: 'Google asks us to wait.',
    next_poll: service.clock.at + 10,
  });
  google.trouble = null;
  const { arrived } = google;
  await look.at(one.series);
  await look.poll(organisation, one.account);
  expect(google.arrived).toBe(arrived);
  expect(await occurrences()).toEqual(before);
});

test('calendars of others go on meanwhile', async () => {
  await look.at(other.series);
  expect(await accountOf(other.account)).toMatchObject({ state: 'connected' });
  expect(google.calendarOf('other@work.example').book.copies.size).toBe(1);
});

test('after that time the poll that was left for it wakes its series', async () => {
  const { next_poll: next } = await accountOf(one.account);
  expect(next).toBeGreaterThanOrEqual(service.clock.at + 10);
  service.clock.at = Math.ceil(next);
  service.jobs.length = 0;
  await look.poll(organisation, one.account);
  expect(service.jobs).toContainEqual({ name: 'reconcile-series', seriesId: one.series });
  await look.at(one.series);
  expect(google.calendarOf('one@work.example').book.copies.size).toBe(1);
});
