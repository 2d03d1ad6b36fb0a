import { VendorIds } from '../../src/calendars/vendor-ids.ts';

/** Ids of one account, in memory. */
export class MemoryIds extends VendorIds {
  readonly #ids = new Map<string, string>();

  override async of(name: string): Promise<string | null> {
    return this.#ids.get(name) ?? null;
  }

  override async keep(ids: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, id] of ids) this.#ids.set(name, id);
  }
}
