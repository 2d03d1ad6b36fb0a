import type { Minute } from '../domain/minute.ts';
import type { Occurrence, OccurrenceKey, OccurrenceState } from '../domain/occurrence.ts';
import type { RecoveryState } from '../domain/recovery.ts';
import type { Slot } from '../domain/slot.ts';
import { splitKey } from './occurrence-rows.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';
import { selectOccurrences, selectRecoveries } from './select-occurrences.ts';
import type { ListedOccurrence, ListedRecovery } from './select-occurrences.ts';

/** One move of an occurrence; `by` is null where the loop moved it by itself. */
export interface Move {
  readonly from: Slot;
  readonly to: Slot;
  readonly at: Minute;
  readonly by: string | null;
  readonly because: string | null;
}

/** Which occurrences to list: those whose week overlaps `window`, further narrowed by what is given. */
export interface OccurrenceQuery {
  readonly window: Slot;
  readonly series?: string;
  /** On either side. */
  readonly person?: string;
  readonly states?: readonly OccurrenceState[];
}

const OF_PERSON = `x.series_id IN (
  SELECT s.id FROM series s JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
  WHERE s.organisation_id = $1 AND`;

/** Reads for pages and lists; the loop reads through `SeriesStore.load`. */
export class OccurrenceStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  list({ window, series, person, states }: OccurrenceQuery): Promise<ListedOccurrence[]> {
    return selectOccurrences(
      this.#scope,
      `x.week_start < $3 AND x.week_end > $2 AND ($4::uuid IS NULL OR x.series_id = $4)
       AND ($5::uuid IS NULL OR ${OF_PERSON} $5 IN (p.manager_id, p.rep_id)))
       AND ($6::text[] IS NULL OR x.state = ANY($6))`,
      [window.start, window.end, series ?? null, person ?? null, states ?? null],
    );
  }

  async load(series: string, key: OccurrenceKey): Promise<Occurrence | null> {
    const { generation, originalStart } = splitKey(key);
    if (!isId(series) || !isWhole(generation) || !isWhole(originalStart)) return null;
    const [listed] = await selectOccurrences(
      this.#scope,
      'x.series_id = $2 AND x.generation = $3 AND x.original_start = $4',
      [series, generation, originalStart],
    );
    return listed?.occurrence ?? null;
  }

  /** In the order in which they happened. */
  async moves(series: string, key: OccurrenceKey): Promise<Move[]> {
    const { generation, originalStart } = splitKey(key);
    return this.#scope.rows<Move>(
      `SELECT json_build_object('start', from_start, 'end', from_end) AS "from",
              json_build_object('start', to_start, 'end', to_end) AS "to", at, by, because
       FROM occurrence_move
       WHERE organisation_id = $1 AND series_id = $2 AND generation = $3 AND original_start = $4 ORDER BY id`,
      [series, generation, originalStart],
    );
  }

  /** Recoveries of a series or a person, or all of them, by state. */
  recoveries(
    only: { series?: string; person?: string; states?: readonly RecoveryState[] } = {},
  ): Promise<ListedRecovery[]> {
    return selectRecoveries(
      this.#scope,
      `($2::uuid IS NULL OR x.series_id = $2)
       AND ($3::uuid IS NULL OR ${OF_PERSON} $3 IN (p.manager_id, p.rep_id)))
       AND ($4::text[] IS NULL OR x.state = ANY($4))`,
      [only.series ?? null, only.person ?? null, only.states ?? null],
    );
  }
}

/** Keys arrive from URLs as well; what does not fit the column is unknown. */
function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}
