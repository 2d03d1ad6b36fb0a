import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { Vendors } from '../../src/calendars/vendors.ts';
import { DeskModule } from '../../src/desk/desk.module.ts';
import { DAY, HOUR, minuteFromIso } from '../../src/domain/minute.ts';
import { Look } from '../../src/jobs/look.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { KeepWatch } from '../../src/reconcile/keep-watch.ts';
import { TellOwner } from '../../src/reconcile/tell-owner.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { FakeVendor, TOKEN_MINUTES } from '../support/fake-vendor.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const rooms = [
  await queueOn(database),
  CalendarsModule,
  ReconcileModule,
  AccountsModule,
  PeopleModule,
  DeskModule,
];
const settings = {
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'the secret of our application',
  MICROSOFT_CLIENT_ID: 'client',
  MICROSOFT_CLIENT_SECRET: 'the secret of our application',
  MICROSOFT_TENANT: 'contoso.example',
  LOG_LEVEL: 'debug',
  SMTP_URL: 'smtp://localhost:1',
};
const service = await startService(database, rooms, { environment: settings });
const google = new FakeVendor('google', service.clock);
const microsoft = new FakeVendor('microsoft', service.clock);
service.app.get(Vendors).add(google).add(microsoft);

const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);
const manager = await service.person(organisation, ['manager']);
const rep = await service.person(organisation, ['rep']);

const AT_WORK = 'maria@work.example';
const TUESDAY = minuteFromIso('2026-11-24T09:00:00Z');
const PATH = '/api/calendar-accounts';

async function signIn(who: Visitor, vendor: FakeVendor, email: string): Promise<string> {
  const { body, headers } = await who.ask('GET', `${PATH}/${vendor.signIn.vendor}/start`);
  const { code, state } = vendor.signIn.consent(body.url, email);
  const query = new URLSearchParams({ code, state }).toString();
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  const { headers: back } = await service.ask('GET', `/oauth/${vendor.signIn.vendor}/callback?${query}`, {
    headers: { cookie },
  });
  return new URL(back.get('location')!).searchParams.get('connected')!;
}

const look = () => service.app.get(Look, { strict: false }).at(series);
const standing = () => [...google.calendarOf(AT_WORK).book.copies.values()];
const of = async (account: string, who = admin) => (await who.ask('GET', `${PATH}/${account}`)).body;
const occurrences = async () =>
  (await manager.ask('GET', `/api/occurrences?series=${series}`)).body.items as {
    readonly state: string;
    readonly slot: { readonly start: string };
  }[];

let account: string;
let series: string;

beforeAll(async () => {
  account = await signIn(manager, google, AT_WORK);
  await signIn(rep, microsoft, 'rita@contoso.example');
  const { body: pair } = await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id });
  const anchor = { weekday: 2, time: '10:00', zone: 'Europe/Berlin' };
  const { body } = await manager.ask('POST', '/api/series', { pair: pair.id, anchor });
  series = body.id;
  await look();
});

test('a pair may be on two providers: the series stands with one, and the other tells when it is free', async () => {
  expect(standing()).toMatchObject([{ series, minutes: 30 }]);
  microsoft
    .calendarOf('rita@contoso.example')
    .book.foreign.set('busy', { start: TUESDAY - 2 * HOUR, end: TUESDAY + 10 * HOUR });
  const [copy] = standing();
  copy!.deleted.add(TUESDAY);
  google.calendarOf(AT_WORK).book.changed(copy!, series);
  await look();
  const moved = (await occurrences()).find(({ state }) => state === 'moved');
  expect(moved!.slot.start).not.toContain('2026-11-24');
});

test('a consent that was taken back disconnects the account, counts nothing and tells what to do', async () => {
  const before = await occurrences();
  google.signIn.revoke(AT_WORK);
  service.clock.at += TOKEN_MINUTES;
  standing()[0]!.deleted.add(TUESDAY + 7 * DAY);
  await look();
  await service.app.get(Look, { strict: false }).poll(organisation, account);
  expect(await occurrences()).toEqual(before);
  expect(await of(account)).toMatchObject({
    state: 'disconnected',
    because: 'The consent was taken back (invalid_grant).',
    whatToDo: 'Ask its owner to open Calendar and sign in at Google again.',
  });
  expect(await of(account, manager)).toMatchObject({
    whatToDo: 'Sign in at Google again.',
  });
});

test('its owner is told by mail how to sign in again, once', async () => {
  const told = service.jobs.filter(({ name }) => name === 'tell-owner');
  expect(told).toEqual([{ name: 'tell-owner', accountId: account }]);
  await service.app.get(TellOwner, { strict: false }).run(organisation, account);
  const mails = await service.rows<{ recipient: string; text: string }>(
    `SELECT recipient, text FROM outgoing_mail WHERE subject LIKE '%connect your calendar again'`,
  );
  expect(mails).toEqual([{ recipient: expect.any(String), text: expect.stringContaining('/calendar') }]);
  expect(mails[0]!.text).toContain('The consent was taken back');
});

test('signed in again, what was taken away meanwhile is seen and moved', async () => {
  expect(await signIn(manager, google, AT_WORK)).toBe(account);
  await look();
  expect(await of(account)).toMatchObject({ state: 'connected', because: null });
  expect((await occurrences()).filter(({ state }) => state === 'moved')).toHaveLength(2);
});

test('an admin sees how the provider tells of changes, and what it was asked', async () => {
  await service.app.get(KeepWatch, { strict: false }).run(organisation, account);
  const { secret } = google.pushes.asked[0]!;
  await service.ask('POST', '/webhooks/google', { headers: { 'x-goog-channel-token': secret } });
  const view = await of(account);
  expect(view.push).toMatchObject({ heardAt: expect.any(String), until: expect.any(String), because: null });
  expect(view.calendar).toBeNull();
  await service.app.get(Look, { strict: false }).poll(organisation, account);
  const [row] = await service.rows<{ next_poll: number }>(
    'SELECT next_poll FROM calendar_account WHERE id = $1',
    [account],
  );
  const minutes = row!.next_poll - service.clock.at;
  expect(minutes).toBeGreaterThan(30);
  expect(minutes).toBeLessThanOrEqual(60);
});

test('a domain’s admin connects its people, and is told of those it does not let in', async () => {
  const inside = await service.person(organisation, ['rep'], { email: 'inside@example.com' });
  const outside = await service.person(organisation, ['rep'], { email: 'outside@elsewhere.example' });
  const body = { provider: 'microsoft', persons: [inside.id, outside.id] };
  expect((await manager.ask('POST', `${PATH}/domain`, body)).status).toBe(403);
  const answer = await admin.ask('POST', `${PATH}/domain`, body);
  expect(answer.body.items).toMatchObject([
    { person: { id: inside.id }, account: expect.any(String), because: null },
    { person: { id: outside.id }, account: null, because: 'This mailbox is not in the domain.' },
  ]);
  const connected = answer.body.items[0].account;
  expect(await of(connected)).toMatchObject({ provider: 'microsoft', connectedBy: 'domain' });
  service.clock.at += TOKEN_MINUTES;
  await service.app.get(Look, { strict: false }).poll(organisation, connected);
  expect(await of(connected)).toMatchObject({ state: 'connected', because: null });
  expect((await admin.ask('POST', `${PATH}/domain`, { ...body, provider: 'google' })).status).toBe(422);
});

test('where organisations share the installation, none of them reaches a domain’s mailboxes by naming them', async () => {
  const foreign = await service.person(await service.organisation('Globex'), ['admin']);
  const spied = await foreign.ask('POST', '/api/people', {
    name: 'Helen',
    email: 'helen@example.com',
    roles: ['rep'],
  });
  const body = { provider: 'microsoft', persons: [spied.body.id] };
  expect((await foreign.ask('POST', `${PATH}/domain`, body)).body.type).toBe('/problems/not-possible');
  expect((await foreign.ask('GET', PATH)).body.items).toMatchObject([{ provider: 'builtin' }]);
});

test('no token, no secret, no address and no word of an event stands in any line of the log', () => {
  const lines = service.lines.join('\n');
  const tokens = [...google.signIn.tokens, ...microsoft.signIn.tokens];
  const secrets = google.pushes.asked.map(({ secret }) => secret);
  const words = [AT_WORK, 'rita@', settings.GOOGLE_CLIENT_SECRET, 'refresh-', 'code-', 'Agenda', '1-on-1'];
  expect(tokens.length).toBeGreaterThan(3);
  expect(service.lines.length).toBeGreaterThan(0);
  for (const word of [...tokens, ...secrets, ...words]) expect(lines).not.toContain(word);
});
