import type { Minute } from './minute.ts';
import type { Attestation, OccurrenceKey, PlacedOccurrence } from './occurrence.ts';
import type { Slot } from './slot.ts';

export type RecoveryState = 'due' | 'booked' | 'met' | 'late' | 'failed';

/** The meeting owed by the end of the week after two cancels (promise 5). */
export interface Recovery {
  /** The key of its second occurrence: the same two never raise another. */
  readonly second: OccurrenceKey;
  readonly first: OccurrenceKey;
  readonly dueBy: Minute;
  readonly window: 'this week' | 'late window';
  readonly state: RecoveryState;
  /** The second occurrence itself where it could be moved in time, else an event of its own, else nothing yet. */
  readonly is: { readonly kind: 'occurrence' } | { readonly kind: 'separate'; readonly slot: Slot } | null;
  readonly placed: PlacedOccurrence | null;
  readonly attestations: readonly Attestation[];
  readonly refused: readonly Slot[];
  readonly answered: readonly string[];
  readonly because: string | null;
}
