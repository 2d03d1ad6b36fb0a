import type { Minute } from '../domain/minute.ts';
import type { CancelAct, Excuse, OccurrenceState } from '../domain/occurrence.ts';
import type { RecoveryState } from '../domain/recovery.ts';
import type { Slot } from '../domain/slot.ts';
import type { Move } from './occurrences.ts';
import type { Scope } from './scope.ts';

/** One owed occurrence of a period, as an admin may see it: that it happened and why it moved, never what was said. */
export interface CadenceRow {
  readonly series: string;
  readonly pair: string;
  readonly manager: { readonly id: string; readonly name: string };
  readonly rep: { readonly id: string; readonly name: string };
  readonly generation: number;
  readonly originalStart: Minute;
  readonly week: Slot;
  /** What the series owed, and where it stands or stood. */
  readonly expected: Slot;
  readonly actual: Slot;
  readonly state: OccurrenceState;
  readonly excuse: Excuse | null;
  readonly because: string | null;
  readonly moves: readonly Move[];
  readonly cancelActs: readonly CancelAct[];
  /** Where this occurrence is the second of two cancels. */
  readonly recovery: {
    readonly state: RecoveryState;
    readonly dueBy: Minute;
    readonly window: string;
    readonly slot: Slot | null;
  } | null;
  /** The ledger's first and last row about this occurrence. */
  readonly ledger: { readonly first: string; readonly last: string } | null;
}

export interface CadenceQuery {
  /** Occurrences whose original start lies inside. */
  readonly window: Slot;
  readonly manager?: string;
}

/** The audit of the cadence: one statement, whatever the number of rows. */
export class CadenceStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  rows({ window, manager }: CadenceQuery): Promise<CadenceRow[]> {
    return this.#scope.rows<CadenceRow>(CADENCE, [window.start, window.end, manager ?? null]);
  }
}

const SAME = (other: string) => `
  ${other}.organisation_id = x.organisation_id AND ${other}.series_id = x.series_id
  AND ${other}.generation = x.generation AND ${other}.original_start = x.original_start`;

const slot = (start: string, end: string) => `json_build_object('start', ${start}, 'end', ${end})`;

const CADENCE = `
SELECT x.series_id AS series, s.pair_id AS pair,
  json_build_object('id', m.id, 'name', m.name) AS manager, json_build_object('id', r.id, 'name', r.name) AS rep,
  x.generation, x.original_start AS "originalStart", ${slot('x.week_start', 'x.week_end')} AS week,
  ${slot('x.original_start', 'x.original_start + s.minutes')} AS expected,
  ${slot('x.slot_start', 'x.slot_end')} AS actual, x.state, x.excuse, x.because,
  COALESCE((SELECT json_agg(json_build_object('from', ${slot('v.from_start', 'v.from_end')},
      'to', ${slot('v.to_start', 'v.to_end')}, 'at', v.at, 'by', v.by, 'because', v.because) ORDER BY v.id)
    FROM occurrence_move v WHERE ${SAME('v')}), '[]') AS moves,
  COALESCE((SELECT json_agg(json_build_object('evidence', c.evidence, 'at', c.at, 'by', c.by) ORDER BY c.written)
    FROM cancel_act c WHERE ${SAME('c')}), '[]') AS "cancelActs",
  CASE WHEN y.state IS NOT NULL THEN json_build_object('state', y.state, 'dueBy', y.due_by, 'window', y.due_window,
    'slot', CASE y.kind WHEN 'occurrence' THEN ${slot('x.slot_start', 'x.slot_end')}
                        WHEN 'separate' THEN ${slot('y.slot_start', 'y.slot_end')} END) END AS recovery,
  (SELECT json_build_object('first', (array_agg(l.hash ORDER BY l.seq))[1],
                            'last', (array_agg(l.hash ORDER BY l.seq DESC))[1])
   FROM ledger l
   WHERE l.organisation_id = x.organisation_id AND l.series_id = x.series_id
     AND l.occurrence = x.generation || '@' || x.original_start
   HAVING count(*) > 0) AS ledger
FROM occurrence x
JOIN series s ON s.organisation_id = x.organisation_id AND s.id = x.series_id
JOIN pair p ON p.organisation_id = s.organisation_id AND p.id = s.pair_id
JOIN person m ON m.organisation_id = p.organisation_id AND m.id = p.manager_id
JOIN person r ON r.organisation_id = p.organisation_id AND r.id = p.rep_id
LEFT JOIN recovery y ON ${SAME('y')}
WHERE x.organisation_id = $1 AND x.original_start >= $2 AND x.original_start < $3
  AND ($4::uuid IS NULL OR p.manager_id = $4)
ORDER BY x.original_start, x.series_id, x.generation`;
