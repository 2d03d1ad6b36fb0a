import { applyDecorators, HttpCode } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type * as z from 'zod';
import { PROBLEMS } from '../problems/catalogue.ts';
import type { ProblemKind } from '../problems/catalogue.ts';

/**
 * What a route does and answers, for the OpenAPI: `@Answers(201, 'Adds a person.', personView, 'email-taken')`.
 * Every route answers bad input, a missing token and missing rights in the same way; only further problems are named.
 * @param schema null where the answer has no body
 */
export function Answers(
  status: number,
  summary: string,
  schema: z.ZodType | null,
  ...problems: readonly ProblemKind[]
): MethodDecorator {
  const byStatus = Map.groupBy(problems, (kind) => PROBLEMS[kind].status);
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary }),
    ApiResponse({ status, description: '', ...(schema && { standardSchema: schema }) }),
    ...[...byStatus].map(([code, kinds]) => ApiResponse({ status: code, ...problemAnswer(kinds) })),
  );
}

/** The answer that a problem of these kinds is, as OpenAPI has it. */
export function problemAnswer(kinds: readonly ProblemKind[]) {
  return {
    description: kinds.map((kind) => `\`${kind}\`: ${PROBLEMS[kind].says}`).join('\n\n'),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
