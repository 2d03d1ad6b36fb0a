import type { Occurrence } from '../domain/occurrence.ts';
import type { Recovery } from '../domain/recovery.ts';
import { OCCURRENCE_COLUMNS, toOccurrence } from './occurrence-rows.ts';
import type { WholeOccurrenceRow } from './occurrence-rows.ts';
import { RECOVERY_COLUMNS, toRecovery } from './recovery-rows.ts';
import type { RecoveryRow } from './recovery-rows.ts';
import type { Scope } from './scope.ts';

export interface ListedOccurrence {
  readonly series: string;
  readonly occurrence: Occurrence;
}

export interface ListedRecovery {
  readonly series: string;
  readonly recovery: Recovery;
}

/** Whole occurrences `x`, by original start; acts and attestations come along in the same statement. */
export async function selectOccurrences(
  scope: Scope,
  condition: string,
  values: readonly unknown[],
): Promise<ListedOccurrence[]> {
  const rows = await scope.rows<WholeOccurrenceRow & { series_id: string }>(
    `SELECT x.series_id, ${WHOLE_OCCURRENCE} FROM occurrence x
     WHERE x.organisation_id = $1 AND ${condition}
     ORDER BY x.original_start, x.generation, x.series_id`,
    values,
  );
  return rows.map((row) => ({ series: row.series_id, occurrence: toOccurrence(row) }));
}

/** Whole recoveries `x`, by the original start of their second occurrence. */
export async function selectRecoveries(
  scope: Scope,
  condition: string,
  values: readonly unknown[],
): Promise<ListedRecovery[]> {
  const rows = await scope.rows<
    RecoveryRow & Pick<WholeOccurrenceRow, 'attestations'> & { series_id: string }
  >(
    `SELECT x.series_id, ${RECOVERY_COLUMNS.map((column) => `x.${column}`).join(', ')}, ${attestationsOf(true)}
     FROM recovery x
     WHERE x.organisation_id = $1 AND ${condition}
     ORDER BY x.original_start, x.generation, x.series_id`,
    values,
  );
  return rows.map((row) => ({ series: row.series_id, recovery: toRecovery(row) }));
}

/** Rows of `other` that belong to the occurrence `x`. */
const belongsTo = (other: string) =>
  ['organisation_id', 'series_id', 'generation', 'original_start']
    .map((column) => `${other}.${column} = x.${column}`)
    .join(' AND ');

/** Both sides' word on an occurrence `x`, or on the recovery whose second it is. */
function attestationsOf(ofRecovery: boolean): string {
  return `
    COALESCE((SELECT json_agg(json_build_object('by', t.by, 'says', t.says, 'absent', t.absent) ORDER BY t.by)
              FROM attestation t WHERE ${belongsTo('t')} AND t.of_recovery = ${ofRecovery}), '[]') AS attestations`;
}

const WHOLE_OCCURRENCE = `
  ${OCCURRENCE_COLUMNS.map((column) => `x.${column}`).join(', ')}, ${attestationsOf(false)},
  COALESCE((SELECT json_agg(json_build_object('evidence', c.evidence, 'at', c.at, 'by', c.by) ORDER BY c.written)
            FROM cancel_act c WHERE ${belongsTo('c')}), '[]') AS cancel_acts`;
