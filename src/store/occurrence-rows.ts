import type { Minute } from '../domain/minute.ts';
import type {
  Attestation,
  CancelAct,
  Excuse,
  Occurrence,
  OccurrenceKey,
  OccurrenceState,
  PlacedOccurrence,
} from '../domain/occurrence.ts';
import type { Slot } from '../domain/slot.ts';

/** Both occurrences and recoveries are placed. */
export interface PlacedColumns {
  placed_start: Minute | null;
  placed_end: Minute | null;
  placed_how: PlacedOccurrence['how'] | null;
  placed_number: number | null;
}

/** What the table holds of an occurrence; its cancel acts and attestations are rows of their own. */
export interface OccurrenceRow extends PlacedColumns {
  generation: number;
  original_start: Minute;
  week_start: Minute;
  week_end: Minute;
  slot_start: Minute;
  slot_end: Minute;
  state: OccurrenceState;
  excuse: Excuse | null;
  answered: readonly string[];
  refused: readonly Minute[];
  restores: readonly Minute[];
  because: string | null;
  asks: string | null;
}

export const OCCURRENCE_COLUMNS = [
  'generation',
  'original_start',
  'week_start',
  'week_end',
  'slot_start',
  'slot_end',
  'state',
  'excuse',
  'placed_start',
  'placed_end',
  'placed_how',
  'placed_number',
  'answered',
  'refused',
  'restores',
  'because',
  'asks',
] as const satisfies readonly (keyof OccurrenceRow)[];

export type WholeOccurrenceRow = OccurrenceRow & { cancel_acts: CancelAct[]; attestations: Attestation[] };

export function toOccurrence(row: WholeOccurrenceRow): Occurrence {
  return {
    generation: row.generation,
    originalStart: row.original_start,
    week: { start: row.week_start, end: row.week_end },
    slot: { start: row.slot_start, end: row.slot_end },
    state: row.state,
    excuse: row.excuse,
    placed: toPlaced(row),
    cancelActs: row.cancel_acts,
    answered: row.answered,
    refused: toSlots(row.refused),
    restores: row.restores,
    attestations: row.attestations,
    because: row.because,
    asks: row.asks,
  };
}

export function fromOccurrence(occurrence: Occurrence): OccurrenceRow {
  return {
    generation: occurrence.generation,
    original_start: occurrence.originalStart,
    week_start: occurrence.week.start,
    week_end: occurrence.week.end,
    slot_start: occurrence.slot.start,
    slot_end: occurrence.slot.end,
    state: occurrence.state,
    excuse: occurrence.excuse,
    ...fromPlaced(occurrence.placed),
    answered: occurrence.answered,
    refused: fromSlots(occurrence.refused),
    restores: occurrence.restores,
    because: occurrence.because,
    asks: occurrence.asks,
  };
}

/** The two halves of an occurrence's key, as its columns hold them. */
export function splitKey(key: OccurrenceKey): { generation: number; originalStart: Minute } {
  const at = key.indexOf('@');
  return { generation: Number(key.slice(0, at)), originalStart: Number(key.slice(at + 1)) };
}

export function toPlaced(row: PlacedColumns): PlacedOccurrence | null {
  if (row.placed_how === null) return null;
  return {
    slot: { start: row.placed_start!, end: row.placed_end! },
    how: row.placed_how,
    number: row.placed_number!,
  };
}

export function fromPlaced(placed: PlacedOccurrence | null): PlacedColumns {
  return {
    placed_start: placed?.slot.start ?? null,
    placed_end: placed?.slot.end ?? null,
    placed_how: placed?.how ?? null,
    placed_number: placed?.number ?? null,
  };
}

/** Slots are kept as `[start, end, start, end, …]`. */
export function toSlots(minutes: readonly Minute[]): Slot[] {
  const slots: Slot[] = [];
  for (let i = 0; i < minutes.length; i += 2) slots.push({ start: minutes[i]!, end: minutes[i + 1]! });
  return slots;
}

export function fromSlots(slots: readonly Slot[]): Minute[] {
  return slots.flatMap((slot) => [slot.start, slot.end]);
}
