import type { Minute } from '../domain/minute.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

export interface Pair {
  readonly id: string;
  readonly manager: string;
  readonly rep: string;
  readonly endedAt: Minute | null;
  readonly endedBecause: string | null;
}

export class PairStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Pairs of one person on either side, or all of them. */
  async list(person: string | null = null): Promise<Pair[]> {
    return this.#scope.rows<Pair>(
      `SELECT ${COLUMNS} FROM pair
       WHERE organisation_id = $1 AND ($2::uuid IS NULL OR $2 IN (manager_id, rep_id)) ORDER BY id`,
      [person],
    );
  }

  async load(pair: string): Promise<Pair | null> {
    if (!isId(pair)) return null;
    const sql = `SELECT ${COLUMNS} FROM pair WHERE organisation_id = $1 AND id = $2`;
    return this.#scope.first<Pair>(sql, [pair]);
  }

  /** The series of a person's running pairs: what to look at when something about the person changed. */
  async seriesOf(person: string): Promise<readonly string[]> {
    const rows = await this.#scope.rows<{ id: string }>(
      `SELECT s.id FROM series s
       JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
       WHERE s.organisation_id = $1 AND s.ended_at IS NULL AND $2 IN (p.manager_id, p.rep_id) ORDER BY s.id`,
      [person],
    );
    return rows.map((row) => row.id);
  }

  /** @returns the new pair's id, which is a UUID; the word `known` where these two meet already */
  async add(manager: string, rep: string): Promise<string> {
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO pair (organisation_id, manager_id, rep_id) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, manager_id, rep_id) WHERE ended_at IS NULL DO NOTHING RETURNING id`,
      [manager, rep],
    );
    return row?.id ?? 'known';
  }

  /** Its series owe nothing from `at` on. @returns the series to look at, or null where no such pair meets */
  async end(pair: string, at: Minute, because: string): Promise<readonly string[] | null> {
    if (!isId(pair)) return null;
    const ended = await this.#scope.write(
      `UPDATE pair SET ended_at = $3, ended_because = $4
       WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL`,
      [pair, at, because],
    );
    if (ended === 0) return null;
    const rows = await this.#scope.rows<{ id: string }>(
      `UPDATE series SET ended_at = $3, next_look = $3, revision = revision + 1
       WHERE organisation_id = $1 AND pair_id = $2 AND ended_at IS NULL RETURNING id`,
      [pair, at],
    );
    return rows.map((row) => row.id);
  }
}

const COLUMNS = `id, manager_id AS manager, rep_id AS rep, ended_at AS "endedAt", ended_because AS "endedBecause"`;
