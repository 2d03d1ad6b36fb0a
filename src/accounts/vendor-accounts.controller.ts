import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Config } from '../config.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Problem } from '../platform/problems/problem.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import { domainConnect, domainConnected, providers, vendorCalendars } from './accounts.api.ts';
import type { DomainConnectBody, DomainConnected, Providers, VendorCalendarsView } from './accounts.api.ts';
import { Accounts } from './accounts.ts';
import { offersOf } from './offers.ts';
import { VendorConnections } from './vendor-connections.ts';

const DOMAIN_OFF =
  'Connecting a whole domain there is off: its settings are missing, or several organisations share this installation.';

/** Calendars at Google and Microsoft, beside signing in there. */
@ApiTags('calendars')
@Controller('api')
export class VendorAccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly connections: VendorConnections,
    private readonly config: Config,
    private readonly store: PostgresStore,
  ) {}

  @Get('calendar-providers')
  @Allow('anyone signed in')
  @Answers(200, 'Which calendar providers can be connected here, and what the others lack.', providers)
  async offers(): Promise<Providers> {
    const organisations = await this.store.organisations();
    return { items: offersOf(this.config, organisations.length) };
  }

  @Get('calendar-accounts/:account/calendars')
  @Allow('anyone signed in')
  @Answers(
    200,
    'The calendars of an account at Google or Microsoft that could be used in place of this one.',
    vendorCalendars,
    'unknown-account',
    'cannot-connect',
  )
  async calendars(@Caller() caller: Caller, @Param('account') account: string): Promise<VendorCalendarsView> {
    const own = await this.accounts.own(caller, account);
    const found = await this.connections.calendars(caller.organisation, own);
    const isChosen = (id: string): boolean => own.settings['calendarId'] === id;
    return { items: found.map((each) => ({ ...each, chosen: isChosen(each.id) })) };
  }

  @Post('calendar-accounts/domain')
  @Allow('admin')
  @Answers(
    200,
    'Connects the calendars of people whose whole domain let Perennial in.',
    domainConnected,
    'not-possible',
  )
  async connectDomain(
    @Caller() caller: Caller,
    @Body({ schema: domainConnect }) { provider, persons }: DomainConnectBody,
  ): Promise<DomainConnected> {
    const { items } = await this.offers();
    if (!items.some((offer) => offer.provider === provider && offer.domain))
      throw new Problem('not-possible', DOMAIN_OFF);
    return { items: await this.connections.connectDomain(caller, provider, persons) };
  }
}
