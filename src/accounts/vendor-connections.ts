import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CalendarError } from '../calendars/calendar-error.ts';
import { TokenKeeper } from '../calendars/token-keeper.ts';
import { VendorAccounts } from '../calendars/vendor-accounts.ts';
import type { SignedIn, Vendor, VendorCalendar } from '../calendars/vendor-sign-in.ts';
import { Vendors } from '../calendars/vendors.ts';
import type { Caller } from '../platform/access/caller.ts';
import { Clock } from '../platform/clock.ts';
import { badInput, Problem } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import { record, wake } from './account-acts.ts';
import type { AccountAct } from './account-acts.ts';
import type { DomainConnected } from './accounts.api.ts';
import { VENDOR_NAMES } from './advice.ts';

/** How an account is connected: by its owner's consent, or by that of the whole domain's admin. */
type Grant = 'person' | 'domain';

/** Accounts of vendors, from a sign-in or a domain's consent. */
@Injectable()
export class VendorConnections {
  constructor(
    private readonly store: PostgresStore,
    private readonly vendors: Vendors,
    private readonly accounts: VendorAccounts,
    private readonly tokens: TokenKeeper,
    private readonly clock: Clock,
  ) {}

  /**
   * Connects what somebody signed in to: the account that they meant, the one that has the same address, or a new one.
   * @returns the account; null where they meant another address, or have left meanwhile
   */
  connectOwn(
    begun: { organisation: string; person: string; account: string | null; vendor: Vendor },
    signedIn: SignedIn,
  ): Promise<string | null> {
    const { organisation, person, vendor } = begun;
    return this.store.transaction(organisation, async (stores) => {
      const owner = await stores.people.load(person);
      const before = await sameAccount(stores, person, vendor, signedIn.email);
      if (!owner?.active || (begun.account !== null && before?.id !== begun.account)) return null;
      const act = before ? 'reconnect account' : 'connect account';
      return this.#save(stores, { organisation, person }, { before, vendor, signedIn, grant: 'person', act });
    });
  }

  /** Connects people of a domain whose admin let us in, one after the other; each outcome stands alone. */
  async connectDomain(
    caller: Caller,
    vendor: Vendor,
    persons: readonly string[],
  ): Promise<DomainConnected['items']> {
    const items: DomainConnected['items'] = [];
    for (const person of persons) items.push(await this.#connectOne(caller, vendor, person));
    return items;
  }

  /** @throws Problem cannot-connect */
  async calendars(organisation: string, account: CalendarAccount): Promise<readonly VendorCalendar[]> {
    return this.accounts.calendars(organisation, account).catch((error: unknown) => {
      if (!(error instanceof CalendarError)) throw error;
      throw new Problem('cannot-connect', error.message, { cause: error });
    });
  }

  /** Another calendar of the same account. @throws Problem conflict where meetings stand in this one */
  async chooseCalendar(caller: Caller, account: CalendarAccount, calendar: string): Promise<void> {
    const found = await this.calendars(caller.organisation, account);
    const chosen = found.find(({ id, writable }) => id === calendar && writable);
    if (!chosen)
      throw badInput('calendar', 'must be one of the calendars of this account that can be written to');
    await this.store.transaction(caller.organisation, async (stores) => {
      if ((await stores.series.onAccount(account.id)).length > 0)
        throw new Problem(
          'conflict',
          'Meetings stand in this calendar already, and they stay where they are.',
        );
      const { secret = null, ...settings } = (await stores.accounts.load(account.id))!.settings;
      const chosenSettings = { ...settings, calendarId: chosen.id, calendarName: chosen.name };
      await stores.accounts.reconnect(account.id, {
        settings: chosenSettings,
        secret,
        nextPoll: this.clock.now(),
      });
      for (const { channel } of await stores.watches.ofAccount(account.id)) await stores.watches.end(channel);
      await wake(stores, account.id);
      await record(stores, caller, account.id, 'choose calendar', this.clock.now());
    });
  }

  async #connectOne(
    caller: Caller,
    vendor: Vendor,
    person: string,
  ): Promise<DomainConnected['items'][number]> {
    const { organisation } = caller;
    const owner = await this.store.transaction(organisation, ({ people }) => people.load(person));
    if (!owner?.active)
      return { person: { id: person, name: '' }, account: null, because: 'There is no such person here.' };
    const who = { id: owner.id, name: owner.name };
    try {
      const signedIn = await this.#signInAt(vendor).actFor(owner.email);
      const account = await this.store.transaction(organisation, async (stores) => {
        const before = await sameAccount(stores, person, vendor, signedIn.email);
        const act = 'connect account for its domain';
        return this.#save(
          stores,
          { organisation, person },
          { before, vendor, signedIn, grant: 'domain', act },
          caller,
        );
      });
      return { person: who, account, because: null };
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      return { person: who, account: null, because: error.message };
    }
  }

  async #save(
    stores: Stores,
    { organisation, person }: { readonly organisation: string; readonly person: string },
    { before, vendor, signedIn, grant, act }: Connection,
    actor: Pick<Caller, 'person'> = { person },
  ): Promise<string> {
    const id = before?.id ?? randomUUID();
    const { email, calendar } = signedIn;
    const { secret: _, ...kept } = before?.settings ?? {
      calendarId: calendar.id,
      calendarName: calendar.name,
    };
    const settings = { ...kept, email, grant, invites: 'yes' };
    const secret = this.tokens.sealed(organisation, id, signedIn.secrets);
    const nextPoll = this.clock.now();
    if (before) await stores.accounts.reconnect(id, { settings, secret, nextPoll });
    else await stores.accounts.connect({ id, person, provider: vendor, settings, secret, nextPoll });
    await wake(stores, id);
    await record(stores, actor, id, act, this.clock.now());
    return id;
  }

  #signInAt(vendor: Vendor) {
    const known = this.vendors.of(vendor);
    if (known) return known.signIn;
    throw new Problem('not-possible', `${VENDOR_NAMES[vendor]} is switched off in this installation.`);
  }
}

interface Connection {
  readonly before: CalendarAccount | null;
  readonly vendor: Vendor;
  readonly signedIn: SignedIn;
  readonly grant: Grant;
  readonly act: AccountAct;
}

/** The person's account with this address at the vendor. */
async function sameAccount(
  { accounts }: Stores,
  person: string,
  vendor: Vendor,
  email: string,
): Promise<CalendarAccount | null> {
  const own = await accounts.list(person);
  const same = own.find(
    ({ provider, settings }) =>
      provider === vendor && settings['email']?.toLowerCase() === email.toLowerCase(),
  );
  return same ?? null;
}
