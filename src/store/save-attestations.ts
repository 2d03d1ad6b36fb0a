import type { Facts } from '../domain/facts.ts';
import { keyOf } from '../domain/occurrence.ts';
import type { Attestation, OccurrenceKey } from '../domain/occurrence.ts';
import { differing } from './difference.ts';
import { splitKey } from './occurrence-rows.ts';
import type { Scope } from './scope.ts';

/** A later word of the same side replaces the earlier one. */
export async function saveAttestations(scope: Scope, before: Facts, after: Facts): Promise<void> {
  const { added, changed } = differing(
    attestationsIn(before),
    attestationsIn(after),
    (row) => `${row.key} ${row.of_recovery} ${row.by}`,
    (row) => JSON.stringify(row),
  );
  const rows = [...added, ...changed];
  if (rows.length === 0) return;
  await scope.write(
    `INSERT INTO attestation (organisation_id, series_id, generation, original_start, of_recovery, by, says, absent)
     SELECT $1, $2, row.generation, row.original_start, row.of_recovery, row.by, row.says, row.absent
     FROM jsonb_populate_recordset(NULL::attestation, $3) AS row
     ON CONFLICT (organisation_id, series_id, generation, original_start, of_recovery, by)
     DO UPDATE SET says = excluded.says, absent = excluded.absent`,
    [after.series.id, JSON.stringify(rows)],
  );
}

function attestationsIn(facts: Facts) {
  const rowsOf = (key: OccurrenceKey, attestations: readonly Attestation[], ofRecovery: boolean) => {
    const { generation, originalStart } = splitKey(key);
    return attestations.map(({ by, says, absent }) => ({
      key,
      generation,
      original_start: originalStart,
      of_recovery: ofRecovery,
      by,
      says,
      absent,
    }));
  };
  return [
    ...facts.occurrences.flatMap((o) => rowsOf(keyOf(o), o.attestations, false)),
    ...facts.recoveries.flatMap((r) => rowsOf(r.second, r.attestations, true)),
  ];
}
