import type { DataSource } from 'typeorm';
import { GENESIS } from './ledger-chain.ts';
import type { LedgerHead, LedgerRow } from './ledger-chain.ts';
import { verifyChain } from './ledger-verify.ts';
import type { Verdict } from './ledger-verify.ts';
import { LEDGER_COLUMNS, toLedgerRow } from './postgres-ledger.ts';
import type { LedgerColumns } from './postgres-ledger.ts';

const PAGE = 1000;

/** Reads whole chains, for verification and export: outside any transaction, a page at a time. */
export class LedgerReader {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** The last row that was written, as kept beside the chain. */
  async head(organisation: string): Promise<LedgerHead> {
    const [head] = await this.#dataSource.query<{ seq: string; hash: string }[]>(
      'SELECT seq, hash FROM ledger_head WHERE organisation_id = $1',
      [organisation],
    );
    return head ? { seq: Number(head.seq), hash: head.hash } : { seq: 0, hash: GENESIS };
  }

  /** Every row after `afterSeq`, oldest first. */
  async *rows(organisation: string, afterSeq = 0): AsyncGenerator<LedgerRow, void, undefined> {
    for (let last = afterSeq; ;) {
      const page = await this.#dataSource.query<LedgerColumns[]>(
        `SELECT ${LEDGER_COLUMNS} FROM ledger WHERE organisation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
        [organisation, last, PAGE],
      );
      yield* page.map(toLedgerRow);
      if (page.length < PAGE) return;
      last = Number(page.at(-1)!.seq);
    }
  }

  /** The head is read first: rows that arrive meanwhile are the next verification's. */
  async verify(organisation: string): Promise<Verdict> {
    return verifyChain(organisation, await this.head(organisation), this.rows(organisation));
  }
}
