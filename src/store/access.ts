import type { Minute } from '../domain/minute.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

/** A bearer token as it is remembered: never the token itself. */
export interface RememberedToken {
  readonly id: string;
  readonly person: string;
  readonly createdAt: Minute;
  readonly expiresAt: Minute;
  readonly lastUsedAt: Minute | null;
}

/** Bearer tokens and the unguessable addresses of calendar feeds, both by SHA-256 alone. */
export class AccessStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @param hash SHA-256 of the token, 64 hex digits */
  async issue(person: string, hash: string, createdAt: Minute, expiresAt: Minute): Promise<string> {
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO access_token (organisation_id, person_id, hash, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [person, hash, createdAt, expiresAt],
    );
    return row!.id;
  }

  tokens(person: string): Promise<RememberedToken[]> {
    return this.#scope.rows<RememberedToken>(
      `SELECT id, person_id AS person, created_at AS "createdAt", expires_at AS "expiresAt",
              last_used_at AS "lastUsedAt"
       FROM access_token WHERE organisation_id = $1 AND person_id = $2 ORDER BY created_at, id`,
      [person],
    );
  }

  /** @returns whether there was such a token */
  async revoke(token: string): Promise<boolean> {
    if (!isId(token)) return false;
    const sql = 'DELETE FROM access_token WHERE organisation_id = $1 AND id = $2';
    return (await this.#scope.write(sql, [token])) === 1;
  }

  /** Every token and the feed's address stop working, for good. */
  async revokeAll(person: string): Promise<void> {
    const sql = 'DELETE FROM access_token WHERE organisation_id = $1 AND person_id = $2';
    await this.#scope.write(sql, [person]);
    await this.dropFeed(person);
  }

  /** The person's feed is reachable under this one address from now on. */
  async setFeed(person: string, hash: string, createdAt: Minute): Promise<void> {
    await this.#scope.write(
      `INSERT INTO feed_token (organisation_id, person_id, hash, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, person_id)
       DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at`,
      [person, hash, createdAt],
    );
  }

  /** Since when the person's feed has its address; null while it has none. */
  async feedSince(person: string): Promise<Minute | null> {
    const row = await this.#scope.first<{ created_at: Minute }>(
      'SELECT created_at FROM feed_token WHERE organisation_id = $1 AND person_id = $2',
      [person],
    );
    return row?.created_at ?? null;
  }

  /** The feed is reachable under no address any more. */
  async dropFeed(person: string): Promise<void> {
    await this.#scope.write('DELETE FROM feed_token WHERE organisation_id = $1 AND person_id = $2', [person]);
  }
}
