import { Global, Module } from '@nestjs/common';
import { BuiltinPerson } from './builtin/builtin-person.ts';
import { CalendarClient } from './calendar-client.ts';
import { Calendars } from './calendars.ts';
import { ProviderCalendars } from './provider-calendars.ts';
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
      useFactory: (store: PostgresStore, clock: Clock) => new BuiltinPerson(store, clock),
    },
  ],
  exports: [Calendars, CalendarClient],
})
export class CalendarsModule {}
