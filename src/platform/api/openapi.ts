import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import * as z from 'zod';
import { problemView } from '../problems/problem.api.ts';
import { problemAnswer } from './answers.ts';

/** The API as OpenAPI 3.1, written from the very schemas that hold requests against themselves. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Perennial')
    .setDescription(ABOUT)
    .setVersion('1')
    .addSecurity('token', { type: 'http', scheme: 'bearer' })
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    standardSchemaConverter: (schema, { schemaType }) =>
      schema instanceof z.ZodType ? convert(schema, schemaType) : undefined,
  });
  Object.assign(((document.components ??= {}).schemas ??= {}), convert(problemView, 'output').components);
  for (const operation of operationsOf(document)) complete(operation);
  return document;
}

const ABOUT = [
  'Times are RFC 3339, days are ISO dates, times of day are `HH:MM` on the wall clock of the zone beside them.',
  'A POST may carry an `Idempotency-Key`: sent again, the same request gets the same answer and does nothing twice.',
  'Everything that goes wrong is answered as `application/problem+json`; its `type` is stable.',
].join('\n\n');

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Problems that every route can answer, and the key that every POST understands. */
function complete({ path, method, operation }: Described): void {
  if (!path.startsWith('/api/')) {
    operation.security = [];
    return;
  }
  operation.responses = {
    ...operation.responses,
    default: problemAnswer(['bad-input', 'not-signed-in', 'not-allowed']),
  };
  if (method === 'post') operation.parameters = [...(operation.parameters ?? []), KEY];
}

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', maxLength: 200 },
} as const;

interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

function operationsOf({ paths }: OpenAPIObject): Described[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
}

/** Schemas with an id become components, the others stand where they are used. */
function convert(schema: z.ZodType, io: 'input' | 'output') {
  const {
    $defs,
    $schema: _,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // A format says it in one word; the pattern behind it is two lines of noise.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return { schema: own, components: { ...$defs } as Record<string, unknown> };
}
