import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CalendarClient } from '../calendars/calendar-client.ts';
import type { ClientAct } from '../calendars/calendar-client.ts';
import { minuteFromIso } from '../domain/minute.ts';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { Problem } from '../platform/problems/problem.ts';
import { clientActAnswer, clientActBody } from './builtin-calendar.api.ts';
import type { ClientActAnswer, ClientActBody } from './builtin-calendar.api.ts';

/** The built-in calendar has no client but this one. Its two people use it; an admin is a guest to their meeting. */
@ApiTags('calendars')
@Controller('api/builtin-calendar')
export class BuiltinCalendarController {
  constructor(private readonly client: CalendarClient) {}

  @Post('acts')
  @Allow('manager', 'rep')
  @Answers(
    202,
    'Deletes, drags or declines a meeting as its people would in a calendar client.',
    clientActAnswer,
    'unknown-series',
    'unknown-occurrence',
    'conflict',
  )
  async act(
    @Caller() { organisation, person }: Caller,
    @Body({ schema: clientActBody }) body: ClientActBody,
  ): Promise<ClientActAnswer> {
    const outcome = await this.client.act(organisation, person, {
      series: body.series,
      on: body.originalStart as ClientAct['on'],
      act: body.act,
      to: body.to === undefined ? null : minuteFromIso(body.to),
    });
    if (outcome.kind === 'unknown') throw new Problem(`unknown-${outcome.what}`);
    if (outcome.kind === 'refused') throw new Problem('conflict', outcome.because);
    return { sentence: 'The calendar shows it. Perennial looks at the series next.' };
  }
}
