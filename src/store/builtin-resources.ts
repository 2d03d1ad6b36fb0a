import type { Scope } from './scope.ts';

/** One iCalendar resource of a built-in calendar. A deleted one stays as a mark, so that changes can tell of it. */
export interface BuiltinResource {
  readonly href: string;
  readonly ics: string;
  readonly etag: string;
  readonly changedSeq: number;
  readonly deleted: boolean;
}

export class BuiltinResourceStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Null for what never was; a deleted one is told as deleted. */
  async load(account: string, href: string): Promise<BuiltinResource | null> {
    return this.#scope.first<BuiltinResource>(
      `SELECT ${COLUMNS} FROM builtin_resource WHERE organisation_id = $1 AND account_id = $2 AND href = $3`,
      [account, href],
    );
  }

  /** Everything that stands. */
  list(account: string): Promise<BuiltinResource[]> {
    return this.#scope.rows<BuiltinResource>(
      `SELECT ${COLUMNS} FROM builtin_resource
       WHERE organisation_id = $1 AND account_id = $2 AND NOT deleted ORDER BY href`,
      [account],
    );
  }

  /** Those of the names that stand. */
  loadMany(account: string, hrefs: readonly string[]): Promise<BuiltinResource[]> {
    return this.#scope.rows<BuiltinResource>(
      `SELECT ${COLUMNS} FROM builtin_resource
       WHERE organisation_id = $1 AND account_id = $2 AND href = ANY($3) AND NOT deleted ORDER BY href`,
      [account, hrefs],
    );
  }

  /** Those that stand and hold this UID, whatever their name. */
  withUid(account: string, uid: string): Promise<BuiltinResource[]> {
    return this.#scope.rows<BuiltinResource>(
      `SELECT ${COLUMNS} FROM builtin_resource
       WHERE organisation_id = $1 AND account_id = $2 AND uid = $3 AND NOT deleted ORDER BY href`,
      [account, uid],
    );
  }

  /** What changed after `seq`, deletions included, oldest first. */
  changesSince(account: string, seq: number): Promise<BuiltinResource[]> {
    return this.#scope.rows<BuiltinResource>(
      `SELECT ${COLUMNS} FROM builtin_resource
       WHERE organisation_id = $1 AND account_id = $2 AND changed_seq > $3 ORDER BY changed_seq`,
      [account, seq],
    );
  }

  /** The number of the last change. */
  async lastChange(account: string): Promise<number> {
    const row = await this.#scope.first<{ changes: number }>(
      'SELECT changes::float8 AS changes FROM calendar_account WHERE organisation_id = $1 AND id = $2',
      [account],
    );
    return row?.changes ?? 0;
  }

  /**
   * Writes a resource where it still has the etag `expected` (null: where nothing stands).
   * @returns false, with nothing written, where somebody else wrote it since
   */
  async put(
    account: string,
    resource: Pick<BuiltinResource, 'href' | 'ics' | 'etag'>,
    expected: string | null,
  ): Promise<boolean> {
    const seq = await this.#nextChange(account);
    const written = await this.#scope.write(
      `INSERT INTO builtin_resource AS r (organisation_id, account_id, href, ics, etag, changed_seq)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE $7::text IS NULL OR EXISTS (SELECT FROM builtin_resource
         WHERE organisation_id = $1 AND account_id = $2 AND href = $3 AND NOT deleted)
       ON CONFLICT (organisation_id, account_id, href)
       DO UPDATE SET ics = excluded.ics, etag = excluded.etag, changed_seq = excluded.changed_seq, deleted = false
       WHERE CASE WHEN $7::text IS NULL THEN r.deleted ELSE NOT r.deleted AND r.etag = $7 END`,
      [account, resource.href, resource.ics, resource.etag, seq, expected],
    );
    return written === 1;
  }

  /** @returns whether it stood (with the etag `expected`, where one is given) */
  async remove(account: string, href: string, expected: string | null = null): Promise<boolean> {
    const seq = await this.#nextChange(account);
    const written = await this.#scope.write(
      `UPDATE builtin_resource SET deleted = true, changed_seq = $4
       WHERE organisation_id = $1 AND account_id = $2 AND href = $3 AND NOT deleted
         AND ($5::text IS NULL OR etag = $5)`,
      [account, href, seq, expected],
    );
    return written === 1;
  }

  /** Locks the account's row until the transaction ends: a reader never sees a later change before an earlier one. */
  async #nextChange(account: string): Promise<number> {
    const row = await this.#scope.first<{ changes: number }>(
      `UPDATE calendar_account SET changes = changes + 1
       WHERE organisation_id = $1 AND id = $2 RETURNING changes::float8 AS changes`,
      [account],
    );
    if (!row) throw new Error(`Calendar account ${account} does not exist`);
    return row.changes;
  }
}

const COLUMNS = 'href, ics, etag, changed_seq::float8 AS "changedSeq", deleted';
