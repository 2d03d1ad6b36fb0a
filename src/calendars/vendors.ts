import type { Vendor } from './vendor-sign-in.ts';
import { VENDORS } from './vendor-sign-in.ts';
import type { VendorCalendars } from './vendor.ts';

/** The vendors that this installation has settings for. */
export class Vendors {
  readonly #known = new Map<Vendor, VendorCalendars>();

  add(vendor: VendorCalendars): this {
    this.#known.set(vendor.signIn.vendor, vendor);
    return this;
  }

  /** Null while the vendor is switched off. */
  of(vendor: Vendor): VendorCalendars | null {
    return this.#known.get(vendor) ?? null;
  }
}

/** Whether an account's provider is one at which people sign in. */
export function isVendor(provider: string): provider is Vendor {
  return (VENDORS as readonly string[]).includes(provider);
}
