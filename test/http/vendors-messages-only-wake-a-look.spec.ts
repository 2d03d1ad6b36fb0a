import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { newWatchSecret } from '../../src/calendars/watch-secret.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import type { Answer } from '../support/http.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const rooms = [await queueOn(database), CalendarsModule, ReconcileModule, AccountsModule];
const service = await startService(database, rooms);
const organisation = await service.organisation();
const manager = await service.person(organisation, ['manager']);

interface Watched {
  readonly account: string;
  readonly channel: string;
  readonly secret: string;
}

async function watched(provider: 'google' | 'microsoft', state: 'asked' | 'standing'): Promise<Watched> {
  const { channel, secret, hash } = newWatchSecret();
  const now = service.clock.now();
  const account = await service.store.transaction(organisation, async ({ accounts, watches }) => {
    const settings = { email: 'm@work.example', calendarId: 'primary' };
    const id = await accounts.connect({
      person: manager.id,
      provider,
      settings,
      secret: null,
      nextPoll: null,
    });
    await accounts.saveCursor(id, 'a cursor', now + 60);
    await watches.ask(id, channel, hash, now);
    const confirmed = { vendorChannel: channel, resource: 'r', expiresAt: now + 9000, renewAt: now + 7000 };
    if (state === 'standing') await watches.confirm(channel, { ...confirmed, provenAt: null });
    return id;
  });
  return { account, channel, secret };
}

function fromGoogle(secret: string, headers: Record<string, string> = {}): Promise<Answer> {
  const sent = { 'x-goog-channel-token': secret, 'x-goog-resource-state': 'exists', ...headers };
  return service.ask('POST', '/webhooks/google', { headers: sent });
}

function fromGraph(...value: object[]): Promise<Answer> {
  return service.ask('POST', '/webhooks/microsoft', { body: { value } });
}

/** What a message brought about. */
async function causes(message: () => Promise<Answer>): Promise<{ status: number; jobs: unknown[] }> {
  service.jobs.length = 0;
  const { status } = await message();
  return { status, jobs: [...service.jobs] };
}

const poll = (accountId: string) => ({ name: 'poll-account', accountId });
const keep = (accountId: string) => ({ name: 'keep-watch', accountId });

async function watchRow(channel: string) {
  const sql = 'SELECT state, resource, renew_at, proven_at FROM calendar_watch WHERE channel = $1';
  return (await service.rows<Record<string, unknown>>(sql, [channel]))[0];
}

describe('Google', () => {
  test('a message about a change has the account looked at, and nothing else', async () => {
    const { account, secret } = await watched('google', 'standing');
    await fromGoogle(secret, { 'x-goog-resource-state': 'sync' });
    expect(await causes(() => fromGoogle(secret))).toEqual({ status: 204, jobs: [poll(account)] });
    const { body } = await manager.ask('GET', `/api/calendar-accounts/${account}`);
    expect(body.push).toEqual({ heardAt: '2026-11-23T06:00:00Z', until: expect.any(String), because: null });
  });

  test('the first message proves the watch, also when it overtakes the answer to the question', async () => {
    const { account, channel, secret } = await watched('google', 'asked');
    const first = { 'x-goog-resource-state': 'sync', 'x-goog-resource-id': 'told early' };
    const { jobs } = await causes(() => fromGoogle(secret, first));
    expect(jobs).toEqual(expect.arrayContaining([poll(account), keep(account)]));
    expect(await watchRow(channel)).toMatchObject({
      state: 'asked',
      resource: 'told early',
      proven_at: service.clock.now(),
    });
  });

  test('a secret that is not the channel’s own is refused, and nothing is woken', async () => {
    const { channel } = await watched('google', 'standing');
    const forged = `${channel}.${'A'.repeat(43)}`;
    expect(await causes(() => fromGoogle(forged))).toEqual({ status: 403, jobs: [] });
    expect(await watchRow(channel)).toMatchObject({ proven_at: null });
  });

  test('a channel that nobody knows is answered and forgotten', async () => {
    const { secret } = newWatchSecret();
    expect(await causes(() => fromGoogle(secret))).toEqual({ status: 204, jobs: [] });
    expect(await causes(() => fromGoogle("'; DROP TABLE calendar_watch; --"))).toEqual({
      status: 204,
      jobs: [],
    });
    expect(await causes(() => service.ask('POST', '/webhooks/google'))).toEqual({ status: 204, jobs: [] });
  });

  test('the secret of one vendor’s watch is no good at the other’s door', async () => {
    const { secret } = await watched('microsoft', 'standing');
    expect(await causes(() => fromGoogle(secret))).toEqual({ status: 403, jobs: [] });
  });
});

describe('Microsoft', () => {
  test('the address proves itself by giving the validation token back as plain text', async () => {
    const token = 'Validation: Testing <b>client</b> & more';
    const path = `/webhooks/microsoft?validationToken=${encodeURIComponent(token)}`;
    const { status, headers, body } = await service.ask('POST', path, {
      headers: { 'content-type': 'text/plain' },
    });
    expect([status, body]).toEqual([200, token]);
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('each item proves itself, and forged ones take nothing from the others', async () => {
    const one = await watched('microsoft', 'standing');
    const other = await watched('microsoft', 'standing');
    await fromGraph({ clientState: one.secret }, { clientState: other.secret });
    const forged = `${other.channel}.${'A'.repeat(43)}`;
    const { status, jobs } = await causes(() =>
      fromGraph({ clientState: forged }, { clientState: one.secret }, { subscriptionId: 'x' }),
    );
    expect([status, jobs]).toEqual([202, [poll(one.account)]]);
  });

  test('fifty notifications of one change are one look', async () => {
    const { account, secret } = await watched('microsoft', 'standing');
    await fromGraph({ clientState: secret });
    const { jobs } = await causes(() =>
      fromGraph(...Array.from({ length: 50 }, () => ({ clientState: secret }))),
    );
    expect(jobs).toEqual([poll(account)]);
  });

  test('a subscription that has to be authorised again is renewed at once', async () => {
    const { account, channel, secret } = await watched('microsoft', 'standing');
    const { jobs } = await causes(() =>
      fromGraph({ clientState: secret, lifecycleEvent: 'reauthorizationRequired' }),
    );
    expect(jobs).toContainEqual(keep(account));
    expect(await watchRow(channel)).toMatchObject({ renew_at: 0 });
  });

  test('a subscription that was removed is made anew, and the calendar looked at', async () => {
    const { account, channel, secret } = await watched('microsoft', 'standing');
    const { jobs } = await causes(() =>
      fromGraph({ clientState: secret, lifecycleEvent: 'subscriptionRemoved' }),
    );
    expect(jobs).toEqual(expect.arrayContaining([keep(account), poll(account)]));
    expect(await watchRow(channel)).toBeUndefined();
  });

  test('after missed messages no cursor is trusted', async () => {
    const { account, secret } = await watched('microsoft', 'standing');
    const { jobs } = await causes(() => fromGraph({ clientState: secret, lifecycleEvent: 'missed' }));
    expect(jobs).toContainEqual(poll(account));
    const [row] = await service.rows('SELECT sync_cursor FROM calendar_account WHERE id = $1', [account]);
    expect(row).toEqual({ sync_cursor: null });
  });

  test('what is no notification at all is accepted and forgotten', async () => {
    expect(await causes(() => service.ask('POST', '/webhooks/microsoft', { body: { value: 'x' } }))).toEqual({
      status: 202,
      jobs: [],
    });
  });
});

test('no message and no secret reaches the log', () => {
  expect(service.lines.join('\n')).not.toMatch(/[\w-]{43}/);
});
