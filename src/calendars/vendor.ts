import type { Clock } from '../platform/clock.ts';
import type { Access } from './access.ts';
import type { Calendar } from './calendar.ts';
import type { Calls, VendorLimits } from './calls.ts';
import type { Push } from './push.ts';
import type { VendorIds } from './vendor-ids.ts';
import type { VendorSignIn } from './vendor-sign-in.ts';

/** The calendar that an account stands for. */
export interface VendorSettings {
  readonly email: string;
  /** The vendor's id of the chosen calendar. */
  readonly calendarId: string;
}

/** What an adapter needs around it. */
export interface VendorDeps {
  /** Addresses that mean the owner, and the zone of their days (IANA). */
  readonly owner: { readonly zone: string; readonly emails: readonly string[] };
  readonly access: Access;
  readonly calls: Calls;
  readonly clock: Clock;
  readonly ids: VendorIds;
}

/** Everything Perennial knows of one vendor. Nothing is asked of it before the first call. */
export abstract class VendorCalendars {
  abstract readonly signIn: VendorSignIn;
  abstract readonly limits: VendorLimits;

  abstract open(settings: VendorSettings, deps: VendorDeps): Calendar;

  abstract push(settings: VendorSettings, deps: Omit<VendorDeps, 'owner'>): Push;
}
