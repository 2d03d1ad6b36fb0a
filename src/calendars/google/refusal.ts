import { CalendarError } from '../calendar-error.ts';

/** What Google's answer was, without anybody's words or tokens in it. */
export interface Refusal {
  readonly status: number;
  /** Google's own word for the cause: `userRateLimitExceeded`. */
  readonly reason: string;
  /** The quota that is spent, where Google names it: `defaultPerMinutePerProject`. */
  readonly quota: string;
}

/** How long to wait where Google says no number, in seconds. */
const MINUTE_WINDOW = 60;
const SPAM_PROTECTION = 3600;
const A_DAY = 6 * 3600;

/** What went wrong with a request, in one of the five words and a sentence for the account's owner. */
export function refusalOf(error: unknown): CalendarError {
  if (error instanceof CalendarError) return error;
  const { response } = error as { response?: { status: number; headers: Headers; data: unknown } };
  if (!response)
    return new CalendarError('Unreachable', 'Google Calendar does not answer.', { cause: nameOf(error) });
  const cause: Refusal = { status: response.status, ...wordsIn(response.data) };
  const retryAfter = secondsOf(response.headers.get('retry-after'));
  return limitOf(cause, retryAfter) ?? deniedOf(cause) ?? otherOf(cause, retryAfter);
}

/** Whether Google answered with this status. */
export function isStatus(error: unknown, ...statuses: readonly number[]): boolean {
  if (!(error instanceof CalendarError)) return false;
  return statuses.includes((error.cause as Partial<Refusal> | undefined)?.status ?? 0);
}

// 403 means a dozen things at Google: only the reason tells a spent quota from a closed door.
function limitOf(cause: Refusal, retryAfter: number | null): CalendarError | null {
  const { status, reason, quota } = cause;
  const wait = (seconds: number) => ({ cause, retryAfter: retryAfter ?? seconds });
  switch (reason) {
    case 'quotaExceeded':
      return new CalendarError(
        'RateLimited',
        'Google sends no more invitations from this calendar for now.',
        {
          ...wait(SPAM_PROTECTION),
          limit: 'mails',
        },
      );
    case 'dailyLimitExceeded':
      return new CalendarError('RateLimited', 'The day’s calls to Google Calendar are used up.', {
        ...wait(A_DAY),
        limit: 'project',
      });
    default:
      return status === 429 || RATE.test(reason) ? tooFast(quota, wait(MINUTE_WINDOW)) : null;
  }
}

const RATE = /^(userR|r)ateLimitExceeded$/;

// `rateLimitExceeded` is said of one calendar, too: only a named quota of the project stops everybody.
function tooFast(quota: string, options: { cause: Refusal; retryAfter: number }): CalendarError {
  const everybody = /PerProject/i.test(quota);
  return everybody
    ? new CalendarError('RateLimited', 'Google asks Perennial as a whole to slow down.', {
        ...options,
        limit: 'project',
      })
    : new CalendarError('RateLimited', 'Google asks us to leave this calendar alone for a moment.', options);
}

const DENIED: Readonly<Record<string, string>> = {
  insufficientPermissions:
    'Google did not give Perennial the right to do this. Connect the calendar again and tick all boxes.',
  domainPolicy:
    'The rules of your Google domain do not let Perennial into its calendars. Ask your Google admin.',
  notACalendarUser: 'This Google account has no calendar.',
  accessNotConfigured: 'The Google Calendar API is switched off in the Google project of this installation.',
  forbiddenForServiceAccounts:
    'Google lets a service account invite guests only with delegation for the whole domain.',
};

function deniedOf(cause: Refusal): CalendarError | null {
  const { status, reason } = cause;
  if (status === 401) {
    return new CalendarError(
      'AccessRevoked',
      'Google does not know our sign-in any more. Connect the calendar again.',
      { cause },
    );
  }
  if (reason === 'forbiddenForNonOrganizer') {
    return new CalendarError('Conflict', 'Somebody else organises this event now.', { cause });
  }
  if (status !== 403) return null;
  return new CalendarError(
    'AccessRevoked',
    DENIED[reason] ?? 'Google does not let us do this in the calendar.',
    { cause },
  );
}

function otherOf(cause: Refusal, retryAfter: number | null): CalendarError {
  switch (cause.status) {
    case 404:
      return new CalendarError('AccessRevoked', 'There is no such calendar at Google any more.', { cause });
    case 409:
    case 412:
      return new CalendarError('Conflict', 'Somebody changed the event in Google Calendar meanwhile.', {
        cause,
      });
    case 410:
      return new CalendarError('Gone', 'Google keeps what was deleted and takes nothing new in its place.', {
        cause,
      });
    case 503:
      return new CalendarError(
        retryAfter === null ? 'Unreachable' : 'RateLimited',
        'Google Calendar is overloaded.',
        { cause, retryAfter },
      );
    default:
      return new CalendarError('Unreachable', `Google Calendar could not do it (status ${cause.status}).`, {
        cause,
      });
  }
}

function wordsIn(data: unknown): Pick<Refusal, 'reason' | 'quota'> {
  const { error } = (data ?? {}) as { error?: ErrorBody };
  const quota = error?.details?.find(({ metadata }) => metadata?.quota_limit)?.metadata?.quota_limit;
  return { reason: error?.errors?.[0]?.reason ?? error?.status ?? '', quota: quota ?? '' };
}

interface ErrorBody {
  readonly status?: string;
  readonly errors?: readonly { readonly reason?: string }[];
  readonly details?: readonly { readonly metadata?: { readonly quota_limit?: string } }[];
}

// A date is rare and always near: a minute more or less does no harm there.
function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : 60;
}

// The client's errors carry the whole request, token and event text included.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
