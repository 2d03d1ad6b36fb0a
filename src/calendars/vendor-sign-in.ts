import type { Minute } from '../domain/minute.ts';

/** Vendors at which a person signs in, instead of giving us a password. */
export const VENDORS = ['google', 'microsoft'] as const;
export type Vendor = (typeof VENDORS)[number];

/** What opens a vendor's calendar for a while. Sealed wherever it is kept; never logged, never in a URL. */
export interface VendorSecrets {
  readonly accessToken: string;
  /** The first minute in which the access token is no longer good. */
  readonly expiresAt: Minute;
  /** Null for an account that is connected for its whole domain: there the service's own key opens it. */
  readonly refreshToken: string | null;
}

/** One round trip to the vendor's consent page (RFC 6749 section 4.1, RFC 7636). */
export interface SignInRequest {
  readonly state: string;
  /** BASE64URL(SHA-256(verifier)); the method is always S256. */
  readonly codeChallenge: string;
  readonly redirectUri: string;
  /** The address that the person has in Perennial. */
  readonly loginHint: string;
}

/** What a sign-in came to. */
export interface SignedIn {
  /** The address of the signed-in account at the vendor, which may differ from the one in Perennial. */
  readonly email: string;
  readonly secrets: VendorSecrets;
  /** The calendar that is used unless another one is chosen. */
  readonly calendar: VendorCalendar;
}

export interface VendorCalendar {
  /** The vendor's id of the calendar. */
  readonly id: string;
  readonly name: string;
  readonly writable: boolean;
}

/** Signing in at a vendor: once by a person, later by ourselves with what that left behind. */
export abstract class VendorSignIn {
  abstract readonly vendor: Vendor;

  /** The vendor's consent page, asking for the least that the adapter needs and for offline access. */
  abstract authoriseUrl(request: SignInRequest): string;

  /**
   * Redeems the authorisation code.
   * @throws CalendarError AccessRevoked where the code, the verifier or the granted scopes are not good
   */
  abstract exchange(code: string, verifier: string, redirectUri: string): Promise<SignedIn>;

  /**
   * A new access token. The refresh token of the answer replaces the old one, for vendors that rotate it.
   * @throws CalendarError AccessRevoked on `invalid_grant`, Unreachable or RateLimited otherwise
   */
  abstract refresh(secrets: VendorSecrets & { readonly refreshToken: string }): Promise<VendorSecrets>;

  /**
   * The same for one mailbox of a domain whose admin let the service in as a whole.
   * @throws CalendarError AccessRevoked where the domain's admin has not, or not for this mailbox
   */
  abstract actFor(email: string): Promise<SignedIn>;

  /** Calendars to choose from; the preset one alone where the granted scopes list no others. */
  abstract calendars(accessToken: string): Promise<readonly VendorCalendar[]>;
}
