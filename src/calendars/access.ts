/** The access token of one account, always a good one. */
export abstract class Access {
  /**
   * Refreshed a while before it ends, once for all processes.
   * @throws CalendarError AccessRevoked where the owner has to sign in again
   */
  abstract token(): Promise<string>;

  /** Another token than the one the vendor just refused; ask once, then give up with AccessRevoked. */
  abstract insteadOf(refused: string): Promise<string>;
}
