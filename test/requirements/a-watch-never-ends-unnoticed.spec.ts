import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { channelOf } from '../../src/calendars/watch-secret.ts';
import { DAY, HOUR } from '../../src/domain/minute.ts';
import { KeepWatch } from '../../src/reconcile/keep-watch.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { FakePush, WATCH_MINUTES } from '../support/fake-vendor.ts';
import { TestClock } from '../support/test-clock.ts';
import { seedOrganisation } from '../store/seed-organisation.ts';
import { NOW } from '../store/samples.ts';

const database = await freshDatabase();
const dataSource = await createDataSource({ url: database.url, poolSize: 4 }).initialize();
const store = new PostgresStore(dataSource, async () => {});
afterAll(() => dataSource.destroy());

const UNNAMED = { channel: null, resource: null };
const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

/** An account at a vendor, and a keeper of its watches with a clock of its own. */
async function watchedAccount(address: string | null = 'https://perennial.test/webhooks/google') {
  const clock = new TestClock(NOW);
  const push = new FakePush(clock);
  const { organisation, manager } = await seedOrganisation(store);
  const account = await store.transaction(organisation, ({ accounts }) =>
    accounts.connect({ person: manager, provider: 'google', settings: {}, secret: null, nextPoll: null }),
  );
  const keeper = new KeepWatch({ store, push: async () => push, clock, log, address: () => address });
  const inside = <T>(work: Parameters<typeof store.transaction<T>>[1]) =>
    store.transaction(organisation, work);
  return {
    clock,
    push,
    account,
    inside,
    keep: () => keeper.run(organisation, account),
    watches: () => inside(({ watches }) => watches.ofAccount(account)),
    isWatched: () => inside(({ accounts }) => accounts.isWatched(account, clock.now())),
    /** The vendor's first message arrives through the watch that was asked for last. */
    hear: () =>
      inside(({ watches }) => watches.heard(channelOf(push.asked.at(-1)!.secret)!, UNNAMED, clock.now())),
    nextLook: async () => {
      const sql = 'SELECT next_watch, unwatched FROM calendar_account WHERE id = $1';
      return (await dataSource.query<{ next_watch: number; unwatched: string | null }[]>(sql, [account]))[0]!;
    },
  };
}

test('a connected account is watched, and counts as watched once the vendor was heard', async () => {
  const { keep, push, hear, isWatched, nextLook, clock } = await watchedAccount();
  await keep();
  expect(push.standing.size).toBe(1);
  expect(await isWatched()).toBe(false);
  expect(await nextLook()).toEqual({
    next_watch: clock.now() + 5,
    unwatched: 'The calendar provider has not reached us yet.',
  });
  await hear();
  expect(await isWatched()).toBe(true);
});

test('the secret is as good as never written down', async () => {
  const { keep, push } = await watchedAccount();
  await keep();
  const { secret, channel } = push.asked[0]!;
  expect(secret.length).toBeLessThanOrEqual(128);
  const rows = JSON.stringify(await dataSource.query('SELECT * FROM calendar_watch'));
  expect(rows).toContain(channel);
  expect(rows).not.toContain(secret.split('.')[1]);
});

test('it is renewed while 20 to 25 % of its life is left, not all on the same minute', async () => {
  const renewals = new Set<number>();
  for (let i = 0; i < 8; i++) {
    const { keep, watches } = await watchedAccount();
    await keep();
    const [watch] = await watches();
    const left = (watch!.expiresAt! - watch!.renewAt!) / WATCH_MINUTES;
    expect(left).toBeGreaterThanOrEqual(0.2);
    expect(left).toBeLessThanOrEqual(0.25);
    renewals.add(Math.round(watch!.renewAt!));
  }
  expect(renewals.size).toBeGreaterThan(4);
});

test('the old watch stands until the new one was heard, then it is stopped', async () => {
  const { keep, clock, push, hear, watches } = await watchedAccount();
  await keep();
  await hear();
  clock.advance(WATCH_MINUTES * 0.81);
  await keep();
  expect(push.standing.size).toBe(2);
  clock.advance(6);
  await keep();
  expect(push.standing.size).toBe(2);
  await hear();
  await keep();
  expect([...push.standing.keys()]).toEqual([push.asked.at(-1)!.channel]);
  expect(await watches()).toHaveLength(1);
});

test('where the vendor prolongs a watch, no second one is made', async () => {
  const { keep, clock, push, watches } = await watchedAccount();
  push.renews = true;
  await keep();
  clock.advance(WATCH_MINUTES * 0.81);
  await keep();
  expect(push.asked).toHaveLength(1);
  expect(await watches()).toMatchObject([{ state: 'standing', expiresAt: clock.now() + WATCH_MINUTES }]);
});

test('a watch that ended while the service was down is made anew', async () => {
  const { keep, clock, push, hear, isWatched } = await watchedAccount();
  await keep();
  await hear();
  clock.advance(8 * DAY);
  expect(await isWatched()).toBe(false);
  await keep();
  await hear();
  expect(await isWatched()).toBe(true);
  expect(push.asked).toHaveLength(2);
});

test('a refusal is told, and the question asked again as late as the vendor wishes', async () => {
  const { keep, push, nextLook, clock, watches } = await watchedAccount();
  push.trouble = new CalendarError('RateLimited', 'Google asks us to wait.', { retryAfter: 7200 });
  await keep();
  expect(await nextLook()).toEqual({
    next_watch: clock.now() + 2 * HOUR,
    unwatched: 'Google asks us to wait.',
  });
  expect(await watches()).toEqual([]);
});

test('questions whose answers are lost do not pile up watches at the vendor', async () => {
  const { keep, push, clock, nextLook } = await watchedAccount();
  for (let i = 0; i < 6; i++) {
    push.trouble = new CalendarError('Unreachable', 'The answer was lost.');
    await keep();
    push.trouble = null;
    clock.advance(1);
  }
  push.trouble = null;
  await keep();
  expect(push.asked).toHaveLength(0);
  expect((await nextLook()).unwatched).toContain('does not answer');
});

test('a watch whose answer was lost is stopped as soon as a message tells of it', async () => {
  const { keep, push, clock, watches, inside, account } = await watchedAccount();
  push.trouble = new CalendarError('Unreachable', 'The answer was lost.');
  await keep();
  const [lost] = await watches();
  push.standing.set('theirs', { channel: 'theirs', resource: 'r', expiresAt: NOW + DAY });
  await inside(({ watches }) =>
    watches.heard(lost!.channel, { channel: 'theirs', resource: 'r' }, clock.now()),
  );
  clock.advance(20);
  await keep();
  expect(push.standing.has('theirs')).toBe(false);
  expect((await inside(({ watches }) => watches.ofAccount(account))).map((w) => w.channel)).not.toContain(
    lost!.channel,
  );
});

test('a calendar whose server never tells by itself is not asked to', async () => {
  const { account, inside } = await watchedAccount();
  await dataSource.query(`UPDATE calendar_account SET provider = 'caldav' WHERE id = $1`, [account]);
  await inside(({ watches }) => watches.wake(account));
  expect(await store.vendors.dueWatches(NOW, 1000)).not.toContainEqual(expect.objectContaining({ account }));
});

test('without an address that a vendor could reach, nothing is asked and the admin is told why', async () => {
  const { keep, push, nextLook } = await watchedAccount(null);
  await keep();
  expect(push.asked).toEqual([]);
  expect((await nextLook()).unwatched).toContain('BASE_URL');
});
