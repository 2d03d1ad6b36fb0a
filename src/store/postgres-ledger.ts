import { GENESIS, continueChain } from './ledger-chain.ts';
import type { LedgerHead, LedgerRow } from './ledger-chain.ts';
import type { Scope } from './scope.ts';
import { LedgerStore } from './store.ts';
import type { LedgerEntry } from './store.ts';

/**
 * Entries wait until the transaction's work is done, so that the chain's lock, which the whole organisation
 * shares, is held for its last moment only and is always taken after every other row's.
 */
export class PostgresLedgerStore extends LedgerStore {
  readonly #scope: Scope;
  #waiting: LedgerEntry[] = [];

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  async append(entries: readonly LedgerEntry[]): Promise<void> {
    this.#waiting.push(...entries);
  }

  /** Writes what waits; the transaction calls it once, before it commits. */
  async flush(): Promise<void> {
    const entries = this.#waiting;
    if (entries.length === 0) return;
    this.#waiting = [];
    const rows = continueChain(this.#scope.organisation, await this.#lockHead(), entries);
    await this.#scope.write(
      `INSERT INTO ledger (organisation_id, seq, at, kind, series_id, occurrence, actor, facts, because,
                           previous_hash, hash)
       SELECT $1, row.seq, row.at, row.kind, row.series, row.occurrence, row.actor, row.facts, row.because,
              row."previousHash", row.hash
       FROM jsonb_to_recordset($2) AS row(seq int8, at int4, kind text, series uuid, occurrence text, actor text,
                                          facts jsonb, because text, "previousHash" text, hash text)`,
      [JSON.stringify(rows)],
    );
    const last = rows.at(-1)!;
    await this.#scope.write('UPDATE ledger_head SET seq = $2, hash = $3 WHERE organisation_id = $1', [
      last.seq,
      last.hash,
    ]);
  }

  /** The rows of one series, oldest first: `limit` of them after `afterSeq`. */
  async ofSeries(series: string, limit = 200, afterSeq = 0): Promise<LedgerRow[]> {
    const rows = await this.#scope.rows<LedgerColumns>(
      `SELECT ${LEDGER_COLUMNS} FROM ledger
       WHERE organisation_id = $1 AND series_id = $2 AND seq > $3 ORDER BY seq LIMIT $4`,
      [series, afterSeq, limit],
    );
    return rows.map(toLedgerRow);
  }

  async #lockHead(): Promise<LedgerHead> {
    const head = await this.#scope.first<{ seq: string; hash: string }>(
      `INSERT INTO ledger_head (organisation_id, seq, hash) VALUES ($1, 0, $2)
       ON CONFLICT (organisation_id) DO UPDATE SET seq = ledger_head.seq
       RETURNING seq, hash`,
      [GENESIS],
    );
    return { seq: Number(head!.seq), hash: head!.hash };
  }
}

/** A row of the table; int8 arrives as text. */
export interface LedgerColumns {
  organisation_id: string;
  seq: string;
  at: number;
  kind: string;
  series_id: string | null;
  occurrence: LedgerEntry['occurrence'];
  actor: string;
  facts: LedgerEntry['facts'];
  because: string;
  previous_hash: string;
  hash: string;
}

export const LEDGER_COLUMNS =
  'organisation_id, seq, at, kind, series_id, occurrence, actor, facts, because, previous_hash, hash';

export function toLedgerRow(row: LedgerColumns): LedgerRow {
  return {
    organisation: row.organisation_id,
    seq: Number(row.seq),
    at: row.at,
    kind: row.kind,
    series: row.series_id,
    occurrence: row.occurrence,
    actor: row.actor,
    facts: row.facts,
    because: row.because,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
