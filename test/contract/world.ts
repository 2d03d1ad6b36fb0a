import type { Calendar } from '../../src/calendars/calendar.ts';
import type { CalendarClient } from '../support/calendar-client.ts';
import type { Fault } from '../support/fault.ts';

/** One calendar under test: the product's side, and a person at a client of their own. */
export interface World {
  readonly calendar: Calendar;
  readonly person: CalendarClient;
  /** Calls that change something, since the world began. */
  writes(): number;
  /** How the next write fails. */
  failNextWrite(fault: Fault): void;
  /** Makes the server reject every cursor that it gave out. */
  forgetCursors(): void | Promise<void>;
}

/** What a server does beyond the standard. */
export interface Server {
  /** Stores whatever it is given: rubbish, and one UID under two names. */
  readonly storesAnything: boolean;
}
