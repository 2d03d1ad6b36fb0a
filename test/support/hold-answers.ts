import { isDeepStrictEqual } from 'node:util';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import type * as z from 'zod';

const RESPONSES = 'swagger/apiResponse';

/**
 * Holds every answer against the shape it is documented with: nothing missing, and nothing that nobody knows of.
 * An answer without a body has none.
 */
@Injectable()
export class HoldAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const shapes = shapesOf(context.getHandler());
    const name = `${context.getClass().name}.${context.getHandler().name}`;
    return next
      .handle()
      .pipe(
        map((body: unknown) =>
          shapes.length > 0 && body !== undefined && !(body instanceof StreamableFile)
            ? held(name, shapes, body)
            : body,
        ),
      );
  }
}

function held(name: string, shapes: readonly z.ZodType[], body: unknown): unknown {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  const read = shapes.map((shape) => shape.safeParse(sent));
  if (read.some(({ success, data }) => success && isDeepStrictEqual(data, sent))) return body;
  const wrong = read.map(({ error }) => error?.message ?? 'more than it documents');
  throw new Error(`${name} answers ${JSON.stringify(sent)}, which is ${wrong.join(' and ')}`);
}

/** The shapes of a handler's good answers; there may be several. */
function shapesOf(handler: object): z.ZodType[] {
  const answers: Record<string, { standardSchema?: z.ZodType }> =
    Reflect.getMetadata(RESPONSES, handler) ?? {};
  return Object.entries(answers).flatMap(([status, { standardSchema }]) =>
    status.startsWith('2') && standardSchema ? [standardSchema] : [],
  );
}
