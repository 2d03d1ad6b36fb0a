import type { DataSource, EntityManager } from 'typeorm';
import type { Minute } from '../domain/minute.ts';
import type { Enqueue } from '../jobs/jobs.ts';
import { KEYS_KEPT } from './idempotency.ts';
import { LedgerReader } from './ledger-reader.ts';
import type { Verdict } from './ledger-verify.ts';
import { asOnlyWriter } from './only-writer.ts';
import { PostgresLedgerStore } from './postgres-ledger.ts';
import { Scope, isId } from './scope.ts';
import { Openings } from './openings.ts';
import type { Opening } from './openings.ts';
import { saveSession } from './save-session.ts';
import { SessionStore } from './sessions.ts';
import type { RememberedSession, SeenSession, Writing } from './sessions.ts';
import { Store } from './store.ts';
import type { SeriesHome } from './store.ts';
import { openStores } from './open-stores.ts';
import type { Organisation, OrganisationSettings } from './organisations.ts';
import type { Stores } from './stores.ts';
import { CredentialLookups } from './credential-lookups.ts';
import { HealthLookups } from './health-lookups.ts';
import { VendorLookups } from './vendor-lookups.ts';
import { WaitingJobs } from './waiting-jobs.ts';

/** The store on PostgreSQL. What has no organisation yet, a job's id for instance, is looked up outside any scope. */
export class PostgresStore extends Store {
  readonly #dataSource: DataSource;
  readonly #enqueue: Enqueue;
  readonly openings = new Openings();
  readonly credentials: CredentialLookups;
  readonly health: HealthLookups;
  readonly vendors: VendorLookups;

  /** @param enqueue joins the transaction it is called in, see Queue */
  constructor(dataSource: DataSource, enqueue: Enqueue) {
    super();
    this.#dataSource = dataSource;
    this.#enqueue = enqueue;
    this.credentials = new CredentialLookups(dataSource);
    this.health = new HealthLookups(dataSource);
    this.vendors = new VendorLookups(dataSource);
  }

  override transaction<T>(organisation: string, work: (stores: Stores) => Promise<T>): Promise<T> {
    const opening = this.openings.due();
    return opening
      ? this.#openedBy(opening, organisation, work)
      : this.#dataSource.transaction('READ COMMITTED', (inside) => this.#within(inside, organisation, work));
  }

  async #openedBy<T>(
    opening: Opening,
    organisation: string,
    work: (stores: Stores) => Promise<T>,
  ): Promise<T> {
    opening.state = 'claimed';
    try {
      return await this.transaction(organisation, async (stores) => {
        await opening.claim(stores);
        return work(stores);
      });
    } catch (error) {
      opening.state = 'due';
      throw error;
    }
  }

  /** Keeps what the request under a key is answered together with the effect, so that a crash cannot come between. */
  async keepAnswer({ idempotency }: Stores, answer: unknown): Promise<void> {
    const opening = this.openings.claimed();
    if (!opening) return;
    const { person, key, status, body } = opening.answered(answer);
    await idempotency.answer(person, key, status, body);
    opening.state = 'answered';
  }

  async #within<T>(
    { queryRunner }: EntityManager,
    organisation: string,
    work: (stores: Stores) => Promise<T>,
  ): Promise<T> {
    const scope = new Scope(organisation, queryRunner!);
    const ledger = new PostgresLedgerStore(scope);
    const jobs = new WaitingJobs(scope, this.#enqueue);
    const result = await work({ ...openStores(scope), ledger, jobs });
    await ledger.flush();
    await jobs.flush();
    return result;
  }

  /** @returns the new organisation's id */
  async found(settings: OrganisationSettings): Promise<string> {
    const [row] = await this.#dataSource.query<{ id: string }[]>(
      `INSERT INTO organisation (name, zone, working_days, holidays, two_of_four)
       VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [settings.name, settings.zone, settings.workingDays, settings.holidays, settings.twoOfFour],
    );
    return row!.id;
  }

  /** Walks the organisation's whole chain. */
  verifyLedger(organisation: string): Promise<Verdict> {
    return new LedgerReader(this.#dataSource).verify(organisation);
  }

  /** Every organisation, for what is done for all of them in turn. */
  organisations(): Promise<readonly Pick<Organisation, 'id' | 'name'>[]> {
    return this.#dataSource.query('SELECT id, name FROM organisation ORDER BY name, id');
  }

  async homeOfSeries(series: string): Promise<SeriesHome | null> {
    if (!isId(series)) return null;
    const rows = await this.#dataSource.query<SeriesHome[]>(
      `SELECT s.organisation_id AS organisation, s.account_id AS account,
              EXISTS (SELECT FROM former_home f
                      WHERE f.organisation_id = s.organisation_id AND f.series_id = s.id) AS leaving
       FROM series s WHERE s.id = $1`,
      [series],
    );
    return rows[0] ?? null;
  }

  organisationOfAccount(account: string): Promise<string | null> {
    return this.#organisationOf('calendar_account', account);
  }

  organisationOfMail(mail: string): Promise<string | null> {
    return this.#organisationOf('outgoing_mail', mail);
  }

  dueSeries(now: Minute, limit: number): Promise<readonly { organisation: string; series: string }[]> {
    return this.#dataSource.query(
      `SELECT organisation, series FROM (
         SELECT organisation_id AS organisation, id AS series, next_look,
                row_number() OVER (PARTITION BY organisation_id ORDER BY next_look, id) AS turn
         FROM series WHERE next_look <= $1) due
       ORDER BY turn, next_look, series LIMIT $2`,
      [now, limit],
    );
  }

  dueAccounts(now: Minute, limit: number): Promise<readonly { organisation: string; account: string }[]> {
    return this.#dataSource.query(
      `SELECT organisation, account FROM (
         SELECT organisation_id AS organisation, id AS account, next_poll,
                row_number() OVER (PARTITION BY organisation_id ORDER BY next_poll, id) AS turn
         FROM calendar_account WHERE next_poll <= $1) due
       ORDER BY turn, next_poll, account LIMIT $2`,
      [now, limit],
    );
  }

  /** One session as it is now; a single statement needs no transaction around it. */
  async readSession(organisation: string, session: string): Promise<RememberedSession | null> {
    const runner = this.#dataSource.createQueryRunner();
    try {
      return await new SessionStore(new Scope(organisation, runner)).load(session);
    } finally {
      await runner.release();
    }
  }

  /**
   * Saves a session's next revision by a statement that is its own transaction.
   * @param answer of the request that asks for it, to be kept where it carries a key
   * @returns null, with nothing written, where the session is not what was seen any more
   */
  async saveSession(seen: SeenSession, writing: Writing, answer: unknown): Promise<number | null> {
    const opening = this.openings.due();
    const asked = opening && opening.answered(answer);
    const revision = await saveSession(this.#dataSource, seen, writing, asked);
    if (opening && revision !== null) opening.state = 'answered';
    return revision;
  }

  organisationOfSession(session: string): Promise<string | null> {
    return this.#organisationOf('session', session);
  }

  organisationOfClip(clip: string): Promise<string | null> {
    return this.#organisationOf('clip', clip);
  }

  /** Sessions whose time may be over, oldest first; `now` in milliseconds. */
  dueSessions(now: number, limit: number): Promise<readonly { organisation: string; session: string }[]> {
    return this.#dataSource.query(
      `SELECT organisation_id AS organisation, id AS session FROM session
       WHERE closes_at <= $1 ORDER BY closes_at, id LIMIT $2`,
      [now, limit],
    );
  }

  /** Removes what is kept for a time: recordings, of which what happened with them stays, and keys of old requests. */
  async forgetOld(now: Minute): Promise<void> {
    await this.#dataSource.query('DELETE FROM clip WHERE keep_until < $1', [now]);
    await this.#dataSource.query('DELETE FROM idempotency WHERE created_at < $1', [now - KEYS_KEPT]);
  }

  asOnlyWriter<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'> {
    return asOnlyWriter(this.#dataSource, `calendar ${account}`, work);
  }

  /** Runs `work` as the only one in any process who changes what opens this account; 'taken' like above. */
  asOnlyRefresher<T>(account: string, work: () => Promise<T>): Promise<T | 'taken'> {
    return asOnlyWriter(this.#dataSource, `access ${account}`, work);
  }

  async #organisationOf(table: string, id: string): Promise<string | null> {
    if (!isId(id)) return null;
    const rows = await this.#dataSource.query<{ organisation_id: string }[]>(
      `SELECT organisation_id FROM ${table} WHERE id = $1`,
      [id],
    );
    return rows[0]?.organisation_id ?? null;
  }
}
