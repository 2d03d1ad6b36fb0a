import type { Minute } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import type { Occurrence, OccurrenceKey, OccurrenceState } from '../domain/occurrence.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { WhatHappened } from '../domain/session/what-happened.ts';
import type { Slot } from '../domain/slot.ts';
import type { Move } from './occurrences.ts';
import type { AskedExcuse } from './people-say.ts';
import { splitKey } from './occurrence-rows.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';
import { selectOccurrences, selectRecoveries } from './select-occurrences.ts';
import type { ListedOccurrence } from './select-occurrences.ts';

/** An occurrence with everything a page shows beside it. */
export interface WholeOccurrence extends ListedOccurrence {
  readonly moves: readonly Move[];
  readonly asked: AskedExcuse | null;
  readonly recovery: Recovery | null;
  /** What was done in its session, never what was said; null where none was opened. */
  readonly happened: WhatHappened | null;
}

/** Where a page ended; occurrences are in the order of these three. */
export interface Place {
  readonly originalStart: Minute;
  readonly generation: number;
  readonly series: string;
}

export interface PageQuery {
  /** Weeks that touch it; null: all of them. */
  readonly window: Slot | null;
  readonly series: string | null;
  readonly pair: string | null;
  /** On either side of the pair. */
  readonly person: string | null;
  readonly state: OccurrenceState | null;
  readonly after: Place | null;
  readonly limit: number;
}

/** Occurrences a page at a time: five statements, whatever the page's length. */
export class OccurrencePages {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async page({ window, series, pair, person, state, after, limit }: PageQuery): Promise<WholeOccurrence[]> {
    const listed = await selectOccurrences(this.#scope, PAGE, [
      window?.start ?? null,
      window?.end ?? null,
      series,
      pair,
      person,
      state,
      after?.originalStart ?? null,
      after?.generation ?? null,
      after?.series ?? null,
      limit,
    ]);
    return this.#complete(listed);
  }

  async one(series: string, key: OccurrenceKey): Promise<WholeOccurrence | null> {
    const { generation, originalStart } = splitKey(key);
    if (!isId(series)) return null;
    const values = [series, generation, originalStart];
    const listed = await selectOccurrences(this.#scope, ONE, values);
    return (await this.#complete(listed))[0] ?? null;
  }

  /** Those that exist, in the order of their starts. */
  async among(keys: readonly { series: string; key: OccurrenceKey }[]): Promise<WholeOccurrence[]> {
    const places = keys.map(({ series, key }) => ({ series, ...splitKey(key) }));
    return this.#complete(await selectOccurrences(this.#scope, AMONG, columnsOf(places)));
  }

  /** The key of the occurrence that was first owed at this time; the newest where the series changed its rule. */
  async keyAt(series: string, originalStart: Minute): Promise<OccurrenceKey | null> {
    if (!isId(series)) return null;
    const row = await this.#scope.first<{ generation: number }>(
      `SELECT generation FROM occurrence WHERE organisation_id = $1 AND series_id = $2 AND original_start = $3
       ORDER BY generation DESC LIMIT 1`,
      [series, originalStart],
    );
    return row && `${row.generation}@${originalStart}`;
  }

  /** Nobody else gets past this for the same pair before the transaction ends. @returns whether it meets still */
  async lockPair(pair: string): Promise<boolean> {
    const row = await this.#scope.first<{ met: boolean }>(
      `SELECT ended_at IS NULL AS met FROM pair WHERE organisation_id = $1 AND id = $2 FOR UPDATE`,
      [pair],
    );
    return row?.met ?? false;
  }

  async #complete(listed: readonly ListedOccurrence[]): Promise<WholeOccurrence[]> {
    if (listed.length === 0) return [];
    const places = columnsOf(listed.map(({ series, occurrence }) => ({ series, ...occurrence })));
    const moves = group(await this.#scope.rows<Move & Placed>(MOVES, places));
    const asked = group(await this.#scope.rows<AskedExcuse & Placed>(ASKED, places));
    const happened = group(await this.#scope.rows<Happened>(HAPPENED, places));
    const recoveries = await selectRecoveries(this.#scope, AMONG, places);
    const recoveryOf = new Map(
      recoveries.map(({ series, recovery }) => [`${series} ${recovery.second}`, recovery]),
    );
    return listed.map(({ series, occurrence }) => {
      const place = placeOf(series, occurrence);
      return {
        series,
        occurrence,
        moves: (moves.get(place) ?? []).map(withoutPlace),
        asked: (asked.get(place) ?? []).map(withoutPlace)[0] ?? null,
        recovery: recoveryOf.get(place) ?? null,
        happened: happened.get(place)?.[0]?.happened ?? null,
      };
    });
  }
}

interface Placed {
  readonly place: string;
}

interface Happened extends Placed {
  readonly happened: WhatHappened;
}

function withoutPlace<T extends Placed>({ place: _, ...row }: T): Omit<T, 'place'> {
  return row;
}

function placeOf(series: string, occurrence: Occurrence): string {
  return `${series} ${keyOf(occurrence)}`;
}

function columnsOf(places: readonly Place[]): unknown[] {
  return [
    places.map(({ series }) => series),
    places.map(({ generation }) => generation),
    places.map(({ originalStart }) => originalStart),
  ];
}

function group<Row extends Placed>(rows: readonly Row[]): Map<string, Row[]> {
  return Map.groupBy(rows, (row) => row.place);
}

const ONE = 'x.series_id = $2 AND x.generation = $3 AND x.original_start = $4';

const AMONG = `(x.series_id, x.generation, x.original_start) IN (
  SELECT * FROM unnest($2::uuid[], $3::int4[], $4::int4[]))`;

const PLACE = `x.series_id || ' ' || x.generation || '@' || x.original_start AS place`;

const MOVES = `
  SELECT ${PLACE}, json_build_object('start', x.from_start, 'end', x.from_end) AS "from",
         json_build_object('start', x.to_start, 'end', x.to_end) AS "to", x.at, x.by, x.because
  FROM occurrence_move x WHERE x.organisation_id = $1 AND ${AMONG} ORDER BY x.id`;

const ASKED = `
  SELECT ${PLACE}, x.excuse, x.by, x.at, x.answer, x.answered_by AS "answeredBy"
  FROM excuse_request x WHERE x.organisation_id = $1 AND ${AMONG}`;

const HAPPENED = `
  SELECT ${PLACE}, x.happened FROM session x WHERE x.organisation_id = $1 AND ${AMONG}`;

const PAGE = `(x.series_id, x.generation, x.original_start) IN (
  SELECT o.series_id, o.generation, o.original_start
  FROM occurrence o
  JOIN series s ON s.organisation_id = o.organisation_id AND s.id = o.series_id
  JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
  WHERE o.organisation_id = $1
    AND ($2::int4 IS NULL OR o.week_end > $2) AND ($3::int4 IS NULL OR o.week_start < $3)
    AND ($4::uuid IS NULL OR o.series_id = $4) AND ($5::uuid IS NULL OR p.id = $5)
    AND ($6::uuid IS NULL OR $6 IN (p.manager_id, p.rep_id)) AND ($7::text IS NULL OR o.state = $7)
    AND ($8::int4 IS NULL OR (o.original_start, o.generation, o.series_id) > ($8, $9::int4, $10::uuid))
  ORDER BY o.original_start, o.generation, o.series_id LIMIT $11)`;
