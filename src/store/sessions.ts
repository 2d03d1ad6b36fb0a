import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { BySide, Millisecond, Session, Words } from '../domain/session/session.ts';
import type { WhatHappened } from '../domain/session/what-happened.ts';
import type { Slot } from '../domain/slot.ts';
import { LOCK_PATIENCE } from './lock-wait.ts';
import { splitKey } from './occurrence-rows.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

/** A session without anybody's words; one that began when there was a single format does not name it. */
export type SessionFacts = Omit<Session, 'words' | 'format'> & Partial<Pick<Session, 'format'>>;

/** Everybody's words, sealed by whom they are for. */
export type SealedWords = Readonly<Record<keyof Words, string>>;

/** A session with whose it is and where its occurrence stands now. */
export interface RememberedSession {
  readonly id: string;
  readonly organisation: string;
  readonly series: string;
  readonly key: OccurrenceKey;
  readonly slot: Slot;
  readonly revision: number;
  readonly facts: SessionFacts;
  readonly words: SealedWords;
  readonly people: BySide<{ readonly id: string; readonly name: string; readonly active: boolean }>;
  /** A pair that ended runs no session any more. */
  readonly ended: boolean;
}

/** What is written of a session; `happened` is what the occurrence shows of it. */
export interface Writing {
  readonly facts: SessionFacts;
  readonly happened: WhatHappened;
  readonly closesAt: Millisecond | null;
  /** Null where nobody's words changed. */
  readonly words: SealedWords | null;
}

type Place = Pick<RememberedSession, 'slot' | 'people' | 'ended'>;

/** What somebody holds of a session whose next revision they made, without having locked it. */
export type SeenSession = Pick<RememberedSession, 'id' | 'organisation' | 'revision'> & Place;
type SessionRow = Omit<RememberedSession, keyof Place> & { readonly place: Place };

/** The channel on which every process hears of new revisions. */
export const SESSION_CHANNEL = 'perennial_session';

export class SessionStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @returns null where there is none that anybody of this organisation runs */
  async load(session: string, how: 'read' | 'lock' = 'read'): Promise<RememberedSession | null> {
    if (!isId(session)) return null;
    if (how === 'read') return this.#first('x.id = $2', [session]);
    await this.#scope.unscoped(`SET LOCAL lock_timeout = '${LOCK_PATIENCE}'`);
    return this.#first('x.id = $2 FOR NO KEY UPDATE OF x', [session]);
  }

  async ofOccurrence(series: string, key: OccurrenceKey): Promise<RememberedSession | null> {
    if (!isId(series)) return null;
    const { generation, originalStart } = splitKey(key);
    const condition = 'x.series_id = $2 AND x.generation = $3 AND x.original_start = $4';
    return this.#first(condition, [series, generation, originalStart]);
  }

  /** @returns false where the occurrence has a session already */
  async add(id: string, series: string, key: OccurrenceKey, writing: Writing): Promise<boolean> {
    const { generation, originalStart } = splitKey(key);
    const { facts, happened, closesAt, words } = writing;
    const added = await this.#scope.write(
      `INSERT INTO session (organisation_id, id, series_id, generation, original_start, facts, happened, closes_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [id, series, generation, originalStart, JSON.stringify(facts), JSON.stringify(happened), closesAt],
    );
    if (added === 1 && words) await this.#saveWords(id, words);
    return added === 1;
  }

  /**
   * Saves the next revision, if nobody else has, and tells every process when the transaction ends.
   * @returns the new revision; null, with nothing written, when `revision` is no longer the current one
   */
  async save(id: string, revision: number, writing: Writing): Promise<number | null> {
    const { facts, happened, closesAt, words } = writing;
    const saved = await this.#scope.first<{ revision: number }>(
      `WITH saved AS (
         UPDATE session SET revision = revision + 1, facts = $4, happened = $5, closes_at = $6
         WHERE organisation_id = $1 AND id = $2 AND revision = $3 RETURNING id, revision)
       SELECT revision, pg_notify('${SESSION_CHANNEL}', $1::text || ' ' || id || ' ' || revision) FROM saved`,
      [id, revision, JSON.stringify(facts), JSON.stringify(happened), closesAt],
    );
    if (saved && words) await this.#saveWords(id, words);
    return saved?.revision ?? null;
  }

  /** Another time to look whether it is over; no revision, nobody has to see it. */
  async postpone(id: string, closesAt: Millisecond): Promise<void> {
    const sql = 'UPDATE session SET closes_at = $3 WHERE organisation_id = $1 AND id = $2';
    await this.#scope.write(sql, [id, closesAt]);
  }

  /** The latest earlier session of the series in which a commitment was written. */
  async lastCommitted(series: string, before: OccurrenceKey): Promise<RememberedSession | null> {
    const { originalStart } = splitKey(before);
    const condition = `x.series_id = $2 AND x.original_start < $3 AND (x.facts ->> 'edit')::int4 > 0
                       ORDER BY x.original_start DESC, x.generation DESC LIMIT 1`;
    return this.#first(condition, [series, originalStart]);
  }

  /** How many sessions the series had before this occurrence. */
  async countBefore(series: string, before: OccurrenceKey): Promise<number> {
    const { originalStart } = splitKey(before);
    const row = await this.#scope.first<{ count: number }>(
      `SELECT count(*)::int4 AS count FROM session
       WHERE organisation_id = $1 AND series_id = $2 AND original_start < $3`,
      [series, originalStart],
    );
    return row!.count;
  }

  async #saveWords(id: string, { pair, manager, rep }: SealedWords): Promise<void> {
    await this.#scope.write(
      `INSERT INTO session_words (organisation_id, session_id, pair, manager, rep) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id, session_id)
       DO UPDATE SET pair = excluded.pair, manager = excluded.manager, rep = excluded.rep`,
      [id, pair, manager, rep],
    );
  }

  async #first(condition: string, values: readonly unknown[]): Promise<RememberedSession | null> {
    const row = await this.#scope.first<SessionRow>(
      `${SELECT} WHERE x.organisation_id = $1 AND ${condition}`,
      values,
    );
    if (!row) return null;
    const { place, ...session } = row;
    return { ...session, ...place };
  }
}

/** Where it stands and whose it is comes from a function, whose plan PostgreSQL keeps: it is asked for at every act. */
const SELECT = `
  SELECT x.id, x.organisation_id AS organisation, x.series_id AS series,
         x.generation || '@' || x.original_start AS key, x.revision, x.facts,
         json_build_object('pair', w.pair, 'manager', w.manager, 'rep', w.rep) AS words,
         session_place(x.organisation_id, x.series_id, x.generation, x.original_start) AS place
  FROM session x
  JOIN session_words w ON w.organisation_id = x.organisation_id AND w.session_id = x.id`;
