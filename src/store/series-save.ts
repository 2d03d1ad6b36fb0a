import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import type { Occurrence } from '../domain/occurrence.ts';
import type { Recovery } from '../domain/recovery.ts';
import { differing, movesBetween } from './difference.ts';
import { OCCURRENCE_COLUMNS, fromOccurrence } from './occurrence-rows.ts';
import { RECOVERY_COLUMNS, fromRecovery } from './recovery-rows.ts';
import { saveAttestations } from './save-attestations.ts';
import type { Scope } from './scope.ts';

/** See SeriesStore.save. The compare-and-set comes first, so that a refused save has written nothing. */
export async function saveSeries(
  scope: Scope,
  revision: number,
  before: Facts,
  after: Facts,
  nextLook: Minute,
): Promise<boolean> {
  if (!(await saveHead(scope, revision, after, nextLook))) return false;
  const series = after.series.id;
  await saveOccurrences(scope, series, before.occurrences, after.occurrences);
  await saveCancelActs(scope, series, before.occurrences, after.occurrences);
  await saveMoves(scope, before, after, nextLook);
  await saveRecoveries(scope, series, before.recoveries, after.recoveries);
  await saveAttestations(scope, before, after);
  await forgetActs(scope, series, before, after);
  return true;
}

async function saveHead(scope: Scope, revision: number, after: Facts, nextLook: Minute): Promise<boolean> {
  const { series } = after;
  const written = await scope.write(
    `UPDATE series SET revision = revision + 1, title = $4, zone = $5, weekday = $6, minute_of_day = $7,
       every_weeks = $8, first_day = $9, generation = $10, minutes = $11, copy = $12, ended_at = $13,
       placed = $14, observed_at = $15, asks = $16, next_look = $17
     WHERE organisation_id = $1 AND id = $2 AND revision = $3`,
    [
      series.id,
      revision,
      series.title,
      series.rule.zone,
      series.rule.weekday,
      series.rule.minuteOfDay,
      series.rule.everyWeeks,
      series.rule.firstDay,
      series.generation,
      series.minutes,
      series.copy,
      series.endedAt,
      after.placed && JSON.stringify(after.placed),
      after.observedAt,
      after.asks,
      nextLook,
    ],
  );
  return written === 1;
}

async function saveOccurrences(
  scope: Scope,
  series: string,
  before: readonly Occurrence[],
  after: readonly Occurrence[],
): Promise<void> {
  const { added, changed } = differing(before, after, keyOf, (o) => JSON.stringify(fromOccurrence(o)));
  const columns = OCCURRENCE_COLUMNS.join(', ');
  if (added.length > 0) {
    await scope.write(
      `INSERT INTO occurrence (organisation_id, series_id, ${columns})
       SELECT $1, $2, ${columns} FROM jsonb_populate_recordset(NULL::occurrence, $3)`,
      [series, JSON.stringify(added.map(fromOccurrence))],
    );
  }
  if (changed.length > 0) {
    await scope.write(
      `UPDATE occurrence x SET ${settingFrom(OCCURRENCE_COLUMNS)}
       FROM jsonb_populate_recordset(NULL::occurrence, $3) AS row
       WHERE x.organisation_id = $1 AND x.series_id = $2
         AND x.generation = row.generation AND x.original_start = row.original_start`,
      [series, JSON.stringify(changed.map(fromOccurrence))],
    );
  }
}

/** One human act counts once: the same evidence again changes nothing. */
async function saveCancelActs(
  scope: Scope,
  series: string,
  before: readonly Occurrence[],
  after: readonly Occurrence[],
): Promise<void> {
  const flat = (occurrences: readonly Occurrence[]) =>
    occurrences.flatMap((o) =>
      o.cancelActs.map((act) => ({ generation: o.generation, original_start: o.originalStart, ...act })),
    );
  const key = (act: ReturnType<typeof flat>[number]) =>
    `${act.generation}@${act.original_start} ${act.evidence}`;
  const { added } = differing(flat(before), flat(after), key, () => '');
  if (added.length === 0) return;
  await scope.write(
    `INSERT INTO cancel_act (organisation_id, series_id, generation, original_start, evidence, at, by)
     SELECT $1, $2, row.generation, row.original_start, row.evidence, row.at, row.by
     FROM ROWS FROM (jsonb_to_recordset($3)
                     AS (generation int4, original_start int4, evidence text, at int4, by text))
          WITH ORDINALITY AS row(generation, original_start, evidence, at, by, place)
     ORDER BY row.place
     ON CONFLICT DO NOTHING`,
    [series, JSON.stringify(added)],
  );
}

async function saveMoves(scope: Scope, before: Facts, after: Facts, nextLook: Minute): Promise<void> {
  const moves = movesBetween(before, after, nextLook);
  if (moves.length === 0) return;
  await scope.write(
    `INSERT INTO occurrence_move (organisation_id, series_id, generation, original_start, from_start, from_end,
                                  to_start, to_end, at, by, because)
     SELECT $1, $2, row.generation, row.original_start, row.from_start, row.from_end,
            row.to_start, row.to_end, row.at, row.by, row.because
     FROM jsonb_to_recordset($3) AS row(generation int4, original_start int4, from_start int4, from_end int4,
                                        to_start int4, to_end int4, at int4, by text, because text)`,
    [after.series.id, JSON.stringify(moves)],
  );
}

async function saveRecoveries(
  scope: Scope,
  series: string,
  before: readonly Recovery[],
  after: readonly Recovery[],
): Promise<void> {
  const { added, changed } = differing(
    before,
    after,
    (r) => r.second,
    (r) => JSON.stringify(fromRecovery(r)),
  );
  const rows = [...added, ...changed];
  if (rows.length === 0) return;
  const columns = RECOVERY_COLUMNS.join(', ');
  await scope.write(
    `INSERT INTO recovery AS x (organisation_id, series_id, ${columns})
     SELECT $1, $2, ${columns} FROM jsonb_populate_recordset(NULL::recovery, $3)
     ON CONFLICT (organisation_id, series_id, generation, original_start)
     DO UPDATE SET ${settingFrom(RECOVERY_COLUMNS, 'excluded')}`,
    [series, JSON.stringify(rows.map(fromRecovery))],
  );
}

/** Acts that were answered go; those that arrived meanwhile stay for the next look. */
async function forgetActs(scope: Scope, series: string, before: Facts, after: Facts): Promise<void> {
  const left = new Set(after.acts.map((act) => act.id));
  const answered = before.acts.map((act) => act.id).filter((id) => !left.has(id));
  if (answered.length === 0) return;
  await scope.write(
    'DELETE FROM act WHERE organisation_id = $1 AND series_id = $2 AND id = ANY($3::uuid[])',
    [series, answered],
  );
}

function settingFrom(columns: readonly string[], source = 'row'): string {
  return columns
    .filter((column) => column !== 'generation' && column !== 'original_start')
    .map((column) => `${column} = ${source}.${column}`)
    .join(', ');
}
