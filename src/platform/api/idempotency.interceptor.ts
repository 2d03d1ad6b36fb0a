import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { Config } from '../../config.ts';
import type { Claim } from '../../store/idempotency.ts';
import { PostgresStore } from '../../store/postgres-store.ts';
import type { Opening } from '../../store/openings.ts';
import type { Stores } from '../../store/stores.ts';
import { callerOf } from '../access/caller.ts';
import { Clock } from '../clock.ts';
import { badInput, Problem } from '../problems/problem.ts';
import { Seal } from '../seal.ts';

/** Long enough for a UUID with a prefix, short enough to index. */
const LONGEST_KEY = 200;

/** How often, and how long apart, a twin's answer is asked for. */
const TRIES = 60;
const PAUSE_MS = 100;

/** The status that is kept for a request which broke off: from here on nobody knows what came of it. */
const LOST = 500;

/** Minutes after which no answer is expected any more: the process that owed it is gone. */
const LOST_AFTER = 2;

interface Keyed {
  readonly organisation: string;
  readonly person: string;
  readonly key: string;
  readonly hash: string;
}

/** Ends the transaction of a request whose key is taken. */
class Taken extends Error {
  constructor(readonly claim: Exclude<Claim, { kind: 'new' }>) {
    super('The idempotency key is taken');
  }
}

/**
 * `Idempotency-Key` on a POST: the same request again gets the first one's answer. The key is claimed in the
 * transaction of the effect, so a crash repeats nothing. A refusal changed nothing and is decided anew.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: PostgresStore,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
    private readonly seal: Seal,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const keyed = keyOf(request, this.config.secretsKey);
    if (!keyed) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const work = () => lastValueFrom(next.handle(), { defaultValue: null });
    return of(await this.#once(keyed, reply, work));
  }

  async #once(keyed: Keyed, reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> {
    const { organisation, person, key } = keyed;
    const opening = this.#openingOf(keyed, reply);
    try {
      const body = (await this.store.openings.serve(opening, work)) ?? null;
      if (opening.state === 'claimed')
        await this.#transaction(organisation, (s) =>
          s.answer(person, key, reply.statusCode, this.#close(keyed, body)),
        );
      return body;
    } catch (error) {
      if (error instanceof Taken) return this.#repeat(keyed, error.claim, reply);
      if (opening.state === 'claimed') await this.#end(keyed, error);
      throw error;
    }
  }

  #openingOf(keyed: Keyed, reply: FastifyReply): Opening {
    const { person, key, hash: requestHash } = keyed;
    const at = this.clock.now();
    return {
      state: 'due',
      claim: async ({ idempotency }) => {
        const claim = await idempotency.claim(person, key, requestHash, at);
        if (claim.kind !== 'new') throw new Taken(claim);
      },
      answered: (answer) => {
        const body = this.#close(keyed, answer);
        return { person, key, requestHash, at, status: reply.statusCode, body };
      },
    };
  }

  /** A refusal frees the key. After anything else a part of the effect may stand: it is not begun a second time. */
  #end({ organisation, person, key }: Keyed, error: unknown): Promise<void> {
    const refused = error instanceof Problem && error.kind !== 'broken';
    return this.#transaction(organisation, (s) =>
      refused ? s.release(person, key) : s.answer(person, key, LOST, null),
    );
  }

  /** @throws Problem where there is no answer to repeat */
  async #repeat(keyed: Keyed, taken: Claim, reply: FastifyReply): Promise<unknown> {
    const { organisation, person, key, hash } = keyed;
    let claim = taken;
    for (let tries = 0; claim.kind === 'unanswered' && tries < TRIES; tries++) {
      if (claim.since !== null && claim.since <= this.clock.now() - LOST_AFTER)
        throw new Problem('answer-lost');
      await delay(PAUSE_MS);
      claim = await this.#transaction(organisation, (s) => s.read(person, key, hash));
    }
    if (claim.kind === 'another request') throw new Problem('key-reused');
    if (claim.kind === 'answered' && claim.status >= LOST) throw new Problem('answer-lost');
    if (claim.kind !== 'answered')
      throw new Problem('still-running', undefined, { headers: { 'Retry-After': '1' } });
    void reply.code(claim.status).header('Idempotent-Replayed', 'true');
    return this.#open(keyed, claim.body);
  }

  /** An answer may hold somebody's private words. */
  #close(keyed: Keyed, body: unknown): string {
    return this.seal.close(JSON.stringify(body), contextOf(keyed));
  }

  #open(keyed: Keyed, sealed: unknown): unknown {
    return JSON.parse(this.seal.open(String(sealed), contextOf(keyed)));
  }

  #transaction<T>(organisation: string, work: (store: Stores['idempotency']) => Promise<T>): Promise<T> {
    return this.store.transaction(organisation, ({ idempotency }) => work(idempotency));
  }
}

function contextOf({ person, key }: Keyed): string {
  return `idempotency/${person}/${key}`;
}

/** @throws Problem where the key cannot be kept */
function keyOf(request: FastifyRequest, secret: Buffer): Keyed | null {
  const { method, url, body, headers } = request;
  const key = headers['idempotency-key'];
  const caller = callerOf(request);
  if (method !== 'POST' || key === undefined || !caller) return null;
  if (typeof key !== 'string' || key.length === 0 || key.length > LONGEST_KEY) {
    throw badInput('Idempotency-Key', `must have 1 to ${LONGEST_KEY} characters`);
  }
  // A plain hash of a request that holds a password would be something to guess it by.
  const hash = createHmac('sha256', secret)
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('hex');
  return { organisation: caller.organisation, person: caller.person, key, hash };
}
