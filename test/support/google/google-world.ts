import type { calendar_v3 } from '@googleapis/calendar';
import type { Access } from '../../../src/calendars/access.ts';
import type { Calendar } from '../../../src/calendars/calendar.ts';
import { GoogleCalendar } from '../../../src/calendars/google/google-calendar.ts';
import { GoogleClient } from '../../../src/calendars/google/google-client.ts';
import { NOW } from '../../contract/a-series.ts';
import { FixedAccess, FreeCalls } from '../free-calls.ts';
import { TestClock } from '../test-clock.ts';
import type { FakePrimary } from './google-fake.ts';
import { GoogleFake } from './google-fake.ts';
import { minuteOf } from './times.ts';
import { GooglePerson } from './google-person.ts';

export const SCOPES = ['calendar.events.owned', 'calendar.freebusy'].map(
  (scope) => `https://www.googleapis.com/auth/${scope}`,
);

/** The network between the adapter and a Google of this test. */
export type Network = (fake: GoogleFake) => typeof fetch;

/** A manager's calendar at Google, the unchanged adapter on it, and the manager at Google's own pages. */
export class GoogleWorld {
  readonly fake: GoogleFake;
  readonly primary: FakePrimary;
  readonly person: GooglePerson;
  readonly calendar: Calendar;
  readonly calls = new FreeCalls();

  constructor(
    readonly email = 'ana@example.com',
    readonly clock = new TestClock(NOW),
    private readonly network: Network = (google) => google.fetch,
  ) {
    this.fake = new GoogleFake(() => clock.now());
    this.primary = this.fake.addCalendar(email, 'Europe/Berlin');
    this.person = new GooglePerson(this.fake, email);
    this.calendar = this.open();
  }

  /** The calendar as another process has it. */
  open(access?: Access): Calendar {
    return new GoogleCalendar(this.client(access), { zone: 'Europe/Berlin', emails: [this.email] });
  }

  client(access: Access = this.access()): GoogleClient {
    const { email, clock, fake } = this;
    const deps = { access, calls: this.calls, clock, fetch: this.network(fake) };
    return new GoogleClient({ email, calendarId: 'primary' }, deps);
  }

  private access(): Access {
    const next = () => this.fake.oauth.give(this.email, SCOPES);
    return new FixedAccess(next(), async () => next());
  }

  /** All that stands in a window, as `events.list` would show it to anybody. */
  standing(from: string, until: string): { readonly start: number; readonly end: number }[] {
    const query = new Map(Object.entries({ timeMin: [from], timeMax: [until], singleEvents: ['true'] }));
    const { items } = this.primary.lister.list(query) as { items: calendar_v3.Schema$Event[] };
    const minute = (at: calendar_v3.Schema$EventDateTime) => minuteOf(at, 'Europe/Berlin');
    const slots = items.map(({ start, end }) => ({ start: minute(start!), end: minute(end!) }));
    return slots.toSorted((a, b) => a.start - b.start);
  }
}
