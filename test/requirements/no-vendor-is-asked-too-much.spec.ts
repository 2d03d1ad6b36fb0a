import { CallMeter } from '../../src/calendars/call-meter.ts';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { VendorLimits } from '../../src/calendars/calls.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { TestClock } from '../support/test-clock.ts';
import { NOW } from '../store/samples.ts';
import { seedOrganisation } from '../store/seed-organisation.ts';

const database = await freshDatabase();
const dataSource = await createDataSource({ url: database.url, poolSize: 6 }).initialize();
const store = new PostgresStore(dataSource, async () => {});
const { organisation, account, repAccount } = await seedOrganisation(store);
const clock = new TestClock(NOW);
afterAll(() => dataSource.destroy());
beforeEach(async () => {
  await dataSource.query('DELETE FROM vendor_budget');
  await dataSource.query('DELETE FROM vendor_calls');
  await dataSource.query('UPDATE calendar_account SET closed_until = NULL, unmailed_until = NULL');
  clock.advance(10);
});

const LIMITS: VendorLimits = { projectPerMinute: 1000, accountPerMinute: 20, atOnce: 4, mailsPerMinute: 3 };

function meter(): CallMeter {
  return new CallMeter(store, clock);
}

function callsOf(it: CallMeter, of = account, limits = LIMITS) {
  return it.of(organisation, of, 'google', limits);
}

const fine = async () => 'fine';
const limited = (limit: CalendarError['limit'], retryAfter: number) => async () => {
  throw new CalendarError('RateLimited', 'Wait.', { limit, retryAfter });
};
const waits = (seconds: number) => ({ trouble: 'RateLimited', retryAfter: seconds });

test('an account that the vendor asked to wait waits as long as it was asked, in every process', async () => {
  const calls = await callsOf(meter());
  await expect(calls.run(limited('account', 600))).rejects.toMatchObject(waits(600));
  const elsewhere = await callsOf(meter());
  await expect(elsewhere.run(fine)).rejects.toMatchObject(waits(600));
  clock.advance(9);
  await expect(elsewhere.run(fine)).rejects.toMatchObject(waits(60));
  clock.advance(1);
  expect(await elsewhere.run(fine)).toBe('fine');
});

test('other accounts go on meanwhile', async () => {
  const it = meter();
  await expect((await callsOf(it)).run(limited('account', 600))).rejects.toThrow('Wait.');
  expect(await (await callsOf(it, repAccount)).run(fine)).toBe('fine');
});

test('what is refused for mails alone leaves reading and quiet writes open', async () => {
  const calls = await callsOf(meter());
  const mails = { tellsGuests: true };
  await expect(calls.run(limited('mails', 3600), mails)).rejects.toThrow('Wait.');
  expect(await calls.run(fine)).toBe('fine');
  await expect(calls.run(fine, mails)).rejects.toMatchObject(waits(3600));
});

test('what concerns the whole project stops everybody in every process', async () => {
  await expect((await callsOf(meter())).run(limited('project', 120))).rejects.toThrow('Wait.');
  await expect((await callsOf(meter(), repAccount)).run(fine)).rejects.toMatchObject(waits(120));
});

test('all processes together stay within the project’s minute', async () => {
  const limits = { ...LIMITS, projectPerMinute: 30, accountPerMinute: 1000 };
  const processes = [meter(), meter(), meter()];
  let made = 0;
  for (let i = 0; i < 60; i++) {
    const calls = await callsOf(processes[i % 3]!, account, limits);
    await calls.run(async () => void made++).catch(() => {});
  }
  expect(made).toBe(30);
  clock.advance(1);
  await (await callsOf(processes[0]!, account, limits)).run(async () => void made++);
  expect(made).toBe(31);
});

test('one account spends no more than its own share, of calls and of mails', async () => {
  const it = meter();
  const calls = await callsOf(it);
  const tried = async (times: number, tellsGuests: boolean): Promise<number> => {
    const all = Array.from({ length: times }, () => calls.run(fine, { tellsGuests }).catch(() => null));
    return (await Promise.all(all)).filter((answer) => answer === 'fine').length;
  };
  expect(await tried(5, true)).toBe(LIMITS.mailsPerMinute);
  expect(await tried(40, false)).toBe(LIMITS.accountPerMinute - LIMITS.mailsPerMinute);
  expect(await (await callsOf(it, repAccount)).run(fine)).toBe('fine');
});

test('no more calls of an account are under way than the vendor serves at once', async () => {
  const calls = await callsOf(meter());
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  let [now, most] = [0, 0];
  const call = async () => {
    most = Math.max(most, ++now);
    await answered;
    now--;
  };
  const all = Promise.all(Array.from({ length: 16 }, () => calls.run(call)));
  while (now < LIMITS.atOnce) await new Promise((done) => void setImmediate(done));
  answer();
  await all;
  expect([most, now]).toEqual([LIMITS.atOnce, 0]);
});

test('the admin sees what was asked in the last hour and how often the vendor said to wait', async () => {
  const it = meter();
  const calls = await callsOf(it);
  await calls.run(fine);
  await calls.run(fine);
  await calls.run(limited('account', 60)).catch(() => {});
  await calls.run(fine).catch(() => {});
  await it.flush();
  const lastHour = () => store.transaction(organisation, ({ calls }) => calls.lastHour(clock.now()));
  expect(await lastHour()).toEqual([{ account, calls: 3, throttled: 1 }]);
  clock.advance(70);
  expect(await lastHour()).toEqual([]);
});

test('an organisation with a thousand due calendars leaves room for one with a single one', async () => {
  const crowded = await seedOrganisation(store);
  const lonely = await seedOrganisation(store);
  await dataSource.query(
    `INSERT INTO calendar_account (organisation_id, person_id, provider, next_poll)
     SELECT $1, $2, 'google', 0 FROM generate_series(1, 1000)`,
    [crowded.organisation, crowded.manager],
  );
  await store.transaction(lonely.organisation, ({ accounts }) => accounts.postponePoll(lonely.account, 5));
  const due = await store.dueAccounts(clock.now(), 500);
  expect(due).toHaveLength(500);
  expect(due.slice(0, 2)).toContainEqual({ organisation: lonely.organisation, account: lonely.account });
});
