import type { Scope } from './scope.ts';
import { ACCOUNT_COLUMNS, toAccount } from './series-rows.ts';
import type { AccountRow } from './series-rows.ts';
import { FormerHomeStore } from './store.ts';
import type { FormerHome } from './store.ts';

export class PostgresFormerHomeStore extends FormerHomeStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  async of(series: string): Promise<FormerHome[]> {
    const rows = await this.#scope.rows<AccountRow & { copy: number; tags: string[]; given_up: boolean }>(
      `SELECT ${ACCOUNT_COLUMNS}, f.copy, f.tags, f.given_up
       FROM former_home f
       JOIN calendar_account a ON a.organisation_id = f.organisation_id AND a.id = f.account_id
       WHERE f.organisation_id = $1 AND f.series_id = $2 ORDER BY a.id`,
      [series],
    );
    return rows.map(({ copy, tags, given_up, ...account }) => {
      return { account: toAccount(account), copy, tags, givenUp: given_up };
    });
  }

  /** The series goes on elsewhere from now on. */
  async add(
    series: string,
    account: string,
    { copy, tags }: Pick<FormerHome, 'copy' | 'tags'>,
  ): Promise<void> {
    await this.#scope.write(
      `INSERT INTO former_home (organisation_id, series_id, account_id, copy, tags) VALUES ($1, $2, $3, $4, $5)`,
      [series, account, copy, tags],
    );
  }

  async forget(series: string, account: string): Promise<boolean> {
    const where = 'organisation_id = $1 AND series_id = $2 AND account_id = $3';
    return (await this.#scope.write(`DELETE FROM former_home WHERE ${where}`, [series, account])) === 1;
  }

  async giveUp(series: string, account: string): Promise<void> {
    const where = 'organisation_id = $1 AND series_id = $2 AND account_id = $3';
    await this.#scope.write(`UPDATE former_home SET given_up = true WHERE ${where}`, [series, account]);
  }
}
