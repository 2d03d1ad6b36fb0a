import { randomUUID } from 'node:crypto';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { TokenKeeper } from '../../src/calendars/token-keeper.ts';
import { Seal } from '../../src/platform/seal.ts';
import { createDataSource } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import { freshDatabase } from '../support/database.ts';
import { FakeSignIn, TOKEN_MINUTES } from '../support/fake-vendor.ts';
import { TestClock } from '../support/test-clock.ts';
import { NOW } from '../store/samples.ts';
import { seedOrganisation } from '../store/seed-organisation.ts';

const database = await freshDatabase();
const seal = new Seal(Buffer.alloc(32, 7));

/** Two processes: each has its own connections and knows nothing of the other. */
const processes = await Promise.all(
  [1, 2].map(async () => {
    const dataSource = await createDataSource({ url: database.url, poolSize: 6 }).initialize();
    return { dataSource, store: new PostgresStore(dataSource, async () => {}) };
  }),
);
afterAll(() => Promise.all(processes.map(({ dataSource }) => dataSource.destroy())));
const [{ store }] = processes as [(typeof processes)[number]];

async function signedIn() {
  const clock = new TestClock(NOW);
  const vendor = new FakeSignIn('google', clock);
  const { organisation, manager } = await seedOrganisation(store);
  const keepers = processes.map((each) => new TokenKeeper(each.store, seal, clock));
  const url = vendor.authoriseUrl({ state: 's', codeChallenge: CHALLENGE, redirectUri: 'r', loginHint: '' });
  const { code } = vendor.consent(url, 'm@work.example');
  const { secrets } = await vendor.exchange(code, VERIFIER, 'r');
  const id = randomUUID();
  const secret = keepers[0]!.sealed(organisation, id, secrets);
  const settings = { email: 'm@work.example' };
  await store.transaction(organisation, ({ accounts }) =>
    accounts.connect({ id, person: manager, provider: 'google', settings, secret, nextPoll: null }),
  );
  const [one, other] = keepers.map((keeper) => keeper.accessOf(organisation, { id }, vendor)) as [
    ReturnType<TokenKeeper['accessOf']>,
    ReturnType<TokenKeeper['accessOf']>,
  ];
  return { clock, vendor, organisation, id, one, other, first: secrets.accessToken };
}

// RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

test('a token is used until five minutes before its end', async () => {
  const { clock, one, first, vendor } = await signedIn();
  clock.advance(TOKEN_MINUTES - 6);
  expect(await one.token()).toBe(first);
  clock.advance(1);
  expect(await one.token()).not.toBe(first);
  expect(vendor.refreshes).toBe(1);
});

test('twenty who find it ended, in two processes, refresh it once and share what came of it', async () => {
  const { clock, one, other, vendor } = await signedIn();
  clock.advance(TOKEN_MINUTES);
  const { promise, resolve } = Promise.withResolvers<void>();
  vendor.gate = promise;
  const asked = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : other).token());
  resolve();
  const tokens = new Set(await Promise.all(asked));
  expect(tokens.size).toBe(1);
  expect(vendor.refreshes).toBe(1);
});

test('a token that the vendor refused is replaced, and whoever held the same one adopts the new one', async () => {
  const { one, other, first, vendor } = await signedIn();
  const second = await one.insteadOf(first);
  expect(second).not.toBe(first);
  expect(await other.insteadOf(first)).toBe(second);
  expect(vendor.refreshes).toBe(1);
});

test('a consent that was taken back is told as that, and what was known stays', async () => {
  const { clock, one, vendor, organisation, id } = await signedIn();
  vendor.revoke('m@work.example');
  clock.advance(TOKEN_MINUTES);
  await expect(one.token()).rejects.toMatchObject({ trouble: 'AccessRevoked' });
  const account = await store.transaction(organisation, ({ accounts }) => accounts.load(id));
  expect(account?.settings['secret']).toBeDefined();
});

test('an owner who signs in again during a refresh keeps what they brought', async () => {
  const { clock, one, vendor, organisation, id } = await signedIn();
  clock.advance(TOKEN_MINUTES);
  const { promise, resolve } = Promise.withResolvers<void>();
  vendor.gate = promise;
  const refreshing = one.token();
  const brought = { accessToken: 'brought', refreshToken: 'r', expiresAt: clock.now() + 60 };
  const secret = new TokenKeeper(store, seal, clock).sealed(organisation, id, brought);
  while (vendor.refreshes === 0) await new Promise((done) => void setImmediate(done));
  await store.transaction(organisation, ({ accounts }) =>
    accounts.reconnect(id, { settings: { email: 'm@work.example' }, secret, nextPoll: null }),
  );
  resolve();
  await refreshing;
  expect(await one.token()).toBe('brought');
});

test('a token sealed with another key asks for a new sign-in', async () => {
  const { organisation, id, vendor, clock } = await signedIn();
  const keeper = new TokenKeeper(store, new Seal(Buffer.alloc(32, 8)), clock);
  const refusal = keeper.accessOf(organisation, { id }, vendor).token();
  await expect(refusal).rejects.toBeInstanceOf(CalendarError);
  await expect(refusal).rejects.toMatchObject({ trouble: 'AccessRevoked' });
});
