import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { CalendarsModule } from '../calendars/calendars.module.ts';
import { Calendars } from '../calendars/calendars.ts';
import { addressIn } from '../calendars/mail/mail-transport.ts';
import { VendorAccounts } from '../calendars/vendor-accounts.ts';
import { Config } from '../config.ts';
import { Look } from '../jobs/look.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import { Store } from '../store/store.ts';
import { Announce } from './announce.ts';
import { KeepWatch } from './keep-watch.ts';
import { LookNow } from './look-now.ts';
import { PollAccount } from './poll-account.ts';
import { ReconcileSeries } from './reconcile-series.ts';
import type { Surroundings } from './surroundings.ts';
import { Sweep } from './sweep.ts';
import { TellOwner } from './tell-owner.ts';
import { Worker } from './worker.ts';

/** The loop. Other rooms ask for `Look`. */
@Global()
@Module({
  imports: [CalendarsModule, ScheduleModule.forRoot()],
  providers: [
    {
      provide: ReconcileSeries,
      inject: [Store, Calendars, Clock, Log, Config],
      useFactory: (store: Store, calendars: Calendars, clock: Clock, log: Log, config: Config) =>
        new ReconcileSeries({
          store,
          calendars,
          clock,
          log,
          link: (series) => `${config.baseUrl}/series/${series}`,
          ...announcing(config, clock),
        }),
    },
    {
      provide: PollAccount,
      inject: [Store, Calendars, Clock, Log, Config],
      useFactory: (store: Store, calendars: Calendars, clock: Clock, log: Log, { pollSeconds }: Config) =>
        new PollAccount({ store, calendars, clock, log }, pollSeconds / 60),
    },
    {
      provide: KeepWatch,
      inject: [PostgresStore, VendorAccounts, Clock, Log, Config],
      useFactory: (
        store: PostgresStore,
        vendors: VendorAccounts,
        clock: Clock,
        log: Log,
        { baseUrl }: Config,
      ) =>
        new KeepWatch({
          store,
          clock,
          log,
          push: (organisation, account) => vendors.push(organisation, account),
          address: (provider) => (baseUrl.startsWith('https://') ? `${baseUrl}/webhooks/${provider}` : null),
        }),
    },
    {
      provide: TellOwner,
      inject: [PostgresStore, Clock, Config],
      useFactory: (store: PostgresStore, clock: Clock, { smtpUrl, baseUrl }: Config) =>
        new TellOwner({ store, clock, page: smtpUrl === null ? null : `${baseUrl}/calendar` }),
    },
    { provide: Look, useClass: LookNow },
    Worker,
    Sweep,
  ],
  exports: [Look],
})
export class ReconcileModule {}

/** Without a mail server nobody is told anything, and nothing piles up. */
function announcing({ smtpUrl, mailFrom }: Config, clock: Clock): Pick<Surroundings, 'announce'> {
  if (smtpUrl === null) return {};
  const announce = new Announce(addressIn(mailFrom), clock);
  return { announce: (...confirmed) => announce.run(...confirmed) };
}
