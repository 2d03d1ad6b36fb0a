import { Access } from '../../../src/calendars/access.ts';
import type { Calendar } from '../../../src/calendars/calendar.ts';
import { CalendarError } from '../../../src/calendars/calendar-error.ts';
import { GoogleCalendar } from '../../../src/calendars/google/google-calendar.ts';
import { GoogleClient } from '../../../src/calendars/google/google-client.ts';
import { NOW } from '../../contract/a-series.ts';
import { FreeCalls } from '../free-calls.ts';
import { TestClock } from '../test-clock.ts';
import { GoogleFake } from './google-fake.ts';
import { GooglePerson } from './google-person.ts';

export const SCOPES = ['calendar.events.owned', 'calendar.events.freebusy'].map(
  (scope) => `https://www.googleapis.com/auth/${scope}`,
);

/** A token of the fake's own making, replaced once it is refused. */
class GivenAccess extends Access {
  #token: string | null = null;

  constructor(
    private readonly fake: GoogleFake,
    private readonly email: string,
    private readonly scopes: readonly string[],
  ) {
    super();
  }

  override async token(): Promise<string> {
    return (this.#token ??= this.fake.oauth.give(this.email, this.scopes));
  }

  override async insteadOf(refused: string): Promise<string> {
    const next = this.fake.oauth.give(this.email, this.scopes);
    if (next === refused) throw new CalendarError('AccessRevoked', 'refused');
    return (this.#token = next);
  }
}

/** Ana's calendar at Google, the unchanged adapter on it, and Ana herself at Google's pages. */
export class GoogleWorld {
  readonly clock = new TestClock(NOW);
  readonly fake = new GoogleFake(() => this.clock.now());
  readonly primary = this.fake.addCalendar('ana@example.com', 'Europe/Berlin');
  readonly person = new GooglePerson(this.fake, 'ana@example.com');
  readonly calendar: Calendar;

  constructor(scopes: readonly string[] = SCOPES) {
    this.calendar = this.open(scopes);
  }

  /** The calendar as another process has it. */
  open(scopes: readonly string[] = SCOPES): Calendar {
    const email = 'ana@example.com';
    const access = new GivenAccess(this.fake, email, scopes);
    const deps = { access, calls: new FreeCalls(), clock: this.clock, fetch: this.fake.fetch };
    const client = new GoogleClient({ email, calendarId: email }, deps);
    return new GoogleCalendar(client, { zone: 'Europe/Berlin', emails: [email] });
  }
}
