import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { newPair, pairEnd, pairList, pairView } from './pairs.api.ts';
import type { NewPair, PairEnd, PairView } from './pairs.api.ts';
import { Pairs } from './pairs.ts';

@ApiTags('pairs')
@Controller('api/pairs')
export class PairsController {
  constructor(private readonly pairs: Pairs) {}

  @Get()
  @Allow('anyone signed in')
  @Answers(200, 'Every pair for admins and auditors; own pairs for the others. Ended ones stay.', pairList)
  async list(@Caller() caller: Caller): Promise<{ items: PairView[] }> {
    return { items: await this.pairs.list(caller) };
  }

  @Get(':pair')
  @Allow('anyone signed in')
  @Answers(200, 'One pair.', pairView, 'unknown-pair')
  one(@Caller() caller: Caller, @Param('pair') pair: string): Promise<PairView> {
    return this.pairs.one(caller, pair);
  }

  @Post()
  @Allow('admin')
  @Answers(201, 'Brings a manager and a rep together.', pairView, 'pair-exists')
  add(@Caller() caller: Caller, @Body({ schema: newPair }) given: NewPair): Promise<PairView> {
    return this.pairs.add(caller, given);
  }

  @Post(':pair/end')
  @Allow('admin')
  @Answers(200, 'Ends a pair: nothing more is owed, history stays.', pairView, 'unknown-pair', 'pair-ended')
  end(
    @Caller() caller: Caller,
    @Param('pair') pair: string,
    @Body({ schema: pairEnd }) { reason }: { reason: PairEnd },
  ): Promise<PairView> {
    return this.pairs.end(caller, pair, reason);
  }
}
