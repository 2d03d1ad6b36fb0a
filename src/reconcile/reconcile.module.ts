import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { CalendarsModule } from '../calendars/calendars.module.ts';
import { Calendars } from '../calendars/calendars.ts';
import { Config } from '../config.ts';
import { Look } from '../jobs/look.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { Store } from '../store/store.ts';
import { LookNow } from './look-now.ts';
import { PollAccount } from './poll-account.ts';
import { ReconcileSeries } from './reconcile-series.ts';
import { Sweep } from './sweep.ts';
import { Worker } from './worker.ts';

/** The loop. Other rooms ask for `Look`. */
@Global()
@Module({
  imports: [CalendarsModule, ScheduleModule.forRoot()],
  providers: [
    {
      provide: ReconcileSeries,
      inject: [Store, Calendars, Clock, Log, Config],
      useFactory: (store: Store, calendars: Calendars, clock: Clock, log: Log, { baseUrl }: Config) =>
        new ReconcileSeries({
          store,
          calendars,
          clock,
          log,
          link: (series) => `${baseUrl}/series/${series}`,
        }),
    },
    {
      provide: PollAccount,
      inject: [Store, Calendars, Clock, Log, Config],
      useFactory: (store: Store, calendars: Calendars, clock: Clock, log: Log, { pollMinutes }: Config) =>
        new PollAccount({ store, calendars, clock, log }, pollMinutes),
    },
    { provide: Look, useClass: LookNow },
    Worker,
    Sweep,
  ],
  exports: [Look],
})
export class ReconcileModule {}
