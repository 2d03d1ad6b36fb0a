import { GENESIS, hashOf } from './ledger-chain.ts';
import type { LedgerHead, LedgerRow } from './ledger-chain.ts';

export type Verdict =
  | { readonly kind: 'whole'; readonly rows: number; readonly hash: string }
  /** `seq` is the first row that cannot be trusted, and nothing after it can be either. */
  | { readonly kind: 'broken'; readonly seq: number; readonly because: string };

/**
 * Walks one organisation's chain from its first row to `head`, the last one that was written.
 * @param rows in the order of `seq`; read one by one, so that a chain of any length fits in memory
 */
export async function verifyChain(
  organisation: string,
  head: LedgerHead,
  rows: AsyncIterable<LedgerRow>,
): Promise<Verdict> {
  let last: LedgerHead = { seq: 0, hash: GENESIS };
  for await (const row of rows) {
    const because = wrongWith(organisation, last, row);
    if (because !== null) return { kind: 'broken', seq: last.seq + 1, because };
    last = row;
    if (last.seq === head.seq) break;
  }
  if (last.seq !== head.seq) {
    const because = `row ${last.seq + 1} is missing: ${head.seq} rows were written`;
    return { kind: 'broken', seq: last.seq + 1, because };
  }
  if (last.hash !== head.hash) {
    const because =
      'it is not the row that was written last: its hash differs from the one kept beside the chain';
    return { kind: 'broken', seq: last.seq, because };
  }
  return { kind: 'whole', rows: last.seq, hash: last.hash };
}

function wrongWith(organisation: string, last: LedgerHead, row: LedgerRow): string | null {
  if (row.seq !== last.seq + 1) return `row ${last.seq + 1} is missing: row ${row.seq} comes next`;
  if (row.organisation !== organisation) return 'it belongs to another organisation';
  if (row.previousHash !== last.hash) return `it does not continue row ${last.seq}`;
  return row.hash === hashOf(row) ? null : 'it was changed: its hash does not fit what it says';
}
