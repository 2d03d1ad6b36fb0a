import type { Minute } from '../domain/minute.ts';
import type { Scope } from './scope.ts';

export type WatchState =
  /** The vendor was asked; its answer has not been written down. */
  | 'asked'
  | 'standing'
  /** Replaced or unwanted, and to be stopped at the vendor. */
  | 'ending';

/** A watch as it is remembered: the secret by its hash alone, the row until the vendor has stopped it. */
export interface RememberedWatch {
  /** Ours. */
  readonly channel: string;
  readonly state: WatchState;
  /** The vendor's name for it; null while only asked for. */
  readonly vendorChannel: string | null;
  readonly resource: string | null;
  readonly expiresAt: Minute | null;
  readonly renewAt: number | null;
  /** When the vendor first reached us through it; null until then. */
  readonly provenAt: Minute | null;
  readonly createdAt: Minute;
}

/** What a message calls the watch it comes through; null where it does not say. */
export interface VendorNames {
  readonly channel: string | null;
  readonly resource: string | null;
}

/** How one account hears of changes. */
export interface Watching {
  readonly account: string;
  /** When the vendor last told of a change. */
  readonly heardAt: Minute | null;
  /** Until when it tells; null where no watch stands that was heard. */
  readonly until: Minute | null;
  /** Why none stands. */
  readonly because: string | null;
}

export interface ConfirmedWatch {
  readonly vendorChannel: string;
  readonly resource: string | null;
  readonly expiresAt: Minute;
  readonly renewAt: number;
  readonly provenAt: Minute | null;
}

export class WatchStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** Oldest first. */
  ofAccount(account: string): Promise<RememberedWatch[]> {
    return this.#scope.rows<RememberedWatch>(
      `SELECT ${COLUMNS} FROM calendar_watch
       WHERE organisation_id = $1 AND account_id = $2 ORDER BY created_at, channel`,
      [account],
    );
  }

  /** How every account hears of changes, whether or not it is watched. */
  overview(now: Minute): Promise<Watching[]> {
    return this.#scope.rows<Watching>(
      `SELECT a.id AS account, a.pushed_at AS "heardAt", a.unwatched AS because,
              (SELECT max(w.expires_at) FROM calendar_watch w
               WHERE w.organisation_id = $1 AND w.account_id = a.id AND w.state = 'standing'
                 AND w.proven_at IS NOT NULL AND w.expires_at > $2) AS until
       FROM calendar_account a WHERE a.organisation_id = $1`,
      [now],
    );
  }

  /** Before the vendor is asked: its first message may come before its answer. */
  async ask(account: string, channel: string, hash: string, now: Minute): Promise<void> {
    await this.#scope.write(
      `INSERT INTO calendar_watch (organisation_id, account_id, channel, hash, created_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [account, channel, hash, now],
    );
  }

  /** What the vendor answered, to the asking or to a renewal. A proof stays. */
  async confirm(channel: string, watch: ConfirmedWatch): Promise<void> {
    await this.#scope.write(
      `UPDATE calendar_watch SET state = 'standing', vendor_channel = $3, resource = $4, expires_at = $5,
         renew_at = $6, proven_at = COALESCE(proven_at, $7)
       WHERE organisation_id = $1 AND channel = $2`,
      [channel, watch.vendorChannel, watch.resource, watch.expiresAt, watch.renewAt, watch.provenAt],
    );
  }

  /**
   * A message came through it. What the vendor calls it is kept where the answer that should have told it never came.
   * @returns whether it is the first one
   */
  async heard(channel: string, named: VendorNames, now: Minute): Promise<boolean> {
    const first = await this.#scope.write(
      `UPDATE calendar_watch SET proven_at = $3, resource = COALESCE(resource, $4),
         vendor_channel = COALESCE(vendor_channel, $5)
       WHERE organisation_id = $1 AND channel = $2 AND proven_at IS NULL`,
      [channel, now, named.resource, named.channel],
    );
    await this.#scope.write(
      `UPDATE calendar_account a SET pushed_at = $3 FROM calendar_watch w
       WHERE a.organisation_id = $1 AND w.organisation_id = $1 AND w.channel = $2 AND a.id = w.account_id
         AND a.pushed_at IS DISTINCT FROM $3`,
      [channel, now],
    );
    return first === 1;
  }

  /** It is renewed at the next opportunity. */
  async renewNow(channel: string): Promise<void> {
    await this.#scope.write(
      'UPDATE calendar_watch SET renew_at = 0 WHERE organisation_id = $1 AND channel = $2 AND renew_at IS NOT NULL',
      [channel],
    );
  }

  async end(channel: string): Promise<void> {
    await this.#scope.write(
      `UPDATE calendar_watch SET state = 'ending' WHERE organisation_id = $1 AND channel = $2`,
      [channel],
    );
  }

  /** The vendor knows it no more. */
  async forget(channel: string): Promise<void> {
    await this.#scope.write('DELETE FROM calendar_watch WHERE organisation_id = $1 AND channel = $2', [
      channel,
    ]);
  }

  /** When the account's watches are looked at next, and why it has none that stands. */
  async schedule(account: string, nextWatch: number | null, unwatched: string | null): Promise<void> {
    await this.#scope.write(
      'UPDATE calendar_account SET next_watch = $3, unwatched = $4 WHERE organisation_id = $1 AND id = $2',
      [account, nextWatch, unwatched],
    );
  }

  /** At the next sweep; other calendars than vendors' never tell by themselves. */
  async wake(account: string): Promise<void> {
    await this.#scope.write(
      `UPDATE calendar_account SET next_watch = 0
       WHERE organisation_id = $1 AND id = $2 AND provider IN ('google', 'microsoft')`,
      [account],
    );
  }
}

const COLUMNS = `channel, state, vendor_channel AS "vendorChannel", resource, expires_at AS "expiresAt",
  renew_at AS "renewAt", proven_at AS "provenAt", created_at AS "createdAt"`;
