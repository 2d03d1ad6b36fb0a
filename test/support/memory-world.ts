import type { Act, Facts } from '../../src/domain/facts.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Attestation, OccurrenceKey } from '../../src/domain/occurrence.ts';
import type { Busy } from '../../src/domain/person.ts';
import type { Slot } from '../../src/domain/slot.ts';
import type { WaitingJob } from '../../src/jobs/jobs.ts';
import type { MoveRow } from '../../src/store/difference.ts';
import type { LedgerRow } from '../../src/store/ledger-chain.ts';
import type { CalendarAccount } from '../../src/store/store.ts';

/** Its facts without acts and attestations, which people add while the loop is at work. */
export interface SeriesRecord {
  readonly organisation: string;
  readonly account: string;
  readonly revision: number;
  readonly nextLook: Minute;
  /** When it was back whole after its account's release. */
  readonly putBackAt: Minute | null;
  readonly facts: Facts;
}

export interface AccountRecord {
  readonly organisation: string;
  readonly account: CalendarAccount;
  readonly nextPoll: Minute | null;
  readonly busy: { readonly window: Slot; readonly busy: Busy; readonly asOf: Minute } | null;
  readonly releasedUntil: Minute | null;
}

export interface SaidRecord {
  readonly series: string;
  readonly on: OccurrenceKey;
  readonly ofRecovery: boolean;
  readonly attestation: Attestation;
}

export type MemoryMove = MoveRow & { readonly series: string };

/** Everything there is. Its maps are copied for every transaction; what they hold is never changed in place. */
export interface World {
  readonly series: Map<string, SeriesRecord>;
  readonly accounts: Map<string, AccountRecord>;
  readonly acts: Map<string, { readonly series: string; readonly act: Act }>;
  readonly attestations: Map<string, SaidRecord>;
  readonly ledgers: Map<string, readonly LedgerRow[]>;
  readonly jobs: Map<string, WaitingJob>;
  moves: readonly MemoryMove[];
}

export type Apply = (change: (world: World) => void) => void;

export function emptyWorld(): World {
  return {
    series: new Map(),
    accounts: new Map(),
    acts: new Map(),
    attestations: new Map(),
    ledgers: new Map(),
    jobs: new Map(),
    moves: [],
  };
}

export function copyOf(world: World): World {
  return {
    series: new Map(world.series),
    accounts: new Map(world.accounts),
    acts: new Map(world.acts),
    attestations: new Map(world.attestations),
    ledgers: new Map(world.ledgers),
    jobs: new Map(world.jobs),
    moves: world.moves,
  };
}

export function attestationKey({ series, on, ofRecovery, attestation }: SaidRecord): string {
  return `${series} ${on} ${ofRecovery} ${attestation.by}`;
}

/** A copy that nobody can change, so that it may be handed out as it is. */
export function sealedCopy<T>(value: T): T {
  return frozen(structuredClone(value));
}

/** Typed arrays cannot be frozen; everything else is, all the way down. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value))
    return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}
