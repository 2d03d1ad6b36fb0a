import type { Clock } from '../../platform/clock.ts';
import { CalendarServer } from '../calendar-server.ts';
import type { CalendarLogin, CheckedCalendar, FoundCalendar } from '../calendar-server.ts';
import { checkCalendar, discoverCalendars } from './discover.ts';

/** Any server that speaks CalDAV (RFC 4791). */
export class CaldavServer extends CalendarServer {
  constructor(private readonly clock: Clock) {
    super();
  }

  override discover(login: CalendarLogin): Promise<readonly FoundCalendar[]> {
    return discoverCalendars(login, { clock: this.clock });
  }

  override check(login: CalendarLogin, calendarUrl: string): Promise<CheckedCalendar> {
    return checkCalendar({ ...login, calendarUrl }, { clock: this.clock });
  }
}
