import { Global, Module } from '@nestjs/common';
import { Config } from '../config.ts';
import { Clock } from '../platform/clock.ts';
import { Seal } from '../platform/seal.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import { BuiltinFeeds } from './builtin/builtin-feeds.ts';
import { CalendarClient } from './calendar-client.ts';
import { CallMeter } from './call-meter.ts';
import { Calendars } from './calendars.ts';
import { Feeds } from './feeds.ts';
import { GoogleCalendars } from './google/google-calendars.ts';
import { KeepCount } from './keep-count.ts';
import { MicrosoftCalendars } from './microsoft/microsoft-calendars.ts';
import { builtinClient, ProviderCalendars } from './provider-calendars.ts';
import { TokenKeeper } from './token-keeper.ts';
import { VendorAccounts } from './vendor-accounts.ts';
import { Vendors } from './vendors.ts';

/** What the settings switch on. */
function vendorsOf({ googleClient, googleServiceAccount, microsoftClient }: Config, clock: Clock): Vendors {
  const vendors = new Vendors();
  if (googleClient ?? googleServiceAccount)
    vendors.add(new GoogleCalendars({ client: googleClient, serviceAccount: googleServiceAccount, clock }));
  if (microsoftClient) vendors.add(new MicrosoftCalendars({ client: microsoftClient, clock }));
  return vendors;
}

/** Calendars by account, the vendors behind them, and the built-in one as a person edits it. */
@Global()
@Module({
  providers: [
    { provide: Vendors, inject: [Config, Clock], useFactory: vendorsOf },
    {
      provide: TokenKeeper,
      inject: [PostgresStore, Seal, Clock],
      useFactory: (store: PostgresStore, seal: Seal, clock: Clock) => new TokenKeeper(store, seal, clock),
    },
    {
      provide: CallMeter,
      inject: [PostgresStore, Clock],
      useFactory: (store: PostgresStore, clock: Clock) => new CallMeter(store, clock),
    },
    {
      provide: VendorAccounts,
      inject: [PostgresStore, Vendors, TokenKeeper, CallMeter, Clock],
      useFactory: (
        store: PostgresStore,
        vendors: Vendors,
        tokens: TokenKeeper,
        meter: CallMeter,
        clock: Clock,
      ) => new VendorAccounts(store, vendors, tokens, meter, clock),
    },
    KeepCount,
    { provide: Calendars, useClass: ProviderCalendars },
    {
      provide: CalendarClient,
      inject: [PostgresStore, Clock],
      useFactory: builtinClient,
    },
    {
      provide: Feeds,
      inject: [PostgresStore, Clock],
      useFactory: (store: PostgresStore, clock: Clock) => new BuiltinFeeds(store, clock),
    },
  ],
  exports: [Calendars, CalendarClient, Feeds, Vendors, VendorAccounts, TokenKeeper],
})
export class CalendarsModule {}
