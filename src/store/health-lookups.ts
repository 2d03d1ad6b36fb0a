import type { DataSource } from 'typeorm';
import type { Minute } from '../domain/minute.ts';
import type { CalendarAccount } from './store.ts';

/** How one calendar account is, in any organisation. */
export interface AccountHealth extends Pick<
  CalendarAccount,
  'id' | 'provider' | 'state' | 'because' | 'verifiedAt' | 'writtenAt'
> {
  readonly organisation: string;
  /** Whether its vendor tells of changes and was heard to; null for calendars that never do. */
  readonly watched: boolean | null;
}

/** How this installation is, over all organisations. */
export class HealthLookups {
  readonly #dataSource: DataSource;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** Comes back where the database answers at all. */
  async ping(): Promise<true> {
    await this.#dataSource.query('SELECT 1');
    return true;
  }

  /** Accounts of every organisation, those in trouble first; at most 500. */
  accounts(now: Minute): Promise<readonly AccountHealth[]> {
    return this.#dataSource.query(
      `SELECT organisation_id AS organisation, id, provider, state, because, verified_at AS "verifiedAt",
              written_at AS "writtenAt",
              CASE WHEN provider IN ('google', 'microsoft') THEN EXISTS (
                SELECT FROM calendar_watch w
                WHERE w.organisation_id = a.organisation_id AND w.account_id = a.id AND w.state = 'standing'
                  AND w.proven_at IS NOT NULL AND w.expires_at > $1) END AS watched
       FROM calendar_account a ORDER BY state = 'connected', watched, id LIMIT 500`,
      [now],
    );
  }
}
