import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { PostgresStore } from '../../store/postgres-store.ts';
import { callerOf } from '../access/caller.ts';
import type { Caller } from '../access/caller.ts';
import { Clock } from '../clock.ts';
import { badInput, Problem } from '../problems/problem.ts';

/** Long enough for a UUID with a prefix, short enough to index. */
const LONGEST_KEY = 200;

/**
 * `Idempotency-Key` on a POST: the same request again gets the first one's answer. Claim, effect and answer are one
 * transaction, so a crash leaves nothing and a twin waits. A refusal changed nothing and is decided anew.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const caller = callerOf(request);
    if (request.method !== 'POST' || key === undefined || !caller) return next.handle();
    if (typeof key !== 'string' || key.length === 0 || key.length > LONGEST_KEY) {
      throw badInput('Idempotency-Key', `must have 1 to ${LONGEST_KEY} characters`);
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return of(
      await this.#once(caller, key, request, reply, () =>
        lastValueFrom(next.handle(), { defaultValue: null }),
      ),
    );
  }

  #once(
    caller: Caller,
    key: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<unknown>,
  ) {
    return this.store.together(caller.organisation, async ({ idempotency }) => {
      const claim = await idempotency.claim(caller.person, key, hashOf(request), this.clock.now());
      if (claim.kind === 'another request') throw new Problem('key-reused');
      if (claim.kind === 'running') throw new Problem('still-running');
      if (claim.kind === 'answered') {
        void reply.code(claim.status).header('Idempotent-Replayed', 'true');
        return claim.body;
      }
      const body = (await work()) ?? null;
      await idempotency.answer(caller.person, key, reply.statusCode, body);
      return body;
    });
  }
}

/** Method, address and body: what makes two requests the same one. */
function hashOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex');
}
