import type { Minute } from './minute.ts';
import type { Side } from './person.ts';
import type { Slot } from './slot.ts';

/** (generation, original start) inside a series: `"1@29732040"`. Never a vendor's id. */
export type OccurrenceKey = `${number}@${number}`;

const HELD = ['held_verified', 'held_attested'] as const;
export const COUNTING = [
  'deferred',
  'no_show_manager',
  'no_show_rep',
  'no_show_both',
  'cancelled_manager',
  'cancelled_rep',
  'cancelled_unknown',
] as const;
export const FINAL = [
  ...HELD,
  ...COUNTING,
  'held_disputed',
  'unconfirmed',
  'short',
  'excused',
  'recovered',
  'not_measurable',
] as const;
const OPEN = ['scheduled', 'moved'] as const;
export const STATES = [...OPEN, ...FINAL] as const;

export type FinalState = (typeof FINAL)[number];
export type OccurrenceState = (typeof STATES)[number];

export const EXCUSES = ['leave', 'public_holiday', 'sick', 'role_skip', 'pair_ended'] as const;
export type Excuse = (typeof EXCUSES)[number];

/** What the calendar confirmed of one occurrence. `number` counts its confirmed writes. */
export interface PlacedOccurrence {
  readonly slot: Slot;
  readonly how: 'in-series' | 'separate' | 'withdrawn';
  readonly number: number;
}

/** One human act that would take the meeting away. `evidence` is unique within the occurrence. */
export interface CancelAct {
  readonly evidence: string;
  readonly at: Minute;
  readonly by: Side | 'unknown';
}

/** What one side says of a past occurrence. A later word of the same side replaces the earlier one. */
export interface Attestation {
  readonly by: Side;
  readonly says: 'held' | 'not_held';
  readonly absent: Side | 'both' | null;
}

/** An excuse that one side asked for and another still has to agree to. */
export interface ExcuseRequest {
  readonly excuse: Exclude<Excuse, 'pair_ended'>;
  readonly by: string;
}

export interface Occurrence {
  readonly generation: number;
  readonly originalStart: Minute;
  /** The working week that owes it, from its first day 00:00 to the midnight after its last working day. */
  readonly week: Slot;
  /** Where it should stand now. */
  readonly slot: Slot;
  readonly state: OccurrenceState;
  readonly excuse: Excuse | null;
  readonly placed: PlacedOccurrence | null;
  readonly cancelActs: readonly CancelAct[];
  /** Evidence that was answered but is no cancel: declines, moves. */
  readonly answered: readonly string[];
  /** Slots that somebody said no to. */
  readonly refused: readonly Slot[];
  /** When it was put back into the calendar after an act. */
  readonly restores: readonly Minute[];
  readonly attestations: readonly Attestation[];
  /** The latest reason, shown in the event and on the page. */
  readonly because: string | null;
  /** A question that only a person can answer; while it stands, nothing is written for this occurrence. */
  readonly asks: string | null;
}

export function keyOf(occurrence: Pick<Occurrence, 'generation' | 'originalStart'>): OccurrenceKey {
  return `${occurrence.generation}@${occurrence.originalStart}`;
}

export function isOpen(occurrence: Occurrence): boolean {
  return (OPEN as readonly string[]).includes(occurrence.state);
}

export function isHeld(occurrence: Occurrence): boolean {
  return (HELD as readonly string[]).includes(occurrence.state);
}
