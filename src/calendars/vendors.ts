import type { Vendor } from './vendor-sign-in.ts';
import type { VendorCalendars } from './vendor.ts';

/** The vendors that this installation has settings for. */
export class Vendors {
  readonly #known: ReadonlyMap<Vendor, VendorCalendars>;

  constructor(known: ReadonlyMap<Vendor, VendorCalendars> = new Map()) {
    this.#known = known;
  }

  /** Null while the vendor is switched off. */
  of(vendor: Vendor): VendorCalendars | null {
    return this.#known.get(vendor) ?? null;
  }
}
