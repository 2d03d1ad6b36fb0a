/** The five words for what can go wrong with a vendor. Vendors' codes stay inside their folder, as `cause`. */
export type CalendarTrouble = 'Unreachable' | 'RateLimited' | 'AccessRevoked' | 'Gone' | 'Conflict';

/** Whom a RateLimited concerns: one account, everybody who uses our application, or mails to guests alone. */
export type RateLimit = 'account' | 'project' | 'mails';

export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly trouble: CalendarTrouble;
  /** How long the vendor asked us to wait, in seconds. */
  readonly retryAfter: number | null;
  readonly limit: RateLimit;

  /** @param message a plain sentence for the account's owner; no secrets, no event text. */
  constructor(
    trouble: CalendarTrouble,
    message: string,
    options: { cause?: unknown; retryAfter?: number | null; limit?: RateLimit } = {},
  ) {
    super(message, { cause: options.cause });
    this.trouble = trouble;
    this.retryAfter = options.retryAfter ?? null;
    this.limit = options.limit ?? 'account';
  }
}
