import type { CalendarAccount } from '../store/store.ts';
import type { Calendar } from './calendar.ts';

/** Opens the calendar behind an account, whichever provider it is on. */
export abstract class Calendars {
  /** @throws CalendarError AccessRevoked where the account's settings no longer open anything */
  abstract open(organisation: string, account: CalendarAccount): Promise<Calendar>;
}
