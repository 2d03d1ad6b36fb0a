import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { Vendors } from '../../src/calendars/vendors.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { FakeVendor } from '../support/fake-vendor.ts';
import { startService } from '../support/http.ts';
import type { Answer, Visitor } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const rooms = [await queueOn(database), CalendarsModule, ReconcileModule, AccountsModule];
const settings = { GOOGLE_CLIENT_ID: 'client', GOOGLE_CLIENT_SECRET: 'a client secret' };
const service = await startService(database, rooms, { environment: settings });
const google = new FakeVendor('google', service.clock);
service.app.get(Vendors).add(google);
const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);
const manager = await service.person(organisation, ['manager']);
const rep = await service.person(organisation, ['rep']);

const START = '/api/calendar-accounts/google/start';
const EMAIL = 'manager@work.example';

interface Begun {
  readonly url: string;
  readonly cookie: string;
}

async function begin(who: Visitor, query = ''): Promise<Begun> {
  const { status, body, headers } = await who.ask('GET', START + query);
  expect(status).toBe(200);
  return { url: body.url, cookie: headers.get('set-cookie')!.split(';')[0]! };
}

/** The browser comes back from the vendor, with or without the cookie of the one that began. */
function comeBack(query: Record<string, string>, cookie: string | null): Promise<Answer> {
  const path = `/oauth/google/callback?${new URLSearchParams(query).toString()}`;
  return service.ask('GET', path, cookie === null ? {} : { headers: { cookie } });
}

async function signIn(who: Visitor, email = EMAIL, query = ''): Promise<string | null> {
  const { url, cookie } = await begin(who, query);
  const { code, state } = google.signIn.consent(url, email);
  return whereTo(await comeBack({ code, state }, cookie));
}

function whereTo({ status, headers }: Answer): string | null {
  expect(status).toBe(303);
  return headers.get('location');
}

function refused(why: string): string {
  return `https://perennial.test/calendar?provider=google&refused=${why}`;
}

const accounts = async (who: Visitor) => (await who.ask('GET', '/api/calendar-accounts')).body.items;

test('a person who agrees at the vendor has a connected calendar, and its reading begins', async () => {
  const page = await signIn(manager);
  const [account] = await accounts(manager);
  expect(page).toBe(`https://perennial.test/calendar?provider=google&connected=${account.id}`);
  expect(account).toMatchObject({
    provider: 'google',
    state: 'connected',
    connectedBy: 'owner',
    calendar: { url: null, user: EMAIL, name: 'Work' },
    push: { until: null },
    calls: { made: 0, throttled: 0 },
  });
  expect(service.jobs).toContainEqual({ name: 'poll-account', accountId: account.id });
  const [row] = await service.rows<{ next_watch: number }>('SELECT next_watch FROM calendar_account');
  expect(row).toEqual({ next_watch: 0 });
});

test('what opens the calendar is sealed, and stands in no table and no line of the log', async () => {
  const held = await service.rows('SELECT to_jsonb(a) AS row FROM calendar_account a');
  const everything = JSON.stringify(held) + service.lines.join('\n');
  expect(google.signIn.tokens.length).toBeGreaterThan(0);
  for (const token of google.signIn.tokens) expect(everything).not.toContain(token);
  expect(everything).not.toContain('refresh-manager');
  expect(everything).not.toContain('a client secret');
});

test('the vendor sees a challenge and our one redirect address, never the verifier', async () => {
  const { url } = await begin(manager);
  const asked = new URL(url).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
  expect(asked.get('redirect_uri')).toBe('https://perennial.test/oauth/google/callback');
  const [row] = await service.rows<{ verifier: string; state_hash: string }>('SELECT * FROM sign_in');
  expect(row!.verifier).toMatch(/^v1\./);
  expect(url).not.toContain(row!.state_hash);
});

test('the cookie that ties a sign-in to its browser is for the way back alone', async () => {
  const { headers } = await manager.ask('GET', START);
  expect(headers.get('set-cookie')).toMatch(
    /^perennial-sign-in=[\w-]{43}; HttpOnly; SameSite=Lax; Path=\/oauth; Max-Age=600; Secure$/,
  );
  expect(headers.get('cache-control')).toBe('no-store');
});

test('a state that nobody was given, or that was used, connects nothing', async () => {
  const { url, cookie } = await begin(rep);
  const { code, state } = google.signIn.consent(url, 'rep@work.example');
  expect(whereTo(await comeBack({ code, state: 'made-up' }, cookie))).toBe(refused('expired'));
  expect(whereTo(await comeBack({ code, state }, cookie))).toContain('connected=');
  const again = google.signIn.consent(url, 'somebody-else@work.example');
  expect(whereTo(await comeBack({ code: again.code, state }, cookie))).toBe(refused('expired'));
  expect(await accounts(rep)).toHaveLength(1);
});

test('whoever is sent a link that somebody else began connects nothing', async () => {
  const { url } = await begin(rep);
  const victim = await begin(manager);
  const { code, state } = google.signIn.consent(url, 'victim@work.example');
  expect(whereTo(await comeBack({ code, state }, victim.cookie))).toBe(refused('other-browser'));
  const other = await begin(rep);
  const consent = google.signIn.consent(other.url, 'victim@work.example');
  expect(whereTo(await comeBack({ code: consent.code, state: consent.state }, null))).toBe(
    refused('other-browser'),
  );
  expect(JSON.stringify(await accounts(admin))).not.toContain('victim');
});

test('a sign-in that takes longer than ten minutes has to begin anew', async () => {
  const { url, cookie } = await begin(rep);
  const { code, state } = google.signIn.consent(url, 'late@work.example');
  service.clock.at += 10;
  expect(whereTo(await comeBack({ code, state }, cookie))).toBe(refused('expired'));
});

test('a code that belongs to another challenge is refused by the vendor, in plain words', async () => {
  const mine = await begin(rep);
  const theirs = await begin(manager);
  const { code } = google.signIn.consent(theirs.url, EMAIL);
  const { state } = google.signIn.consent(mine.url, EMAIL);
  expect(whereTo(await comeBack({ code, state }, mine.cookie))).toBe(refused('refused'));
});

test('somebody who does not agree comes back to the page and nothing has changed', async () => {
  const { url, cookie } = await begin(rep);
  const state = new URL(url).searchParams.get('state')!;
  expect(whereTo(await comeBack({ error: 'access_denied', state }, cookie))).toBe(refused('declined'));
});

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/calendar/../..//evil.example',
  'calendar',
])('a sign-in never comes back to %s', async (page) => {
  const { status, body } = await manager.ask('GET', `${START}?returnTo=${encodeURIComponent(page)}`);
  expect(status).toBe(400);
  expect(body.errors).toEqual([
    { field: 'returnTo', says: 'must be a page of this service, such as /calendar' },
  ]);
});

test('signing in again opens the same account, with its meetings', async () => {
  const [before] = await accounts(manager);
  await service.store.transaction(organisation, (stores) =>
    stores.accounts.setState(before.id, 'disconnected', 'The consent was taken back.'),
  );
  const [gone] = await accounts(manager);
  expect(gone.whatToDo).toBe('Sign in at Google again.');
  expect(gone.fix.url).toMatch(/^https:\/\//);
  expect(await signIn(manager, EMAIL.toUpperCase(), `?account=${before.id}`)).toContain(before.id);
  expect(await accounts(manager)).toMatchObject([{ id: before.id, state: 'connected' }]);
});

test('an account is not opened with another address by mistake', async () => {
  const [account] = await accounts(manager);
  expect(await signIn(manager, 'private@home.example', `?account=${account.id}`)).toBe(
    refused('other-account'),
  );
  expect(await accounts(manager)).toHaveLength(1);
});

test('nobody begins a sign-in for an account of somebody else', async () => {
  const [account] = await accounts(manager);
  expect((await admin.ask('GET', `${START}?account=${account.id}`)).status).toBe(403);
  expect((await rep.ask('GET', `${START}?account=${account.id}`)).status).toBe(404);
});

test('another calendar of the account can be chosen while no meeting stands in this one', async () => {
  const [account] = await accounts(manager);
  const path = `/api/calendar-accounts/${account.id}`;
  const { body } = await manager.ask('GET', `${path}/calendars`);
  expect(body.items).toContainEqual({ id: 'primary', name: 'Work', writable: true, chosen: true });
  expect((await manager.ask('PATCH', path, { calendar: 'team' })).body.calendar.name).toBe('Team');
  expect((await manager.ask('PATCH', path, { calendar: 'holidays' })).status).toBe(400);
});

test('a provider without settings says so plainly', async () => {
  const { status, body } = await manager.ask('GET', START.replace('google', 'microsoft'));
  expect([status, body.detail]).toEqual([
    422,
    'Signing in with Microsoft is switched off in this installation.',
  ]);
  const offers = (await manager.ask('GET', '/api/calendar-providers')).body.items;
  expect(offers).toContainEqual({
    provider: 'microsoft',
    signIn: false,
    domain: false,
    because: 'Microsoft 365 is off: MICROSOFT_CLIENT_ID and MICROSOFT_CLIENT_SECRET are not set.',
  });
});
