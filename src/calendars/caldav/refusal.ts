import { CalendarError } from '../calendar-error.ts';

/** What a server's status says, in one of the five words and a sentence for the account's owner. */
export function refusalOf(status: number, body: string, retryAfter: string | null = null): CalendarError {
  const cause = { status, body: body.slice(0, 500) };
  if (status === 401) {
    return new CalendarError('AccessRevoked', 'The calendar server refused this user name or password.', {
      cause,
    });
  }
  if (status === 403) {
    return new CalendarError(
      'AccessRevoked',
      'The calendar server does not let us do this: is it read-only?',
      {
        cause,
      },
    );
  }
  if (status === 404 || status === 410) {
    return new CalendarError('AccessRevoked', 'There is no calendar at this address any more.', { cause });
  }
  if (status === 412) {
    return new CalendarError('Conflict', 'Somebody changed the event in the calendar meanwhile.', { cause });
  }
  if (status === 429 || status === 503) {
    const message = 'The calendar server asks us to wait.';
    return new CalendarError('RateLimited', message, { cause, retryAfter: secondsOf(retryAfter) });
  }
  return new CalendarError('Unreachable', `The calendar server could not do it (status ${status}).`, {
    cause,
  });
}

// A date is rare and always near: a minute more or less does no harm there.
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : 60;
}
