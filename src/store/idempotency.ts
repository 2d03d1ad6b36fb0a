import { DAY } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Scope } from './scope.ts';

/** What is known of a request that carried an idempotency key. */
export type Claim =
  | { readonly kind: 'new' }
  /** The same request was answered before: give this answer again. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** The key belongs to another request. */
  | { readonly kind: 'another request' }
  /** A twin took the key and has not come to an end; nothing more can be done in this transaction. */
  | { readonly kind: 'running' };

/** Minutes for which a key is remembered. */
const KEPT = 2 * DAY;

/** How long a twin is waited for: below the patience of most clients, above that of most answers. */
const PATIENCE = '10s';

/**
 * A key belongs to one request of one person. Claim, effect and answer share a transaction: a twin that arrives
 * meanwhile waits for it, and a failure leaves the key free.
 */
export class IdempotencyStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @param requestHash of method, path and body: what must be equal for the answer to be repeated */
  async claim(person: string, key: string, requestHash: string, at: Minute): Promise<Claim> {
    const claimed = await this.#take(person, key, requestHash, at);
    if (claimed === 'running') return { kind: 'running' };
    if (claimed === 1) return { kind: 'new' };
    const known = await this.#scope.first<{ request_hash: string; status: number; body: unknown }>(
      `SELECT request_hash, status, body FROM idempotency
       WHERE organisation_id = $1 AND person_id = $2 AND key = $3`,
      [person, key],
    );
    if (known?.request_hash !== requestHash) return { kind: 'another request' };
    return { kind: 'answered', status: known.status, body: known.body };
  }

  async answer(person: string, key: string, status: number, body: unknown): Promise<void> {
    await this.#scope.write(
      `UPDATE idempotency SET status = $4, body = $5
       WHERE organisation_id = $1 AND person_id = $2 AND key = $3`,
      [person, key, status, JSON.stringify(body)],
    );
  }

  /** @returns how many rows were written: 0 where the key is taken */
  async #take(person: string, key: string, requestHash: string, at: Minute): Promise<number | 'running'> {
    await this.#scope.write(
      'DELETE FROM idempotency WHERE organisation_id = $1 AND person_id = $2 AND created_at < $3',
      [person, at - KEPT],
    );
    await this.#scope.unscoped(`SET LOCAL lock_timeout = '${PATIENCE}'`);
    try {
      return await this.#scope.write(
        `INSERT INTO idempotency (organisation_id, person_id, key, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [person, key, requestHash, at],
      );
    } catch (error) {
      if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'running';
      throw error;
    }
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
