import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Vendor } from '../calendars/vendor-sign-in.ts';
import { isVendor } from '../calendars/vendors.ts';
import { Config } from '../config.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Problem } from '../platform/problems/problem.ts';
import { signInQuery, signInStart } from './accounts.api.ts';
import type { SignInQuery, SignInStart } from './accounts.api.ts';
import { browserIn, cookieFor } from './sign-in-proof.ts';
import { SIGN_IN_MINUTES, SignIns } from './sign-ins.ts';

/** The way to a vendor's consent page. */
@ApiTags('calendars')
@Controller('api/calendar-accounts')
@Allow('anyone signed in')
export class StartSignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly config: Config,
  ) {}

  // A GET, because the answer to a POST with an idempotency key is kept, and this one holds a secret.
  @Get(':provider/start')
  @Answers(
    200,
    'The address at which the caller lets Perennial into a calendar at Google or Microsoft.',
    signInStart,
    'unknown-provider',
    'unknown-account',
    'not-possible',
  )
  async start(
    @Caller() caller: Caller,
    @Param('provider') provider: string,
    @Query({ schema: signInQuery }) query: SignInQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStart> {
    const { url, browser } = await this.signIns.begin(caller, known(provider), query);
    const isSecure = this.config.baseUrl.startsWith('https://');
    void reply.headers({
      'Set-Cookie': cookieFor(browser, SIGN_IN_MINUTES, isSecure),
      'Cache-Control': 'no-store',
    });
    return { url };
  }
}

/** The way back. A person's browser comes here, so the answer is a page in every case. */
@ApiExcludeController()
@Controller('oauth')
export class FinishSignInController {
  constructor(
    private readonly signIns: SignIns,
    private readonly config: Config,
  ) {}

  @Get(':provider/callback')
  @Allow('anybody')
  async finish(
    @Param('provider') provider: string,
    @Query() query: Record<string, unknown>,
    @Headers('cookie') cookies: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.signIns.finish(known(provider), {
      state: text(query['state']),
      code: text(query['code']),
      error: text(query['error']),
      browser: browserIn(cookies),
    });
    void reply
      .code(303)
      .headers({
        Location: `${this.config.baseUrl}${page}`,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
      })
      .send();
  }
}

/** @throws Problem unknown-provider */
function known(provider: string): Vendor {
  if (isVendor(provider)) return provider;
  throw new Problem('unknown-provider');
}

/** A parameter that is given twice is a list, and no good. */
function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
