import { Global, Module } from '@nestjs/common';
import { BuiltinFeeds } from './builtin/builtin-feeds.ts';
import { CalendarClient } from './calendar-client.ts';
import { Calendars } from './calendars.ts';
import { Feeds } from './feeds.ts';
import { builtinClient, ProviderCalendars } from './provider-calendars.ts';
import { Clock } from '../platform/clock.ts';
import { PostgresStore } from '../store/postgres-store.ts';

/** Calendars by account, and the built-in one as a person edits it. */
@Global()
@Module({
  providers: [
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
  exports: [Calendars, CalendarClient, Feeds],
})
export class CalendarsModule {}
