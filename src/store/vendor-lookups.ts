import type { DataSource } from 'typeorm';
import type { Minute } from '../domain/minute.ts';
import type { Vendor } from '../calendars/vendor-sign-in.ts';
import type { BegunSignIn } from './sign-ins.ts';
import { isId } from './scope.ts';

/** Whose watch a message belongs to, and the hash of the secret that it has to bring. */
export interface WatchedAccount {
  readonly organisation: string;
  readonly account: string;
  readonly vendor: string;
  readonly hash: string;
}

/** What part of this minute's calls a process may make. */
export interface Lease {
  readonly granted: number;
  /** Until when the vendor wants to hear nothing from anybody; minutes. */
  readonly closedUntil: number;
}

/** What vendors and their sign-in pages bring back is looked up here, outside any organisation. */
export class VendorLookups {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  async watch(channel: string): Promise<WatchedAccount | null> {
    if (!isId(channel)) return null;
    const rows = await this.#dataSource.query<WatchedAccount[]>(
      `SELECT w.organisation_id AS organisation, w.account_id AS account, a.provider AS vendor, w.hash
       FROM calendar_watch w
       JOIN calendar_account a ON a.organisation_id = w.organisation_id AND a.id = w.account_id
       WHERE w.channel = $1`,
      [channel],
    );
    return rows[0] ?? null;
  }

  /** Takes a sign-in away, so that nobody takes it twice; null where there is none. */
  async takeSignIn(stateHash: string): Promise<(BegunSignIn & { readonly organisation: string }) | null> {
    const [rows] = await this.#dataSource.query<[(BegunSignIn & { organisation: string })[], number]>(
      `DELETE FROM sign_in WHERE state_hash = $1
       RETURNING organisation_id AS organisation, state_hash AS "stateHash", browser_hash AS "browserHash",
         person_id AS person, account_id AS account, vendor, verifier, return_to AS "returnTo",
         expires_at AS "expiresAt"`,
      [stateHash],
    );
    return rows[0] ?? null;
  }

  /** A share of the minute's budget, which all processes have in common; as much of `wanted` as is left. */
  async lease(vendor: Vendor, minute: Minute, wanted: number, limit: number): Promise<Lease> {
    const [rows] = await this.#dataSource.query<
      [{ before: number; leased: number; closed: number }[], number]
    >(
      `WITH there AS (
         INSERT INTO vendor_budget (vendor, minute, leased) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING
       )
       UPDATE vendor_budget new SET minute = $2, leased = LEAST($4, old.used + $3)
       FROM (SELECT CASE WHEN minute = $2 THEN leased ELSE 0 END AS used
             FROM vendor_budget WHERE vendor = $1 FOR UPDATE) old
       WHERE new.vendor = $1
       RETURNING old.used AS before, new.leased, new.closed_until AS closed`,
      [vendor, minute, wanted, limit],
    );
    const row = rows[0];
    // The very first question finds no row to update: the budget is untouched then.
    if (!row) return this.lease(vendor, minute, wanted, limit);
    return { granted: row.leased - row.before, closedUntil: row.closed };
  }

  async closeProject(vendor: Vendor, until: number): Promise<void> {
    await this.#dataSource.query(
      `INSERT INTO vendor_budget (vendor, minute, leased, closed_until) VALUES ($1, 0, 0, $2)
       ON CONFLICT (vendor) DO UPDATE SET closed_until = GREATEST(vendor_budget.closed_until, $2)`,
      [vendor, until],
    );
  }

  /** Accounts whose watches are due for a look, oldest first. */
  dueWatches(now: number, limit: number): Promise<readonly { organisation: string; account: string }[]> {
    return this.#dataSource.query(
      `SELECT organisation_id AS organisation, id AS account FROM calendar_account
       WHERE next_watch <= $1 ORDER BY next_watch, id LIMIT $2`,
      [now, limit],
    );
  }
}
