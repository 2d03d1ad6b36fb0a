import { randomBytes, randomUUID } from 'node:crypto';
import { HeardMessages } from '../../src/accounts/webhooks/heard.ts';
import { GoogleWebhookController } from '../../src/accounts/webhooks/google.controller.ts';
import { GoogleCalendars } from '../../src/calendars/google/google-calendars.ts';
import { ProviderCalendars } from '../../src/calendars/provider-calendars.ts';
import { VendorAccounts } from '../../src/calendars/vendor-accounts.ts';
import { Vendors } from '../../src/calendars/vendors.ts';
import { newWatchSecret } from '../../src/calendars/watch-secret.ts';
import { completeConfig, readSettings } from '../../src/config.ts';
import { dayFromIso } from '../../src/domain/minute.ts';
import { Queue } from '../../src/jobs/queue.ts';
import { SystemClock } from '../../src/platform/clock.ts';
import { createLog } from '../../src/platform/log.ts';
import { Seal } from '../../src/platform/seal.ts';
import { KeepWatch } from '../../src/reconcile/keep-watch.ts';
import { PollAccount } from '../../src/reconcile/poll-account.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import { TellOwner } from '../../src/reconcile/tell-owner.ts';
import { Worker } from '../../src/reconcile/worker.ts';
import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import type { GoogleFake } from '../support/google/google-fake.ts';
import { SCOPES } from '../support/google/google-world.ts';
import { startTestServer } from '../support/test-server.ts';

/** One account with its only series. */
export interface Household {
  readonly organisation: string;
  readonly account: string;
  readonly series: string;
  readonly email: string;
}

const OFFICE = [[540, 1020]] as const;
const HOURS = { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE };
const ACCOUNTS_EACH = 50;
/** Every look holds a connection while it asks for another: more would wait for each other. */
const AT_ONCE = 5;
const ZONE = 'Europe/Berlin';
const ACME = {
  name: 'Bench',
  zone: ZONE,
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  twoOfFour: true,
} as const;

/** The service as its modules put it together, on PostgreSQL and on a Google of this process. */
export class RepairHouse {
  readonly clock = new SystemClock();
  readonly webhook: GoogleWebhookController;
  readonly reconcile: ReconcileSeries;
  readonly worker: Worker;
  readonly #accounts: VendorAccounts;
  readonly #calendars: ProviderCalendars;

  private constructor(
    private readonly google: GoogleFake,
    private readonly store: PostgresStore,
    queue: Queue,
    fetchFrom: typeof fetch,
    private readonly close: () => Promise<void>,
  ) {
    const { clock } = this;
    const key = randomBytes(32);
    const seal = new Seal(key);
    const log = createLog({ logLevel: 'error', logFormat: 'json' });
    const client = google.oauth.client;
    const vendors = new Vendors().add(
      new GoogleCalendars({ client, serviceAccount: null, clock, fetch: fetchFrom }),
    );
    this.#accounts = VendorAccounts.over(store, seal, clock, vendors);
    this.#calendars = new ProviderCalendars(store, seal, clock, this.#accounts);
    const around = { store, calendars: this.#calendars, clock, log };
    this.reconcile = new ReconcileSeries({ ...around, link: (id) => `https://perennial.test/series/${id}` });
    const poll = new PollAccount(around, 10);
    this.webhook = new GoogleWebhookController(new HeardMessages(store, clock));
    const push = this.#accounts.push.bind(this.#accounts);
    const watch = new KeepWatch({ store, clock, log, push, address: () => null });
    const config = completeConfig(readSettings({ ROLE: 'worker' }), { databaseUrl: '', secretsKey: key });
    const tell = new TellOwner({ store, clock, page: null });
    this.worker = new Worker(config, queue, store, this.reconcile, poll, watch, tell, clock, log);
  }

  static async open(google: GoogleFake, fetchFrom: typeof fetch): Promise<RepairHouse> {
    const { server, stop } = await startTestServer();
    const url = server.url('postgres');
    const dataSource = await createDataSource({ url, poolSize: 20 }).initialize();
    await migrate(dataSource);
    const queue = new Queue({ url, poolSize: 10 }, { warn: () => {}, error: () => {} });
    await queue.start();
    const store = new PostgresStore(dataSource, queue.enqueue);
    return new RepairHouse(google, store, queue, fetchFrom, async () => {
      await queue.stop();
      await dataSource.destroy();
      await stop();
    });
  }

  stop(): Promise<void> {
    return this.close();
  }

  /** Connected, watched and placed accounts; fifty share an organisation. @param first the day of the first meeting */
  async settle(count: number, first: string): Promise<Household[]> {
    const households: Household[] = [];
    let organisation = '';
    for (let made = 0; made < count; made += AT_ONCE) {
      if (made % ACCOUNTS_EACH === 0) organisation = await this.store.found(ACME);
      const some = Array.from({ length: AT_ONCE }, (_, i) => this.#household(organisation, made + i, first));
      households.push(...(await Promise.all(some)));
    }
    return households;
  }

  async #household(organisation: string, number: number, first: string): Promise<Household> {
    const email = `manager-${number}@bench.test`;
    this.google.addCalendar(email, ZONE);
    const account = await this.#connect(organisation, email);
    const series = await this.#plan(organisation, account, first, number);
    await this.reconcile.run(series);
    await this.#learnCursor(organisation, account);
    return { organisation, account, series, email };
  }

  async #connect(organisation: string, email: string): Promise<string> {
    const now = this.clock.now();
    const id = randomUUID();
    const { channel, secret, hash } = newWatchSecret();
    const { resourceId } = this.google.watches.watch(email, {
      id: channel,
      type: 'web_hook',
      address: 'https://perennial.test/webhooks/google',
      token: secret,
    }) as { resourceId: string };
    const accessToken = this.google.oauth.give(email, SCOPES);
    const secrets = { accessToken, refreshToken: null, expiresAt: now + 60 };
    const sealed = this.#accounts.tokens.sealed(organisation, id, secrets);
    const times = { expiresAt: now + 10_000, renewAt: now + 8000, provenAt: now };
    await this.store.transaction(organisation, async ({ people, accounts, watches }) => {
      const person = await people.add(newPerson(email, 'manager'));
      const settings = { email, calendarId: 'primary' };
      await accounts.connect({ id, person, provider: 'google', settings, secret: sealed, nextPoll: null });
      await watches.ask(id, channel, hash, now);
      await watches.confirm(channel, { vendorChannel: channel, resource: resourceId, ...times });
    });
    return id;
  }

  /** As after a first poll, without the looks that it asks for. */
  async #learnCursor(organisation: string, id: string): Promise<void> {
    const account = await this.store.transaction(organisation, ({ accounts }) => accounts.load(id));
    const calendar = await this.#calendars.open(organisation, account!);
    const { cursor } = await calendar.changes(null);
    const nextPoll = this.clock.now() + 60;
    await this.store.transaction(organisation, ({ accounts }) => accounts.saveCursor(id, cursor, nextPoll));
  }

  #plan(organisation: string, account: string, first: string, number: number): Promise<string> {
    const firstDay = dayFromIso(first);
    const rule = { zone: ZONE, weekday: 2, minuteOfDay: 600, everyWeeks: 1, firstDay } as const;
    return this.store.transaction(organisation, async ({ people, pairs, accounts, series }) => {
      const manager = (await accounts.load(account))!.person;
      const rep = await people.add(newPerson(`rep-${number}@bench.test`, 'rep'));
      const pair = await pairs.add(manager, rep);
      const meeting = { pair, account, title: TITLE, format: 'weekly_30', rule, minutes: 30 } as const;
      return series.add(meeting, this.clock.now());
    });
  }
}

export const TITLE = '1-on-1';

function newPerson(email: string, role: 'manager' | 'rep') {
  return { name: role, email, roles: [role], zone: ZONE, hours: HOURS, preferredHours: null };
}
