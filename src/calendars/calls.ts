/** What a vendor allows. Beyond it we do not even ask. */
export interface VendorLimits {
  /** Calls of all accounts together, whichever process makes them. */
  readonly projectPerMinute: number;
  readonly accountPerMinute: number;
  /** Calls of one account that may be under way together. */
  readonly atOnce: number;
  /** Writes of one account that make the vendor mail its guests. */
  readonly mailsPerMinute: number;
}

/** Every request of one account to its vendor goes through here: counted, within the limits, stopped by cause. */
export abstract class Calls {
  /**
   * Runs one request. A CalendarError RateLimited from it closes what its `limit` names for as long as `retryAfter`
   * says; nobody sleeps, the queue comes back later.
   * @param tellsGuests whether the vendor mails guests because of it
   * @throws CalendarError RateLimited, without calling, while that is closed or a budget is spent
   */
  abstract run<T>(call: () => Promise<T>, options?: { readonly tellsGuests?: boolean }): Promise<T>;
}
