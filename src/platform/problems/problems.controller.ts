import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { Allow } from '../access/allow.ts';
import { Answers } from '../api/answers.ts';
import { PROBLEMS } from './catalogue.ts';
import type { ProblemKind } from './catalogue.ts';
import { Problem } from './problem.ts';

const problemKind = z.object({ type: z.string(), status: z.int(), title: z.string(), says: z.string() });

/** The page behind a problem's `type`. */
@ApiTags('problems')
@Controller('problems')
export class ProblemsController {
  @Get(':kind')
  @Allow('anybody')
  @Answers(200, 'What a kind of problem means.', problemKind, 'unknown-page')
  explain(@Param('kind') kind: string): z.output<typeof problemKind> {
    if (!Object.hasOwn(PROBLEMS, kind)) throw new Problem('unknown-page');
    return { type: `/problems/${kind}`, ...PROBLEMS[kind as ProblemKind] };
  }
}
