import type { Minute } from '../domain/minute.ts';
import type { Attestation } from '../domain/occurrence.ts';
import type { Recovery, RecoveryState } from '../domain/recovery.ts';
import type { Slot } from '../domain/slot.ts';
import { fromPlaced, fromSlots, splitKey, toPlaced, toSlots } from './occurrence-rows.ts';
import type { PlacedColumns } from './occurrence-rows.ts';

/** What the table holds of a recovery; its key is that of its second occurrence. */
export interface RecoveryRow extends PlacedColumns {
  generation: number;
  original_start: Minute;
  first_generation: number;
  first_start: Minute;
  due_by: Minute;
  due_window: Recovery['window'];
  state: RecoveryState;
  kind: 'occurrence' | 'separate' | null;
  slot_start: Minute | null;
  slot_end: Minute | null;
  refused: readonly Minute[];
  answered: readonly string[];
  because: string | null;
}

export const RECOVERY_COLUMNS = [
  'generation',
  'original_start',
  'first_generation',
  'first_start',
  'due_by',
  'due_window',
  'state',
  'kind',
  'slot_start',
  'slot_end',
  'placed_start',
  'placed_end',
  'placed_how',
  'placed_number',
  'refused',
  'answered',
  'because',
] as const satisfies readonly (keyof RecoveryRow)[];

export function toRecovery(row: RecoveryRow & { attestations: Attestation[] }): Recovery {
  return {
    second: `${row.generation}@${row.original_start}`,
    first: `${row.first_generation}@${row.first_start}`,
    dueBy: row.due_by,
    window: row.due_window,
    state: row.state,
    is: row.kind && (row.kind === 'occurrence' ? { kind: row.kind } : { kind: row.kind, slot: slotOf(row) }),
    placed: toPlaced(row),
    attestations: row.attestations,
    refused: toSlots(row.refused),
    answered: row.answered,
    because: row.because,
  };
}

export function fromRecovery(recovery: Recovery): RecoveryRow {
  const second = splitKey(recovery.second);
  const first = splitKey(recovery.first);
  const slot = recovery.is?.kind === 'separate' ? recovery.is.slot : null;
  return {
    generation: second.generation,
    original_start: second.originalStart,
    first_generation: first.generation,
    first_start: first.originalStart,
    due_by: recovery.dueBy,
    due_window: recovery.window,
    state: recovery.state,
    kind: recovery.is?.kind ?? null,
    slot_start: slot?.start ?? null,
    slot_end: slot?.end ?? null,
    ...fromPlaced(recovery.placed),
    refused: fromSlots(recovery.refused),
    answered: recovery.answered,
    because: recovery.because,
  };
}

function slotOf(row: { slot_start: Minute | null; slot_end: Minute | null }): Slot {
  return { start: row.slot_start!, end: row.slot_end! };
}
