import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { secretContext } from '../calendars/account-secret.ts';
import { CalendarServer } from '../calendars/calendar-server.ts';
import type { FoundCalendar } from '../calendars/calendar-server.ts';
import { HOUR } from '../domain/minute.ts';
import { Look } from '../jobs/look.ts';
import type { Caller } from '../platform/access/caller.ts';
import { adminAct } from '../platform/admin-act.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { Seal } from '../platform/seal.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import { showAccount } from './account-view.ts';
import type { AccountPatch, AccountView, CalendarLoginBody, NewAccountBody } from './accounts.api.ts';
import { choose, discover } from './sign-in.ts';

/** The calendars that people connect. Passwords come in here, are sealed at once, and never go out again. */
@Injectable()
export class Accounts {
  constructor(
    private readonly store: PostgresStore,
    private readonly server: CalendarServer,
    private readonly look: Look,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** Everybody's for admins, one's own otherwise. */
  list(caller: Caller): Promise<AccountView[]> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const accounts = await stores.accounts.list(isAdmin(caller) ? null : caller.person);
      return this.#views(stores, caller, accounts);
    });
  }

  /** @throws Problem unknown-account, also for somebody else's */
  one(caller: Caller, account: string): Promise<AccountView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      return this.#view(stores, caller, await found(stores, caller, account));
    });
  }

  discover(login: CalendarLoginBody): Promise<readonly FoundCalendar[]> {
    return discover(this.server, login);
  }

  /** @throws Problem cannot-connect, calendar-connected */
  async connect(caller: Caller, { calendarUrl, primary, ...login }: NewAccountBody): Promise<AccountView> {
    const calendar = await choose(this.server, login, calendarUrl);
    const { organisation, person } = caller;
    return this.store.transaction(organisation, async (stores) => {
      const own = await stores.accounts.list(person);
      if (own.some(({ settings }) => settings['calendarUrl'] === calendar.url))
        throw new Problem('calendar-connected');
      const before = await stores.accounts.primaryOf(person);
      const id = randomUUID();
      const settings = {
        url: login.url,
        user: login.user,
        calendarUrl: calendar.url,
        calendarName: calendar.name,
        invites: calendar.invites ? 'yes' : 'no',
      };
      const secret = this.seal.close(login.password, secretContext(organisation, id));
      const nextPoll = this.clock.now();
      await stores.accounts.connect({ id, person, provider: 'caldav', settings, secret, nextPoll });
      if (!primary && before) await stores.accounts.makePrimary(before);
      return this.#wake(stores, caller, id, 'connect account');
    });
  }

  /** A new password for the same calendar, or the choice of where new series go. @throws Problem like `connect` */
  async change(caller: Caller, account: string, { password, primary }: AccountPatch): Promise<AccountView> {
    const before = await this.#own(caller, account);
    const sealed = password === undefined ? null : await this.#tried(caller, before, password);
    return this.store.transaction(caller.organisation, async (stores) => {
      if (sealed) await stores.accounts.reconnect(account, { ...sealed, nextPoll: this.clock.now() });
      if (primary) await stores.accounts.makePrimary(before);
      if (sealed) return this.#wake(stores, caller, account, 'reconnect account');
      await this.#record(stores, caller, account, 'choose account');
      return this.#view(stores, caller, await found(stores, caller, account));
    });
  }

  /** Reads the calendar while its owner waits, whatever its state was. */
  async check(caller: Caller, account: string): Promise<AccountView> {
    await this.one(caller, account);
    await this.look.poll(caller.organisation, account);
    return this.one(caller, account);
  }

  /** Somebody looked and says: what is gone was not meant to be. The brakes hold still until it is back, for an hour. */
  release(caller: Caller, account: string): Promise<AccountView> {
    return this.store.transaction(caller.organisation, async (stores) => {
      await found(stores, caller, account);
      await stores.accounts.release(account, this.clock.now() + HOUR);
      return this.#wake(stores, caller, account, 'release account');
    });
  }

  /** The login is tried with the new password before the old one is given up. */
  async #tried({ organisation }: Caller, { id, settings }: CalendarAccount, password: string) {
    const { secret: _, ...rest } = settings;
    const { url = '', user = '', calendarUrl = '' } = rest;
    const calendar = await choose(this.server, { url, user, password }, calendarUrl);
    const secret = this.seal.close(password, secretContext(organisation, id));
    const invites = calendar.invites ? 'yes' : 'no';
    return { settings: { ...rest, calendarName: calendar.name, invites }, secret };
  }

  #own(caller: Caller, account: string): Promise<CalendarAccount> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const own = await found(stores, caller, account);
      if (own.person !== caller.person)
        throw new Problem('not-allowed', 'Only its owner can change a calendar account.');
      return own;
    });
  }

  /** Reads the calendar and looks at every series in it, as soon as this transaction stands. */
  async #wake(
    stores: Stores,
    caller: Caller,
    account: string,
    kind: keyof typeof BECAUSE,
  ): Promise<AccountView> {
    await stores.jobs.enqueue({ name: 'poll-account', accountId: account });
    for (const seriesId of await stores.series.onAccount(account)) {
      await stores.jobs.enqueue({ name: 'reconcile-series', seriesId });
    }
    await this.#record(stores, caller, account, kind);
    return this.#view(stores, caller, await found(stores, caller, account));
  }

  async #record(
    { ledger }: Stores,
    caller: Caller,
    account: string,
    kind: keyof typeof BECAUSE,
  ): Promise<void> {
    await ledger.append([adminAct(caller, this.clock.now(), kind, BECAUSE[kind], { account })]);
  }

  async #view(stores: Stores, caller: Caller, account: CalendarAccount): Promise<AccountView> {
    return (await this.#views(stores, caller, [account]))[0]!;
  }

  async #views(
    { people, accounts, series }: Stores,
    caller: Caller,
    shown: readonly CalendarAccount[],
  ): Promise<AccountView[]> {
    const names = new Map((await people.list()).map(({ id, name }) => [id, name]));
    const around = { names, primaries: await accounts.primaries(), series: await series.list() };
    return shown.map((account) => showAccount(caller, account, around));
  }
}

const BECAUSE = {
  'connect account': 'A calendar was connected by its owner.',
  'reconnect account': 'A calendar was connected again by its owner.',
  'choose account': 'Its owner chose this calendar for new series.',
  'release account': 'Somebody looked at the calendar and said that everything should be put back.',
} as const;

function isAdmin({ roles }: Caller): boolean {
  return roles.includes('admin');
}

/** @throws Problem unknown-account, also for somebody else's */
async function found({ accounts }: Stores, caller: Caller, id: string): Promise<CalendarAccount> {
  const account = await accounts.load(id);
  if (!account || !(isAdmin(caller) || account.person === caller.person))
    throw new Problem('unknown-account');
  return account;
}
