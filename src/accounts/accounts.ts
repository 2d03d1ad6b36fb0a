import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { secretContext } from '../calendars/account-secret.ts';
import { CalendarServer } from '../calendars/calendar-server.ts';
import type { FoundCalendar } from '../calendars/calendar-server.ts';
import { HOUR } from '../domain/minute.ts';
import { Look } from '../jobs/look.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { Seal } from '../platform/seal.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import { record, wake } from './account-acts.ts';
import type { AccountAct } from './account-acts.ts';
import { viewsOf } from './account-view.ts';
import type { AccountPatch, AccountView, CalendarLoginBody, NewAccountBody } from './accounts.api.ts';
import { found, isAdmin } from './found.ts';
import { choose, discover } from './sign-in.ts';
import { VendorConnections } from './vendor-connections.ts';

/** The calendars that people connect. Passwords come in here, are sealed at once, and never go out again. */
@Injectable()
export class Accounts {
  constructor(
    private readonly store: PostgresStore,
    private readonly server: CalendarServer,
    private readonly look: Look,
    private readonly seal: Seal,
    private readonly clock: Clock,
    private readonly vendors: VendorConnections,
  ) {}

  /** Everybody's for admins, one's own otherwise. */
  list(caller: Caller): Promise<AccountView[]> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const accounts = await stores.accounts.list(isAdmin(caller) ? null : caller.person);
      return viewsOf(stores, caller, accounts, this.clock.now());
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

  /** A new password for the same calendar, another calendar of the same account, or the choice of where new series go. @throws Problem like `connect` */
  async change(caller: Caller, account: string, patch: AccountPatch): Promise<AccountView> {
    const { calendar, password, primary } = patch;
    const before = await this.own(caller, account);
    if (calendar !== undefined) await this.vendors.chooseCalendar(caller, before, calendar);
    const sealed = password === undefined ? null : await this.#tried(caller, before, password);
    return this.store.transaction(caller.organisation, async (stores) => {
      if (sealed) await stores.accounts.reconnect(account, { ...sealed, nextPoll: this.clock.now() });
      if (primary) await stores.accounts.makePrimary(before);
      if (sealed) return this.#wake(stores, caller, account, 'reconnect account');
      if (primary) await record(stores, caller, account, 'choose account', this.clock.now());
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

  /** @throws Problem unknown-account, and not-allowed for somebody else's */
  own(caller: Caller, account: string): Promise<CalendarAccount> {
    return this.store.transaction(caller.organisation, async (stores) => {
      const own = await found(stores, caller, account);
      if (own.person !== caller.person)
        throw new Problem('not-allowed', 'Only its owner can change a calendar account.');
      return own;
    });
  }

  async #wake(stores: Stores, caller: Caller, account: string, kind: AccountAct): Promise<AccountView> {
    await wake(stores, account);
    await record(stores, caller, account, kind, this.clock.now());
    return this.#view(stores, caller, await found(stores, caller, account));
  }

  async #view(stores: Stores, caller: Caller, account: CalendarAccount): Promise<AccountView> {
    return (await viewsOf(stores, caller, [account], this.clock.now()))[0]!;
  }
}
