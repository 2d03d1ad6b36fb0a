import { Module } from '@nestjs/common';
import { LeaveDesk } from './leave.ts';
import { OrganisationController } from './organisation.controller.ts';
import { OrganisationDesk } from './organisation.ts';
import { PairsController } from './pairs.controller.ts';
import { Pairs } from './pairs.ts';
import { PeopleController } from './people.controller.ts';
import { People } from './people.ts';

/** The organisation, its people, and who meets whom. */
@Module({
  controllers: [OrganisationController, PeopleController, PairsController],
  providers: [OrganisationDesk, People, LeaveDesk, Pairs],
})
export class PeopleModule {}
