import type { PostgresStore } from '../store/postgres-store.ts';

/** What the vendor calls the events of one account, by our own names for them. Outlives the process. */
export abstract class VendorIds {
  /** Null for an event that was never seen. */
  abstract of(name: string): Promise<string | null>;

  abstract keep(ids: ReadonlyMap<string, string>): Promise<void>;
}

/** Kept with the account, in transactions of their own. */
export class StoredIds extends VendorIds {
  constructor(
    private readonly store: PostgresStore,
    private readonly organisation: string,
    private readonly account: string,
  ) {
    super();
  }

  override of(name: string): Promise<string | null> {
    return this.store.transaction(this.organisation, ({ vendorIds }) => vendorIds.of(this.account, name));
  }

  override async keep(ids: ReadonlyMap<string, string>): Promise<void> {
    if (ids.size === 0) return;
    await this.store.transaction(this.organisation, ({ vendorIds }) => vendorIds.keep(this.account, ids));
  }
}
