import type { DataSource } from 'typeorm';
import type { Minute } from '../domain/minute.ts';
import type { Role } from './people.ts';

/** A person, and the organisation in which to ask for them. */
export interface Owner {
  readonly organisation: string;
  readonly person: string;
}

/** Whoever holds a bearer token. */
export interface Bearer extends Owner {
  readonly roles: readonly Role[];
}

/** Who somebody is, by what they bring: looked up outside any organisation, because it is this that tells which one. */
export class CredentialLookups {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /**
   * Whom a bearer token belongs to, by its SHA-256, with the roles they hold now. Its use is noted once a minute.
   * @returns null for a token that is unknown or expired, and for a person who left
   */
  async bearerOf(hash: string, now: Minute): Promise<Bearer | null> {
    const [row] = await this.#dataSource.query<(Bearer & { lastUsedAt: Minute | null })[]>(
      `SELECT t.organisation_id AS organisation, t.person_id AS person, p.roles, t.last_used_at AS "lastUsedAt"
       FROM access_token t
       JOIN person p ON p.organisation_id = t.organisation_id AND p.id = t.person_id
       WHERE t.hash = $1 AND t.expires_at > $2 AND p.active`,
      [hash, now],
    );
    if (!row) return null;
    const { lastUsedAt, ...bearer } = row;
    if (lastUsedAt !== now) {
      await this.#dataSource.query('UPDATE access_token SET last_used_at = $2 WHERE hash = $1', [hash, now]);
    }
    return bearer;
  }

  /** Whose calendar feed an address leads to, by its SHA-256; null also for a person who left. */
  feedOf(hash: string): Promise<Owner | null> {
    return this.#ownerBy('feed_token', 'hash', hash);
  }

  /** Who has this address, in every organisation. */
  personsByEmail(email: string): Promise<readonly Owner[]> {
    return this.#dataSource.query(
      `SELECT organisation_id AS organisation, id AS person FROM person
       WHERE lower(email) = lower($1) ORDER BY organisation_id`,
      [email],
    );
  }

  /** Whom a Zoom account is linked to; null also for a person who left. */
  ownerOfZoom(uid: string): Promise<Owner | null> {
    return this.#ownerBy('zoom_account', 'uid', uid);
  }

  async #ownerBy(
    table: 'feed_token' | 'zoom_account',
    column: 'hash' | 'uid',
    value: string,
  ): Promise<Owner | null> {
    const rows = await this.#dataSource.query<Owner[]>(
      `SELECT t.organisation_id AS organisation, t.person_id AS person
       FROM ${table} t
       JOIN person p ON p.organisation_id = t.organisation_id AND p.id = t.person_id
       WHERE t.${column} = $1 AND p.active`,
      [value],
    );
    return rows[0] ?? null;
  }
}
