import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { GoogleCalendars } from '../../src/calendars/google/google-calendars.ts';
import { MicrosoftCalendars } from '../../src/calendars/microsoft/microsoft-calendars.ts';
import { Vendors } from '../../src/calendars/vendors.ts';
import { DeskModule } from '../../src/desk/desk.module.ts';
import { Look } from '../../src/jobs/look.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { KeepWatch } from '../../src/reconcile/keep-watch.ts';
import { ReconcileModule } from '../../src/reconcile/reconcile.module.ts';
import { freshDatabase } from '../support/database.ts';
import { GoogleFake } from '../support/google/google-fake.ts';
import { GooglePerson } from '../support/google/google-person.ts';
import { startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';
import { GraphFake } from '../support/microsoft/graph-fake.ts';
import { OutlookPerson } from '../support/microsoft/outlook-person.ts';
import { Wire } from '../support/microsoft/over-the-wire.ts';
import { queueOn } from '../support/queue.ts';

const database = await freshDatabase();
const rooms = [CalendarsModule, ReconcileModule, AccountsModule, PeopleModule, DeskModule];
const google = new GoogleFake(() => service.clock.now());
const graph = new GraphFake(() => service.clock.milliseconds());
const settings = {
  GOOGLE_CLIENT_ID: google.oauth.client.id,
  GOOGLE_CLIENT_SECRET: google.oauth.client.secret,
  MICROSOFT_CLIENT_ID: graph.entra.client.id,
  MICROSOFT_CLIENT_SECRET: graph.entra.client.secret,
  LOG_LEVEL: 'debug',
};
const service = await startService(database, [await queueOn(database), ...rooms], { environment: settings });
const { clock } = service;
service.app
  .get(Vendors)
  .add(new GoogleCalendars({ client: google.oauth.client, serviceAccount: null, clock, fetch: google.fetch }))
  .add(new MicrosoftCalendars({ client: graph.entra.client, clock, fetch: new Wire(graph).fetch }));
const MANAGER = 'maria@contoso.example';
const REP = 'rita@work.example';
const TUESDAY = '2026-11-24T10:00';
const secrets: string[] = [];

graph.subscriptions.deliver = async (url, body) => {
  const { pathname, search } = new URL(url);
  if (body === null) {
    const answer = await service.ask('POST', pathname + search, {
      headers: { 'content-type': 'text/plain' },
    });
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: answer.body };
  }
  secrets.push((body as { value: { clientState: string }[] }).value[0]!.clientState);
  const { status, headers, body: text } = await service.ask('POST', pathname + search, { body });
  return { status, type: headers.get('content-type') ?? '', text };
};

/** Everything that Google has to say arrives. */
async function googleTells(): Promise<void> {
  for (const { address, headers } of google.watches.outbox.splice(0)) {
    secrets.push(headers['x-goog-channel-token']!);
    const { pathname, search } = new URL(address);
    expect((await service.ask('POST', pathname + search, { headers })).status).toBe(204);
  }
}

/** Does what waits in the queue, until nothing is left. */
async function work(): Promise<void> {
  const look = service.app.get(Look, { strict: false });
  for (let job = service.jobs.shift(); job; job = service.jobs.shift()) {
    if (job.name === 'poll-account') await look.poll(organisation, job.accountId);
    if (job.name === 'reconcile-series') await look.at(job.seriesId);
    if (job.name === 'keep-watch')
      await service.app.get(KeepWatch, { strict: false }).run(organisation, job.accountId);
  }
}

function consent(
  vendor: 'google' | 'microsoft',
  url: string,
  email: string,
): { code: string; state: string } {
  if (vendor === 'microsoft') return graph.entra.consent(url, email);
  const { searchParams } = google.oauth.consent(url, email);
  return { code: searchParams.get('code')!, state: searchParams.get('state')! };
}

async function connect(who: Visitor, vendor: 'google' | 'microsoft', email: string): Promise<string> {
  const { body, headers } = await who.ask('GET', `/api/calendar-accounts/${vendor}/start`);
  const cookie = headers.get('set-cookie')!.split(';')[0]!;
  const { code, state } = consent(vendor, body.url, email);
  const query = new URLSearchParams({ code, state }).toString();
  const back = await service.ask('GET', `/oauth/${vendor}/callback?${query}`, { headers: { cookie } });
  const account = new URL(back.headers.get('location')!).searchParams.get('connected');
  expect(account).not.toBeNull();
  await service.app.get(KeepWatch, { strict: false }).run(organisation, account!);
  return account!;
}

const organisation = await service.organisation();
const admin = await service.person(organisation, ['admin']);

/** A pair whose meeting stands where the manager is, and what shows the meeting there. */
async function pairOn(on: 'google' | 'microsoft') {
  const manager = await service.person(organisation, ['manager']);
  const rep = await service.person(organisation, ['rep']);
  const account = await connect(manager, on, MANAGER);
  const other = await connect(rep, on === 'google' ? 'microsoft' : 'google', REP);
  const { body: pair } = await admin.ask('POST', '/api/pairs', { manager: manager.id, rep: rep.id });
  const anchor = { weekday: 2, time: '10:00', zone: 'Europe/Berlin' };
  const { body: series } = await manager.ask('POST', '/api/series', { pair: pair.id, anchor });
  await googleTells();
  await work();
  const occurrences = async () =>
    (await manager.ask('GET', `/api/occurrences?series=${series.id}`)).body.items as { state: string }[];
  return { account, other, occurrences };
}

for (const email of [MANAGER, REP]) {
  google.addCalendar(email, 'Europe/Berlin');
  graph.addMailbox(email);
}

test.each(['google', 'microsoft'] as const)(
  'connected by consent, a meeting deleted on %s is told by push and comes back, whatever the other side has',
  async (on) => {
    const { account, other, occurrences } = await pairOn(on);
    const person =
      on === 'google' ? new GooglePerson(google, MANAGER) : new OutlookPerson(graph.mailboxes.get(MANAGER)!);
    const [title] = await person.titles();
    expect(title).toBeDefined();
    await person.deleteOccurrence(title!, TUESDAY);
    service.jobs.length = 0;
    if (on === 'google') await googleTells();
    else await graph.subscriptions.tell(MANAGER, 'deleted', 'an-event');
    expect(service.jobs).toContainEqual({ name: 'poll-account', accountId: account });
    await work();
    expect((await occurrences())[0]).toMatchObject({ state: 'moved' });
    const { items } = (await admin.ask('GET', '/api/calendar-accounts')).body;
    for (const id of [account, other]) {
      const view = items.find((each: { id: string }) => each.id === id);
      expect(view).toMatchObject({ state: 'connected', because: null, whatToDo: null });
      expect(view.push.until).not.toBeNull();
    }
  },
);

test('no token, no secret, no address and no word of an event stands in any line of the log', () => {
  const lines = service.lines.join('\n');
  const tokens = [...graph.entra.accessTokens.keys(), ...graph.entra.refreshTokens.keys()];
  expect(tokens.length + secrets.length).toBeGreaterThan(6);
  for (const word of [...tokens, ...secrets, MANAGER, REP, 'client-secret', 'app-secret', '1-on-1', 'ya29'])
    expect(lines).not.toContain(word);
});
