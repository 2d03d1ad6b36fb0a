import type { Act } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import type { Attestation, ExcuseRequest, OccurrenceKey } from '../domain/occurrence.ts';
import { splitKey } from './occurrence-rows.ts';
import type { Scope } from './scope.ts';

/** Somebody's own words about an occurrence, sealed; kept apart from everything that is audited. */
export interface PrivateWord {
  readonly id: string;
  readonly author: string;
  readonly at: Minute;
  readonly sealed: string;
}

/** An excuse somebody asked for, and the other's answer once there is one. */
export interface AskedExcuse extends ExcuseRequest {
  readonly at: Minute;
  readonly answer: 'agreed' | 'refused' | null;
  readonly answeredBy: string | null;
}

/** What people do and say in Perennial: acts for the loop, words for the other, attestations, excuses. */
export class PeopleSay {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Puts an act into the series' inbox; the loop answers it once. The same id again changes nothing. */
  async act(series: string, act: Act): Promise<void> {
    const { id, at, by, kind, ...body } = act;
    await this.#scope.write(
      `INSERT INTO act (organisation_id, id, series_id, at, by, kind, body)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [id, series, at, by, kind, JSON.stringify(body)],
    );
  }

  /** @param word its id is part of what was sealed */
  async word(series: string, on: OccurrenceKey, word: PrivateWord): Promise<void> {
    await this.#scope.write(
      `INSERT INTO private_word (organisation_id, series_id, generation, original_start, id, author_id, at, sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...placeOf(series, on), word.id, word.author, word.at, word.sealed],
    );
  }

  words(series: string, on: OccurrenceKey): Promise<PrivateWord[]> {
    return this.#scope.rows<PrivateWord>(
      `SELECT id, author_id AS author, at, sealed FROM private_word WHERE ${ON} ORDER BY at, id`,
      placeOf(series, on),
    );
  }

  /** A later word of the same side replaces the earlier one. */
  async attest(
    series: string,
    on: OccurrenceKey,
    attestation: Attestation,
    of: 'occurrence' | 'recovery' = 'occurrence',
  ): Promise<void> {
    await this.#scope.write(
      `INSERT INTO attestation (organisation_id, series_id, generation, original_start, of_recovery, by, says, absent)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organisation_id, series_id, generation, original_start, of_recovery, by)
       DO UPDATE SET says = excluded.says, absent = excluded.absent`,
      [...placeOf(series, on), of === 'recovery', attestation.by, attestation.says, attestation.absent],
    );
  }

  /** A refused request can be asked again; one that waits or was agreed to stands. @returns whether it was asked */
  async askExcuse(series: string, on: OccurrenceKey, request: ExcuseRequest, at: Minute): Promise<boolean> {
    const written = await this.#scope.write(
      `INSERT INTO excuse_request AS x (organisation_id, series_id, generation, original_start, excuse, by, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (organisation_id, series_id, generation, original_start)
       DO UPDATE SET excuse = excluded.excuse, by = excluded.by, at = excluded.at,
                     answer = NULL, answered_by = NULL, answered_at = NULL
       WHERE x.answer = 'refused'`,
      [...placeOf(series, on), request.excuse, request.by, at],
    );
    return written === 1;
  }

  excuse(series: string, on: OccurrenceKey): Promise<AskedExcuse | null> {
    return this.#scope.first<AskedExcuse>(
      `SELECT excuse, by, at, answer, answered_by AS "answeredBy" FROM excuse_request WHERE ${ON}`,
      placeOf(series, on),
    );
  }

  /** @returns whether a request of somebody else waited for this answer */
  async answerExcuse(
    series: string,
    on: OccurrenceKey,
    answer: 'agreed' | 'refused',
    by: string,
    at: Minute,
  ): Promise<boolean> {
    const written = await this.#scope.write(
      `UPDATE excuse_request SET answer = $5, answered_by = $6, answered_at = $7
       WHERE ${ON} AND answer IS NULL AND by <> $6`,
      [...placeOf(series, on), answer, by, at],
    );
    return written === 1;
  }
}

const ON = 'organisation_id = $1 AND series_id = $2 AND generation = $3 AND original_start = $4';

function placeOf(series: string, on: OccurrenceKey): unknown[] {
  const { generation, originalStart } = splitKey(on);
  return [series, generation, originalStart];
}
