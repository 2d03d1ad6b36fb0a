import { Module } from '@nestjs/common';
import { CaldavServer } from '../calendars/caldav/caldav-server.ts';
import { CalendarServer } from '../calendars/calendar-server.ts';
import { Clock } from '../platform/clock.ts';
import { AccountsController } from './accounts.controller.ts';
import { Accounts } from './accounts.ts';

/** Connected calendars. Needs a `Look` from whoever runs the loop. */
@Module({
  controllers: [AccountsController],
  providers: [
    Accounts,
    {
      provide: CalendarServer,
      inject: [Clock],
      useFactory: (clock: Clock) => new CaldavServer(clock),
    },
  ],
})
export class AccountsModule {}
