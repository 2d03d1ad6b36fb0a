/** What a person signs in to a calendar server with. */
export interface CalendarLogin {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface FoundCalendar {
  readonly url: string;
  readonly name: string;
  readonly writable: boolean;
}

export interface CheckedCalendar extends FoundCalendar {
  /** Whether the server invites guests by itself; where it does not, invitations are ours to send. */
  readonly invites: boolean;
}

/** A calendar server, before anything on it belongs to an account. */
export abstract class CalendarServer {
  /**
   * All calendars that the login reaches.
   * @throws CalendarError with a sentence for the person who typed the login
   */
  abstract discover(login: CalendarLogin): Promise<readonly FoundCalendar[]>;

  /**
   * The one calendar at `calendarUrl`, which may lie outside of what `discover` finds.
   * @throws CalendarError where there is none, or it cannot be written
   */
  abstract check(login: CalendarLogin, calendarUrl: string): Promise<CheckedCalendar>;
}
