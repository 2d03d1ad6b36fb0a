import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { organisationPatch, organisationView } from './organisation.api.ts';
import type { OrganisationPatch, OrganisationView } from './organisation.api.ts';
import { OrganisationDesk } from './organisation.ts';

@ApiTags('organisation')
@Controller('api/organisation')
export class OrganisationController {
  constructor(private readonly desk: OrganisationDesk) {}

  @Get()
  @Allow('anyone signed in')
  @Answers(200, 'The settings of the own organisation.', organisationView)
  read(@Caller() caller: Caller): Promise<OrganisationView> {
    return this.desk.read(caller);
  }

  @Patch()
  @Allow('admin')
  @Answers(
    200,
    'Changes settings; what is left out stays. Every series is looked at again.',
    organisationView,
  )
  change(
    @Caller() caller: Caller,
    @Body({ schema: organisationPatch }) patch: OrganisationPatch,
  ): Promise<OrganisationView> {
    return this.desk.change(caller, patch);
  }
}
