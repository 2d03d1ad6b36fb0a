import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { LeaveDesk } from './leave.ts';
import { leaveView, me, newLeave, newPerson, personList, personPatch, personView } from './people.api.ts';
import type { Me, NewLeave, NewPerson, PersonPatch, PersonView } from './people.api.ts';
import { People } from './people.ts';

@ApiTags('people')
@Controller('api')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly leave: LeaveDesk,
  ) {}

  @Get('me')
  @Allow('anyone signed in')
  @Answers(200, 'Who the token belongs to.', me)
  me(@Caller() caller: Caller): Promise<Me> {
    return this.people.me(caller);
  }

  @Get('people')
  @Allow('anyone signed in')
  @Answers(
    200,
    'Everybody for admins and auditors; otherwise oneself and the people of own pairs.',
    personList,
  )
  async list(@Caller() caller: Caller): Promise<{ items: PersonView[] }> {
    return { items: await this.people.list(caller) };
  }

  @Get('people/:person')
  @Allow('anyone signed in')
  @Answers(200, 'One person.', personView, 'unknown-person')
  one(@Caller() caller: Caller, @Param('person') person: string): Promise<PersonView> {
    return this.people.one(caller, person);
  }

  @Post('people')
  @Allow('admin')
  @Answers(201, 'Adds a person.', personView, 'email-taken')
  add(@Caller() caller: Caller, @Body({ schema: newPerson }) given: NewPerson): Promise<PersonView> {
    return this.people.add(caller, given);
  }

  @Patch('people/:person')
  @Allow('admin')
  @Answers(
    200,
    'Changes a person; what is left out stays.',
    personView,
    'unknown-person',
    'email-taken',
    'still-paired',
    'last-admin',
  )
  change(
    @Caller() caller: Caller,
    @Param('person') person: string,
    @Body({ schema: personPatch }) patch: PersonPatch,
  ): Promise<PersonView> {
    return this.people.change(caller, person, patch);
  }

  @Post('people/:person/leave')
  @Allow('admin')
  @Answers(201, 'Approves leave; whole weeks of it are excused.', leaveView, 'unknown-person')
  approve(
    @Caller() caller: Caller,
    @Param('person') person: string,
    @Body({ schema: newLeave }) leave: NewLeave,
  ): Promise<NewLeave & { id: string }> {
    return this.leave.approve(caller, person, leave);
  }

  @Delete('people/:person/leave/:leave')
  @Allow('admin')
  @Answers(204, 'Withdraws leave; the weeks ahead are owed again.', null, 'unknown-leave')
  withdraw(
    @Caller() caller: Caller,
    @Param('person') person: string,
    @Param('leave') leave: string,
  ): Promise<void> {
    return this.leave.withdraw(caller, person, leave);
  }
}
