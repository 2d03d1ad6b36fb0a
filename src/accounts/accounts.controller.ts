import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import {
  accountList,
  accountPatch,
  accountView,
  calendarLogin,
  foundCalendars,
  newAccount,
} from './accounts.api.ts';
import type {
  AccountPatch,
  AccountView,
  CalendarLoginBody,
  FoundCalendars,
  NewAccountBody,
} from './accounts.api.ts';
import { Accounts } from './accounts.ts';

@ApiTags('calendars')
@Controller('api/calendar-accounts')
@Allow('anyone signed in')
export class AccountsController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @Answers(
    200,
    'Own calendar accounts, everybody’s for admins, and what to do about each problem.',
    accountList,
  )
  async list(@Caller() caller: Caller): Promise<{ items: AccountView[] }> {
    return { items: await this.accounts.list(caller) };
  }

  @Get(':account')
  @Answers(200, 'One calendar account.', accountView, 'unknown-account')
  one(@Caller() caller: Caller, @Param('account') account: string): Promise<AccountView> {
    return this.accounts.one(caller, account);
  }

  @Post('discover')
  @Answers(
    200,
    'The calendars that a CalDAV login reaches. Nothing is kept.',
    foundCalendars,
    'cannot-connect',
  )
  async discover(@Body({ schema: calendarLogin }) login: CalendarLoginBody): Promise<FoundCalendars> {
    return { items: [...(await this.accounts.discover(login))] };
  }

  @Post()
  @Answers(201, 'Connects a calendar of one’s own.', accountView, 'cannot-connect', 'calendar-connected')
  connect(
    @Caller() caller: Caller,
    @Body({ schema: newAccount }) given: NewAccountBody,
  ): Promise<AccountView> {
    return this.accounts.connect(caller, given);
  }

  @Patch(':account')
  @Answers(
    200,
    'Connects the calendar again with a new password, or makes it the one for new series.',
    accountView,
    'unknown-account',
    'cannot-connect',
  )
  change(
    @Caller() caller: Caller,
    @Param('account') account: string,
    @Body({ schema: accountPatch }) patch: AccountPatch,
  ): Promise<AccountView> {
    return this.accounts.change(caller, account, patch);
  }

  @Post(':account/check')
  @Answers(200, 'Reads the calendar now; the answer tells how that went.', accountView, 'unknown-account')
  check(@Caller() caller: Caller, @Param('account') account: string): Promise<AccountView> {
    return this.accounts.check(caller, account);
  }

  @Post(':account/release')
  @Answers(
    200,
    'Answers the question why so much is gone: not on purpose. It is put back; what is taken out after that is another question.',
    accountView,
    'unknown-account',
  )
  release(@Caller() caller: Caller, @Param('account') account: string): Promise<AccountView> {
    return this.accounts.release(caller, account);
  }
}
