import { Module } from '@nestjs/common';
import { CaldavServer } from '../calendars/caldav/caldav-server.ts';
import { CalendarServer } from '../calendars/calendar-server.ts';
import { Clock } from '../platform/clock.ts';
import { AccountsController } from './accounts.controller.ts';
import { Accounts } from './accounts.ts';
import { FinishSignInController, StartSignInController } from './sign-ins.controller.ts';
import { SignIns } from './sign-ins.ts';
import { VendorAccountsController } from './vendor-accounts.controller.ts';
import { VendorConnections } from './vendor-connections.ts';
import { GoogleWebhookController } from './webhooks/google.controller.ts';
import { HeardMessages } from './webhooks/heard.ts';
import { MicrosoftWebhookController } from './webhooks/microsoft.controller.ts';

/** Connected calendars. Needs a `Look` from whoever runs the loop. */
@Module({
  controllers: [
    VendorAccountsController,
    StartSignInController,
    AccountsController,
    FinishSignInController,
    GoogleWebhookController,
    MicrosoftWebhookController,
  ],
  providers: [
    Accounts,
    SignIns,
    VendorConnections,
    HeardMessages,
    {
      provide: CalendarServer,
      inject: [Clock],
      useFactory: (clock: Clock) => new CaldavServer(clock),
    },
  ],
})
export class AccountsModule {}
