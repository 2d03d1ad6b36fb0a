import { CalendarError } from '../calendars/calendar-error.ts';
import { CalendarServer } from '../calendars/calendar-server.ts';
import type { CalendarLogin, CheckedCalendar, FoundCalendar } from '../calendars/calendar-server.ts';
import { Problem } from '../platform/problems/problem.ts';

/**
 * What a login finds.
 * @throws Problem that says in plain words what is wrong, and names the field it is wrong with
 */
export async function discover(
  server: CalendarServer,
  login: CalendarLogin,
): Promise<readonly FoundCalendar[]> {
  return server.discover(login).catch((error: unknown) => {
    throw refusal(error, { address: 'url', access: 'password' });
  });
}

/**
 * The chosen calendar. The login is tried first, so that a wrong password is never told as a wrong calendar.
 * @throws Problem like `discover`, and where the calendar is none or is read-only
 */
export async function choose(
  server: CalendarServer,
  login: CalendarLogin,
  calendarUrl: string,
): Promise<CheckedCalendar> {
  await discover(server, login);
  return server.check(login, calendarUrl).catch((error: unknown) => {
    throw refusal(error, { address: 'calendarUrl', access: 'calendarUrl' });
  });
}

function refusal(error: unknown, fields: { readonly address: string; readonly access: string }): unknown {
  if (!(error instanceof CalendarError)) return error;
  const { trouble, message, retryAfter } = error;
  if (trouble === 'RateLimited') {
    const headers = { 'Retry-After': String(retryAfter ?? 60) };
    return new Problem('too-many-requests', message, { headers, cause: error });
  }
  const field = trouble === 'AccessRevoked' ? fields.access : fields.address;
  return new Problem('cannot-connect', message, { errors: [{ field, says: message }], cause: error });
}
