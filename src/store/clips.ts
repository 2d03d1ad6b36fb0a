import type { Minute } from '../domain/minute.ts';
import type { Side } from '../domain/person.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

/** The cut slice of a recording. */
export interface RememberedClip {
  readonly id: string;
  readonly session: string;
  readonly by: Side;
  /** `audio/mpeg` */
  readonly type: string;
  readonly bytes: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly createdAt: Minute;
  readonly keepUntil: Minute;
}

export class ClipStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async add(clip: RememberedClip): Promise<void> {
    await this.#scope.write(
      `INSERT INTO clip (organisation_id, id, session_id, by, type, bytes, duration, created_at, keep_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [clip.id, clip.session, clip.by, clip.type, clip.bytes, clip.duration, clip.createdAt, clip.keepUntil],
    );
  }

  async addPart(clip: string, number: number, sealed: Buffer): Promise<void> {
    const sql = 'INSERT INTO clip_part (organisation_id, clip_id, number, sealed) VALUES ($1, $2, $3, $4)';
    await this.#scope.write(sql, [clip, number, sealed]);
  }

  async load(clip: string): Promise<RememberedClip | null> {
    if (!isId(clip)) return null;
    return this.#scope.first<RememberedClip>(
      `SELECT id, session_id AS session, by, type, bytes, duration, created_at AS "createdAt",
              keep_until AS "keepUntil"
       FROM clip WHERE organisation_id = $1 AND id = $2`,
      [clip],
    );
  }

  /** Sealed parts by number, both ends included. */
  async parts(clip: string, from: number, until: number): Promise<Buffer[]> {
    if (!isId(clip)) return [];
    const rows = await this.#scope.rows<{ sealed: Buffer }>(
      `SELECT sealed FROM clip_part
       WHERE organisation_id = $1 AND clip_id = $2 AND number BETWEEN $3 AND $4 ORDER BY number`,
      [clip, from, until],
    );
    return rows.map(({ sealed }) => sealed);
  }

  /** Removes what its session no longer shows. */
  async forgetOthers(session: string, but: string): Promise<void> {
    const sql = 'DELETE FROM clip WHERE organisation_id = $1 AND session_id = $2 AND id <> $3';
    await this.#scope.write(sql, [session, but]);
  }
}
