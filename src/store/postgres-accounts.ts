import type { Minute } from '../domain/minute.ts';
import type { Busy } from '../domain/person.ts';
import type { Slot } from '../domain/slot.ts';
import { isId } from './scope.ts';
import type { Scope } from './scope.ts';
import { ACCOUNT_COLUMNS, toAccount } from './series-rows.ts';
import type { AccountRow } from './series-rows.ts';
import { AccountStore } from './store.ts';
import type { AccountState, CalendarAccount } from './store.ts';

/** What connects a calendar. The secret is sealed already and leaves the store only through `load`. */
export interface NewAccount {
  readonly person: string;
  readonly provider: CalendarAccount['provider'];
  readonly settings: Readonly<Record<string, string>>;
  readonly secret: string | null;
  /** Null where the calendar tells of its changes by itself. */
  readonly nextPoll: Minute | null;
}

export class PostgresAccountStore extends AccountStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  async load(account: string): Promise<CalendarAccount | null> {
    if (!isId(account)) return null;
    const row = await this.#scope.first<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM calendar_account a WHERE a.organisation_id = $1 AND a.id = $2`,
      [account],
    );
    return row && toAccount(row);
  }

  /** All of a person's accounts, or of everybody; without their secrets. */
  async list(person: string | null = null): Promise<CalendarAccount[]> {
    const rows = await this.#scope.rows<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM calendar_account a
       WHERE a.organisation_id = $1 AND ($2::uuid IS NULL OR a.person_id = $2) ORDER BY a.id`,
      [person],
    );
    return rows.map((row) => toAccount({ ...row, secret: null }));
  }

  /** The calendar that a person's new series go to; null while they have none. */
  async primaryOf(person: string): Promise<CalendarAccount | null> {
    const row = await this.#scope.first<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM calendar_account a
       WHERE a.organisation_id = $1 AND a.person_id = $2 AND a.is_primary`,
      [person],
    );
    return row && toAccount(row);
  }

  /** Ids of the accounts that their owners' new series go to. */
  async primaries(): Promise<ReadonlySet<string>> {
    const rows = await this.#scope.rows<{ id: string }>(
      'SELECT id FROM calendar_account WHERE organisation_id = $1 AND is_primary',
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Where the owner's new series go from now on; those that stand already stay where they are. */
  async makePrimary({ id, person }: Pick<CalendarAccount, 'id' | 'person'>): Promise<void> {
    await this.#scope.write(
      'UPDATE calendar_account SET is_primary = false WHERE organisation_id = $1 AND person_id = $2 AND id <> $3',
      [person, id],
    );
    await this.#set(id, 'is_primary = true', []);
  }

  /** Connects a calendar; the newest one is the person's primary. */
  async connect(account: NewAccount & { readonly id?: string }): Promise<string> {
    await this.#scope.write(
      'UPDATE calendar_account SET is_primary = false WHERE organisation_id = $1 AND person_id = $2',
      [account.person],
    );
    const row = await this.#scope.first<{ id: string }>(
      `INSERT INTO calendar_account (organisation_id, id, person_id, provider, settings, secret, next_poll, is_primary)
       VALUES ($1, COALESCE($2, gen_random_uuid()), $3, $4, $5, $6, $7, true) RETURNING id`,
      [
        account.id ?? null,
        account.person,
        account.provider,
        JSON.stringify(account.settings),
        account.secret,
        account.nextPoll,
      ],
    );
    return row!.id;
  }

  /** New settings or a new secret for the same calendar, which is looked at again at `nextPoll`. */
  async reconnect(
    account: string,
    { settings, secret, nextPoll }: Omit<NewAccount, 'person' | 'provider'>,
  ): Promise<void> {
    await this.#set(
      account,
      `settings = $3, secret = $4, next_poll = $5, state = 'connected', because = NULL, sync_cursor = NULL`,
      [JSON.stringify(settings), secret, nextPoll],
    );
  }

  async setState(account: string, state: AccountState, because: string | null): Promise<void> {
    await this.#set(account, 'state = $3, because = $4', [state, because]);
  }

  async markVerified(account: string, at: Minute): Promise<void> {
    await this.#set(account, 'verified_at = $3', [at]);
  }

  async markWritten(account: string, at: Minute): Promise<void> {
    await this.#set(account, 'written_at = $3', [at]);
  }

  async saveCursor(account: string, cursor: string, nextPoll: Minute): Promise<void> {
    await this.#set(account, 'sync_cursor = $3, next_poll = $4', [cursor, nextPoll]);
  }

  async postponePoll(account: string, nextPoll: Minute): Promise<void> {
    await this.#set(account, 'next_poll = $3', [nextPoll]);
  }

  async isWatched(account: string, now: Minute): Promise<boolean> {
    const watch = await this.#scope.first(
      `SELECT 1 FROM calendar_watch
       WHERE organisation_id = $1 AND account_id = $2 AND state = 'standing' AND proven_at IS NOT NULL
         AND expires_at > $3 LIMIT 1`,
      [account, now],
    );
    return watch !== null;
  }

  /** The next poll looks at everything. */
  async forgetCursor(account: string): Promise<void> {
    await this.#set(account, 'sync_cursor = NULL', []);
  }

  /** Another secret in place of `before`; false where somebody else put one there meanwhile. */
  async replaceSecret(account: string, before: string, after: string): Promise<boolean> {
    const written = await this.#scope.write(
      'UPDATE calendar_account SET secret = $4 WHERE organisation_id = $1 AND id = $2 AND secret = $3',
      [account, before, after],
    );
    return written === 1;
  }

  async saveBusy(account: string, window: Slot, busy: Busy, asOf: Minute): Promise<void> {
    await this.#scope.write(
      `INSERT INTO busy (organisation_id, account_id, window_start, window_end, minutes, as_of)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (organisation_id, account_id) DO UPDATE SET window_start = excluded.window_start,
         window_end = excluded.window_end, minutes = excluded.minutes, as_of = excluded.as_of`,
      [account, window.start, window.end, [...busy], asOf],
    );
  }

  async release(account: string, until: Minute): Promise<void> {
    // Series before their account, as a look locks them.
    await this.#scope.write(
      'UPDATE series SET put_back_at = NULL WHERE organisation_id = $1 AND account_id = $2',
      [account],
    );
    await this.#set(account, 'released_until = $3', [until]);
  }

  async #set(account: string, assignments: string, values: readonly unknown[]): Promise<void> {
    await this.#scope.write(
      `UPDATE calendar_account SET ${assignments} WHERE organisation_id = $1 AND id = $2`,
      [account, ...values],
    );
  }
}
