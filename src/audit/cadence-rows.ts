import { keyOf } from '../domain/occurrence.ts';
import { dayOf, dayToIso, HOUR, minuteToIso } from '../domain/minute.ts';
import type { Slot } from '../domain/slot.ts';
import { toWall } from '../domain/zone.ts';
import type { CadenceRow as Remembered } from '../store/cadence.ts';
import type { CadenceRow } from './audit.api.ts';
import { csvRow } from './csv.ts';

/** A row as it leaves the house: each field is named here, so that nothing else ever slips through. */
export function viewRow(row: Remembered): CadenceRow {
  return {
    series: row.series,
    pair: row.pair,
    key: keyOf(row),
    manager: row.manager,
    rep: row.rep,
    week: iso(row.week),
    state: row.state,
    excuse: row.excuse,
    expected: iso(row.expected),
    actual: iso(row.actual),
    because: row.because,
    moves: row.moves.map(({ from, to, at, by, because }) => ({
      from: iso(from),
      to: iso(to),
      at: minuteToIso(at),
      by,
      because,
    })),
    cancelActs: row.cancelActs.map(({ at, by }) => ({ at: minuteToIso(at), by })),
    recovery: row.recovery && {
      state: row.recovery.state,
      dueBy: minuteToIso(row.recovery.dueBy),
      window: row.recovery.window,
      slot: row.recovery.slot && iso(row.recovery.slot),
    },
    ledger: row.ledger,
  };
}

const COLUMNS: Readonly<Record<string, (row: CadenceRow, zone: string) => string | number | null>> = {
  week: ({ week }, zone) => firstDay(week.start, zone),
  manager: ({ manager }) => manager.name,
  rep: ({ rep }) => rep.name,
  state: ({ state }) => state,
  excuse: ({ excuse }) => excuse,
  expected_start: ({ expected }) => expected.start,
  expected_end: ({ expected }) => expected.end,
  actual_start: ({ actual }) => actual.start,
  actual_end: ({ actual }) => actual.end,
  moves: ({ moves }) => moves.length,
  move_reasons: ({ moves }) => moves.map(({ to, because }) => `${to.start}: ${because ?? ''}`).join(' | '),
  cancel_acts: ({ cancelActs }) => cancelActs.length,
  cancelled_by: ({ cancelActs }) => cancelActs.map(({ at, by }) => `${at}: ${by}`).join(' | '),
  because: ({ because }) => because,
  recovery: ({ recovery }) => recovery?.state ?? null,
  recovery_due_by: ({ recovery }) => recovery?.dueBy ?? null,
  recovery_start: ({ recovery }) => recovery?.slot?.start ?? null,
  first_ledger_hash: ({ ledger }) => ledger?.first ?? null,
  last_ledger_hash: ({ ledger }) => ledger?.last ?? null,
  pair: ({ pair }) => pair,
  series: ({ series }) => series,
  occurrence: ({ key }) => key,
};

export const CSV_HEADER = csvRow(Object.keys(COLUMNS));

/** @param zone the organisation's, in which a week's first day is named */
export function csvOf(row: CadenceRow, zone: string): string {
  return csvRow(Object.values(COLUMNS).map((column) => column(row, zone)));
}

function iso({ start, end }: Slot): { start: string; end: string } {
  return { start: minuteToIso(start), end: minuteToIso(end) };
}

/** Noon of a week's first day lies on that day in nearly every zone, wherever its midnight was counted. */
function firstDay(start: string, zone: string): string {
  const minute = Temporal.Instant.from(start).epochMilliseconds / 60_000;
  return dayToIso(dayOf(toWall(zone, minute + 12 * HOUR)));
}
