import { createHash } from 'node:crypto';
import { canonical } from '../domain/audit/canonical.ts';
import type { LedgerEntry } from './store.ts';

/** What the first row of a chain continues. */
export const GENESIS = '0'.repeat(64);

/** A ledger row as it stands: an entry, its place, and the hashes that tie it to the row before. */
export interface LedgerRow extends LedgerEntry {
  readonly organisation: string;
  /** From 1 on, without gaps. */
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** The last row of a chain; seq 0 and GENESIS before the first. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

/** SHA-256, as hex, over the previous hash and the canonical form of the row. */
export function hashOf(row: Omit<LedgerRow, 'hash'>): string {
  const { organisation, seq, at, kind, series, occurrence, actor, facts, because } = row;
  const content = canonical({ organisation, seq, at, kind, series, occurrence, actor, facts, because });
  return createHash('sha256').update(row.previousHash).update(content).digest('hex');
}

/** The rows that continue a chain, in order. */
export function continueChain(
  organisation: string,
  head: LedgerHead,
  entries: readonly LedgerEntry[],
): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (const entry of entries) {
    const last = rows.at(-1) ?? head;
    const row = { ...entry, organisation, seq: last.seq + 1, previousHash: last.hash };
    rows.push({ ...row, hash: hashOf(row) });
  }
  return rows;
}
