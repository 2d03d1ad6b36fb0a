import { GraphError } from '@microsoft/microsoft-graph-client';
import { CalendarError } from '../calendar-error.ts';

/** What Graph said, kept as the cause of one of the five words. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** A mailbox that wants to rest says for how long; where it forgot to, a minute is polite. */
const REST_SECONDS = 60;

/** What a failed request means, in one of the five words and a sentence for the account's owner. */
export function refusalOf(error: unknown): CalendarError {
  if (error instanceof CalendarError) return error;
  if (!(error instanceof GraphError) || error.statusCode < 400) {
    return new CalendarError('Unreachable', 'Microsoft could not be reached.', { cause: error });
  }
  const cause: Refusal = { status: error.statusCode, code: error.code ?? '' };
  const retryAfter = secondsOf(error.headers?.get('retry-after') ?? null);
  if (cause.status === 429 || (cause.status === 503 && retryAfter !== null)) {
    const message = 'Microsoft asks us to wait before we use this calendar again.';
    return new CalendarError('RateLimited', message, { cause, retryAfter: retryAfter ?? REST_SECONDS });
  }
  return new CalendarError(...wordFor(cause), { cause });
}

export function isRefusal(error: unknown, matches: (refusal: Refusal) => boolean): boolean {
  if (!(error instanceof CalendarError)) return false;
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'status' in cause && matches(cause as Refusal);
}

export function isNotFound(error: unknown): boolean {
  return isRefusal(error, ({ status, code }) => status === 404 && code === 'ErrorItemNotFound');
}

function wordFor({ status, code }: Refusal): [trouble: CalendarError['trouble'], message: string] {
  if (status === 401)
    return ['AccessRevoked', 'Microsoft does not accept our access any more. Connect the calendar again.'];
  if (status === 403)
    return [
      'AccessRevoked',
      'Microsoft does not let us use this calendar. Ask your admin, or connect it again.',
    ];
  if (status === 404 && code !== 'ErrorItemNotFound')
    return ['AccessRevoked', 'There is no mailbox or calendar for this account at Microsoft any more.'];
  if (status === 404) return ['Conflict', 'The event is not in the calendar any more.'];
  if (status === 409 || status === 412)
    return ['Conflict', 'Somebody changed the event in the calendar meanwhile.'];
  return ['Unreachable', `Microsoft could not do it (status ${status}${code === '' ? '' : `, ${code}`}).`];
}

// A date is rare and always near: a minute more or less does no harm there.
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : REST_SECONDS;
}
