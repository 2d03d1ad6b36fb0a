import type { Minute } from '../domain/minute.ts';
import type { Scope } from './scope.ts';

/** What was asked of a vendor for one account, and how often it asked us to wait. */
export interface CountedCalls {
  readonly account: string;
  readonly calls: number;
  readonly throttled: number;
}

/** Until when an account asks its vendor for nothing; minutes, 0 for now. */
export interface Closed {
  readonly until: number;
  /** The same for what makes the vendor mail guests. */
  readonly mailsUntil: number;
}

/** Calls are counted by ten minutes and kept for two days. */
const BUCKET = 10;
const KEPT = 288;
const HOUR = 6;

export class CallStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async add(now: Minute, counted: readonly CountedCalls[]): Promise<void> {
    const bucket = Math.floor(now / BUCKET);
    await this.#scope.write('DELETE FROM vendor_calls WHERE organisation_id = $1 AND ten_minutes < $2', [
      bucket - KEPT,
    ]);
    await this.#scope.write(
      `INSERT INTO vendor_calls AS v (organisation_id, account_id, ten_minutes, calls, throttled)
       SELECT $1, row.account, $2, row.calls, row.throttled
       FROM jsonb_to_recordset($3) AS row(account uuid, calls int4, throttled int4)
       ORDER BY row.account
       ON CONFLICT (organisation_id, account_id, ten_minutes)
       DO UPDATE SET calls = v.calls + excluded.calls, throttled = v.throttled + excluded.throttled`,
      [bucket, JSON.stringify(counted)],
    );
  }

  /** The last hour, for every account that asked anything. */
  lastHour(now: Minute): Promise<CountedCalls[]> {
    return this.#scope.rows<CountedCalls>(
      `SELECT account_id AS account, sum(calls)::int4 AS calls, sum(throttled)::int4 AS throttled
       FROM vendor_calls WHERE organisation_id = $1 AND ten_minutes > $2 GROUP BY account_id`,
      [Math.floor(now / BUCKET) - HOUR],
    );
  }

  async closed(account: string): Promise<Closed> {
    const row = await this.#scope.first<Closed>(
      `SELECT COALESCE(closed_until, 0) AS until, COALESCE(unmailed_until, 0) AS "mailsUntil"
       FROM calendar_account WHERE organisation_id = $1 AND id = $2`,
      [account],
    );
    return row ?? { until: 0, mailsUntil: 0 };
  }

  /** What is closed for longer already stays so. */
  async close(account: string, { until, mailsUntil }: Closed): Promise<void> {
    await this.#scope.write(
      `UPDATE calendar_account SET closed_until = GREATEST(closed_until, $3),
         unmailed_until = GREATEST(unmailed_until, $4)
       WHERE organisation_id = $1 AND id = $2`,
      [account, until, mailsUntil],
    );
  }
}
