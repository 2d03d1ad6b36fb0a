import { DAY } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import { LOCK_PATIENCE, gaveUpWaiting } from './lock-wait.ts';
import type { Scope } from './scope.ts';

/** What is known of a request that carried an idempotency key. */
export type Claim =
  | { readonly kind: 'new' }
  /** The same request was answered before: give this answer again. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** The same request was carried out and has no answer yet. `since` is null while its effect is being written. */
  | { readonly kind: 'unanswered'; readonly since: Minute | null }
  /** The key belongs to another request. */
  | { readonly kind: 'another request' };

/** A request under a key, with the answer to give whenever it comes again. */
export interface AnsweredRequest {
  readonly person: string;
  readonly key: string;
  readonly requestHash: string;
  readonly at: Minute;
  readonly status: number;
  readonly body: unknown;
}

/** Minutes for which a key is remembered, at least. */
export const KEYS_KEPT = 2 * DAY;

/**
 * A key belongs to one request of one person. It is claimed in the transaction of the request's effect, so neither
 * stands without the other; the answer follows when it is known. A twin that arrives meanwhile waits for the claim.
 */
export class IdempotencyStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /**
   * Anything but 'new' ends the transaction: it may be past use.
   * @param requestHash of method, path and body: what must be equal for the answer to be repeated
   */
  async claim(person: string, key: string, requestHash: string, at: Minute): Promise<Claim> {
    const taken = await this.#take(person, key, requestHash, at);
    if (taken === 'by us') return { kind: 'new' };
    if (taken === 'being taken') return { kind: 'unanswered', since: null };
    return this.read(person, key, requestHash);
  }

  /** How it is with a key that is claimed; 'new' where it is not. */
  async read(person: string, key: string, requestHash: string): Promise<Claim> {
    const row = await this.#scope.first<ClaimRow>(
      `SELECT request_hash, status, body, created_at FROM idempotency
       WHERE organisation_id = $1 AND person_id = $2 AND key = $3`,
      [person, key],
    );
    if (!row) return { kind: 'new' };
    if (row.request_hash !== requestHash) return { kind: 'another request' };
    if (row.status === null) return { kind: 'unanswered', since: row.created_at };
    return { kind: 'answered', status: row.status, body: row.body };
  }

  async answer(person: string, key: string, status: number, body: unknown): Promise<void> {
    await this.#scope.write(
      `UPDATE idempotency SET status = $4, body = $5
       WHERE organisation_id = $1 AND person_id = $2 AND key = $3`,
      [person, key, status, JSON.stringify(body)],
    );
  }

  /** The request came to nothing: its key is free again. */
  async release(person: string, key: string): Promise<void> {
    await this.#scope.write(
      'DELETE FROM idempotency WHERE organisation_id = $1 AND person_id = $2 AND key = $3 AND status IS NULL',
      [person, key],
    );
  }

  async #take(
    person: string,
    key: string,
    requestHash: string,
    at: Minute,
  ): Promise<'by us' | 'before' | 'being taken'> {
    await this.#scope.unscoped(`SET LOCAL lock_timeout = '${LOCK_PATIENCE}'`);
    try {
      const written = await this.#scope.write(
        `INSERT INTO idempotency (organisation_id, person_id, key, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [person, key, requestHash, at],
      );
      await this.#scope.unscoped('SET LOCAL lock_timeout = DEFAULT');
      return written === 1 ? 'by us' : 'before';
    } catch (error) {
      if (gaveUpWaiting(error)) return 'being taken';
      throw error;
    }
  }
}

interface ClaimRow {
  request_hash: string;
  status: number | null;
  body: unknown;
  created_at: Minute;
}
