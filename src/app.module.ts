import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.ts';
import { BuiltinCalendarModule } from './accounts/builtin-calendar.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { CalendarsModule } from './calendars/calendars.module.ts';
import { MailModule } from './calendars/mail/mail.module.ts';
import type { Config } from './config.ts';
import { DeskModule } from './desk/desk.module.ts';
import { JobsModule } from './jobs/jobs.module.ts';
import type { Queue } from './jobs/queue.ts';
import { LiveModule } from './live/live.module.ts';
import { PeopleModule } from './people/people.module.ts';
import { ApiModule } from './platform/api/api.module.ts';
import type { Routes } from './platform/api/routes.ts';
import { HealthModule } from './platform/health/health.module.ts';
import type { Log } from './platform/log.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { ReconcileModule } from './reconcile/reconcile.module.ts';
import type { PostgresStore } from './store/postgres-store.ts';
import { StoreModule } from './store/store.module.ts';

/** What stands before the first room is furnished. */
export interface Ground {
  readonly config: Config;
  readonly log: Log;
  readonly store: PostgresStore;
  readonly queue: Queue;
  readonly routes: Routes;
}

/** The loop, and what people meet of it. */
export const ROOMS = [
  CalendarsModule,
  ReconcileModule,
  MailModule,
  PeopleModule,
  DeskModule,
  AuditModule,
  AccountsModule,
  BuiltinCalendarModule,
  LiveModule,
  HealthModule,
];

/** The house: every room by name. */
@Module({})
export class AppModule {
  static over({ config, log, store, queue, routes }: Ground): DynamicModule {
    const ground = [
      PlatformModule.over(config, log),
      StoreModule.over(store),
      JobsModule.over(queue),
      ApiModule.over(routes),
    ];
    return { module: AppModule, imports: [...ground, ...ROOMS] };
  }
}
