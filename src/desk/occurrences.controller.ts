import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type * as z from 'zod';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { answerQuestion } from './answer-question.ts';
import { attest } from './attest.ts';
import { attestationBody } from './attestations.api.ts';
import type { AttestationBody } from './attestations.api.ts';
import { cannotMakeIt } from './cannot-make-it.ts';
import { Desk } from './desk.ts';
import { answerExcuse, excuseWeek } from './excuse-week.ts';
import { moveOccurrence } from './move-occurrence.ts';
import {
  actAnswer,
  cannotMakeItBody,
  excuseAnswerBody,
  excuseBody,
  moveBody,
  occurrenceDetail,
  occurrencePage,
  occurrenceQuery,
  slotQuery,
  slotSuggestions,
} from './occurrences.api.ts';
import type {
  ActAnswer,
  CannotMakeItBody,
  ExcuseBody,
  MoveBody,
  OccurrenceDetail,
  OccurrencePage,
  OccurrenceQuery,
  SlotSuggestions,
} from './occurrences.api.ts';
import { PrivateWords } from './private-words.ts';
import { Reads } from './reads.ts';

/** The owed meetings and what people can do with one. The key is `1@29732040` or the ISO original start. */
@Controller('api')
@Allow('anyone signed in')
export class OccurrencesController {
  constructor(
    private readonly desk: Desk,
    private readonly reads: Reads,
    private readonly privateWords: PrivateWords,
  ) {}

  @Get('occurrences')
  @Answers(200, 'Owed meetings by week and state, a page at a time.', occurrencePage)
  list(
    @Caller() caller: Caller,
    @Query({ schema: occurrenceQuery }) query: OccurrenceQuery,
  ): Promise<OccurrencePage> {
    return this.reads.occurrences(caller, query);
  }

  @Get('series/:id/occurrences/:key')
  @Answers(
    200,
    'One owed meeting, with their own words for the pair.',
    occurrenceDetail,
    'unknown-occurrence',
  )
  one(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
  ): Promise<OccurrenceDetail> {
    return this.reads.occurrence(caller, series, key);
  }

  @Get('series/:id/occurrences/:key/slots')
  @Answers(200, 'Times of the week at which both are free, nearest to the anchor first.', slotSuggestions)
  slots(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Query({ schema: slotQuery }) { limit }: z.output<typeof slotQuery>,
  ): Promise<SlotSuggestions> {
    return this.reads.slots(caller, series, key, limit);
  }

  @Post('series/:id/occurrences/:key/move')
  @Answers(200, 'Moves it inside its week; never counted as a cancel.', actAnswer, 'conflict', 'not-possible')
  move(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: moveBody }) body: MoveBody,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, (at) => moveOccurrence(at, body));
  }

  @Post('series/:id/occurrences/:key/cannot-make-it')
  @Answers(200, 'Somebody cannot make it: one cancel act, answered by a move.', actAnswer, 'conflict')
  cannotMakeIt(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: cannotMakeItBody }) body: CannotMakeItBody,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, (at) => cannotMakeIt(at, body, this.privateWords));
  }

  @Post('series/:id/occurrences/:key/excuse')
  @Answers(200, 'Excuses the week, or asks for it.', actAnswer, 'conflict', 'not-possible')
  excuse(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: excuseBody }) body: ExcuseBody,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, (at) => excuseWeek(at, body));
  }

  @Post('series/:id/occurrences/:key/excuse/answer')
  @Answers(200, 'Agrees to an excuse that somebody else asked for, or does not.', actAnswer, 'conflict')
  answerExcuse(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: excuseAnswerBody }) { agree }: z.output<typeof excuseAnswerBody>,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, (at) => answerExcuse(at, agree));
  }

  @Post('series/:id/occurrences/:key/attestation')
  @Answers(200, 'One side says whether it was held.', actAnswer, 'conflict')
  attest(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: attestationBody }) body: AttestationBody,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, (at) => attest(at, body));
  }

  @Post('series/:id/occurrences/:key/answer')
  @Answers(200, 'Answers the question that was asked: look after it again.', actAnswer, 'conflict')
  answer(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
  ): Promise<ActAnswer> {
    return this.desk.say(caller, series, key, answerQuestion);
  }
}
