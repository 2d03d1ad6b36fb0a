import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type * as z from 'zod';
import { Allow } from '../platform/access/allow.ts';
import { Caller } from '../platform/access/caller.ts';
import { Answers } from '../platform/api/answers.ts';
import { attestationBody } from './attestations.api.ts';
import type { AttestationBody } from './attestations.api.ts';
import { answer, Desk } from './desk.ts';
import type { AtOccurrence, Said } from './desk.ts';
import { attestRecovery, cannotMakeRecovery, moveRecovery } from './keep-recovery.ts';
import { cannotMakeItBody, moveBody } from './occurrences.api.ts';
import type { CannotMakeItBody, MoveBody } from './occurrences.api.ts';
import { PrivateWords } from './private-words.ts';
import { Reads } from './reads.ts';
import { recoveryAnswer, recoveryList, recoveryQuery } from './recoveries.api.ts';
import type { RecoveryAnswer, RecoveryList } from './recoveries.api.ts';

/** The meetings owed after two cancels; the key is that of the second of the two. */
@Controller('api')
@Allow('anyone signed in')
export class RecoveriesController {
  constructor(
    private readonly desk: Desk,
    private readonly reads: Reads,
    private readonly privateWords: PrivateWords,
  ) {}

  @Get('recoveries')
  @Answers(200, 'All recoveries the caller may see.', recoveryList)
  list(
    @Caller() caller: Caller,
    @Query({ schema: recoveryQuery }) { state }: z.output<typeof recoveryQuery>,
  ): Promise<RecoveryList> {
    return this.reads.recoveries(caller, state);
  }

  @Post('series/:id/recoveries/:key/move')
  @Answers(200, 'Moves the recovery.', recoveryAnswer, 'unknown-recovery', 'conflict', 'not-possible')
  move(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: moveBody }) body: MoveBody,
  ): Promise<RecoveryAnswer> {
    return this.#say(caller, series, key, (at) => moveRecovery(at, body));
  }

  @Post('series/:id/recoveries/:key/cannot-make-it')
  @Answers(
    200,
    'Somebody cannot make the recovery: another time is looked for.',
    recoveryAnswer,
    'unknown-recovery',
  )
  cannotMakeIt(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: cannotMakeItBody }) body: CannotMakeItBody,
  ): Promise<RecoveryAnswer> {
    return this.#say(caller, series, key, (at) => cannotMakeRecovery(at, body, this.privateWords));
  }

  @Post('series/:id/recoveries/:key/attestation')
  @Answers(
    200,
    'One side says whether the recovery was held.',
    recoveryAnswer,
    'unknown-recovery',
    'conflict',
  )
  attest(
    @Caller() caller: Caller,
    @Param('id') series: string,
    @Param('key') key: string,
    @Body({ schema: attestationBody }) body: AttestationBody,
  ): Promise<RecoveryAnswer> {
    return this.#say(caller, series, key, (at) => attestRecovery(at, body));
  }

  async #say(
    caller: Caller,
    series: string,
    key: string,
    action: (at: AtOccurrence) => Promise<Said>,
  ): Promise<RecoveryAnswer> {
    const { occurrence, calendar } = await this.desk.say(caller, series, key, action);
    const recovery = occurrence.recovery!;
    return { recovery, ...answer(calendar === 'done', recovery.because) };
  }
}
