import { CalendarError } from './calendar-error.ts';

/** We did not even ask: the vendor would have said no. */
class TooMany extends CalendarError {}

/** @param seconds until it is worth another try */
export function tooMany(seconds: number): CalendarError {
  const message = 'The calendar provider asks us to wait; nothing is lost meanwhile.';
  return new TooMany('RateLimited', message, { retryAfter: Math.max(1, Math.ceil(seconds)) });
}

/** Whether a refusal is our own, and not the vendor's. */
export function isOurs(error: CalendarError): boolean {
  return error instanceof TooMany;
}
