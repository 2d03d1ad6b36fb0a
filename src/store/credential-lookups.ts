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
  async feedOf(hash: string): Promise<Owner | null> {
    const rows = await this.#dataSource.query<Owner[]>(
      `SELECT f.organisation_id AS organisation, f.person_id AS person
       FROM feed_token f
       JOIN person p ON p.organisation_id = f.organisation_id AND p.id = f.person_id
       WHERE f.hash = $1 AND p.active`,
      [hash],
    );
    return rows[0] ?? null;
  }

  /** Who has this address, in every organisation. */
  personsByEmail(email: string): Promise<readonly Owner[]> {
    return this.#dataSource.query(
      `SELECT organisation_id AS organisation, id AS person FROM person
       WHERE lower(email) = lower($1) ORDER BY organisation_id`,
      [email],
    );
  }

  /** Whom a Zoom account is linked to. */
  async ownerOfZoom(uid: string): Promise<Owner | null> {
    const rows = await this.#dataSource.query<Owner[]>(
      `SELECT z.organisation_id AS organisation, z.person_id AS person
       FROM zoom_account z
       JOIN person p ON p.organisation_id = z.organisation_id AND p.id = z.person_id
       WHERE z.uid = $1 AND p.active`,
      [uid],
    );
    return rows[0] ?? null;
  }
}
