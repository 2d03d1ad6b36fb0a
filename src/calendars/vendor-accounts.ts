import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Seal } from '../platform/seal.ts';
import type { PostgresStore } from '../store/postgres-store.ts';
import type { CalendarAccount } from '../store/store.ts';
import { CallMeter } from './call-meter.ts';
import { CalendarError } from './calendar-error.ts';
import type { Calendar } from './calendar.ts';
import type { Push } from './push.ts';
import { TokenKeeper } from './token-keeper.ts';
import { StoredIds } from './vendor-ids.ts';
import type { VendorCalendar } from './vendor-sign-in.ts';
import type { VendorCalendars, VendorDeps, VendorSettings } from './vendor.ts';
import { isVendor, Vendors } from './vendors.ts';

const settingsShape = z.object({ email: z.string(), calendarId: z.string() });

type Account = Pick<CalendarAccount, 'id' | 'provider' | 'settings'>;

/** Accounts on vendors, with everything their adapters need: a token, limits, the time. */
export class VendorAccounts {
  constructor(
    private readonly store: PostgresStore,
    private readonly vendors: Vendors,
    readonly tokens: TokenKeeper,
    private readonly meter: CallMeter,
    private readonly clock: Clock,
  ) {}

  static over(store: PostgresStore, seal: Seal, clock: Clock, vendors = new Vendors()): VendorAccounts {
    return new VendorAccounts(
      store,
      vendors,
      new TokenKeeper(store, seal, clock),
      new CallMeter(store, clock),
      clock,
    );
  }

  /** @throws CalendarError Unreachable where the vendor is switched off, AccessRevoked where settings are missing */
  async open(organisation: string, account: Account, owner: VendorDeps['owner']): Promise<Calendar> {
    const { vendor, settings, deps } = await this.#of(organisation, account);
    const emails = [...new Set([...owner.emails, settings.email])];
    return vendor.open(settings, { ...deps, owner: { ...owner, emails } });
  }

  /** @throws CalendarError like `open` */
  async push(organisation: string, account: Account): Promise<Push> {
    const { vendor, settings, deps } = await this.#of(organisation, account);
    return vendor.push(settings, deps);
  }

  /** Calendars of an account that could be chosen in place of its own. @throws CalendarError like `open` */
  async calendars(organisation: string, account: Account): Promise<readonly VendorCalendar[]> {
    const { vendor, deps } = await this.#of(organisation, account);
    return vendor.signIn.calendars(await deps.access.token());
  }

  async #of(
    organisation: string,
    account: Account,
  ): Promise<{ vendor: VendorCalendars; settings: VendorSettings; deps: Omit<VendorDeps, 'owner'> }> {
    const { provider } = account;
    const vendor = isVendor(provider) ? this.vendors.of(provider) : null;
    if (!vendor || !isVendor(provider)) {
      throw new CalendarError('Unreachable', 'This calendar provider is switched off in this installation.');
    }
    const settings = settingsShape.safeParse(account.settings);
    if (!settings.success)
      throw new CalendarError(
        'AccessRevoked',
        'The settings of this calendar are incomplete. Connect it again.',
      );
    const access = this.tokens.accessOf(organisation, account, vendor.signIn);
    const calls = await this.meter.of(organisation, account.id, provider, vendor.limits);
    const ids = new StoredIds(this.store, organisation, account.id);
    return { vendor, settings: settings.data, deps: { access, calls, clock: this.clock, ids } };
  }
}
