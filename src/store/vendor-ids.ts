import { isId } from './scope.ts';
import type { Scope } from './scope.ts';

/** The vendors' ids of our events, by account and by our own name for each. */
export class VendorIdStore {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async of(account: string, name: string): Promise<string | null> {
    if (!isId(account)) return null;
    const row = await this.#scope.first<{ id: string }>(
      `SELECT vendor_id AS id FROM vendor_id WHERE organisation_id = $1 AND account_id = $2 AND name = $3`,
      [account, name],
    );
    return row?.id ?? null;
  }

  /** Writes only what is new: nearly every look finds what the last one found. */
  async keep(account: string, ids: ReadonlyMap<string, string>): Promise<void> {
    await this.#scope.write(
      `INSERT INTO vendor_id (organisation_id, account_id, name, vendor_id)
       SELECT $1, $2, found.name, found.id FROM unnest($3::text[], $4::text[]) AS found(name, id)
       WHERE NOT EXISTS (SELECT FROM vendor_id v WHERE v.organisation_id = $1 AND v.account_id = $2
                           AND v.name = found.name AND v.vendor_id = found.id)
       ORDER BY found.name
       ON CONFLICT (organisation_id, account_id, name) DO UPDATE SET vendor_id = excluded.vendor_id`,
      [account, [...ids.keys()], [...ids.values()]],
    );
  }
}
