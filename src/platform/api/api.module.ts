import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from '../access/access.guard.ts';
import { Authenticator } from '../access/authenticator.ts';
import { TokenAuthenticator } from '../access/token-authenticator.ts';
import { validation } from '../problems/plain-words.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { ProblemsController } from '../problems/problems.controller.ts';
import { IdempotencyInterceptor } from './idempotency.interceptor.ts';
import { Routes } from './routes.ts';

/** What every route stands on: who is asking, what is well-formed, what is answered twice, what went wrong. */
@Module({})
export class ApiModule {
  static over(routes: Routes): DynamicModule {
    return {
      module: ApiModule,
      controllers: [ProblemsController],
      providers: [
        { provide: Routes, useValue: routes },
        { provide: Authenticator, useClass: TokenAuthenticator },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: validation },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
