import { Access } from '../../../src/calendars/access.ts';
import type { Calendar } from '../../../src/calendars/calendar.ts';
import { CalendarError } from '../../../src/calendars/calendar-error.ts';
import { MicrosoftCalendars } from '../../../src/calendars/microsoft/microsoft-calendars.ts';
import type { Push } from '../../../src/calendars/push.ts';
import type { VendorDeps } from '../../../src/calendars/vendor.ts';
import { NOW } from '../../contract/a-series.ts';
import type { World } from '../../contract/world.ts';
import { FreeCalls } from '../free-calls.ts';
import { MemoryIds } from '../memory-ids.ts';
import { TestClock } from '../test-clock.ts';
import { GraphFake } from './graph-fake.ts';
import type { Mailbox } from './mailbox.ts';
import { OutlookPerson } from './outlook-person.ts';
import { Wire } from './over-the-wire.ts';

/** A token of the fake's own making, replaced once it is refused. */
class GivenAccess extends Access {
  #token: string | null = null;

  constructor(
    private readonly fake: GraphFake,
    private readonly email: string | null,
  ) {
    super();
  }

  override async token(): Promise<string> {
    return (this.#token ??= this.fake.entra.issue(this.email));
  }

  override async insteadOf(refused: string): Promise<string> {
    const next = this.fake.entra.issue(this.email);
    if (next === refused) throw new CalendarError('AccessRevoked', 'refused');
    return (this.#token = next);
  }
}

/** A manager's mailbox at Microsoft, the unchanged adapter on it, and the manager at Outlook. */
export class MicrosoftWorld {
  readonly fake: GraphFake;
  readonly mailbox: Mailbox;
  readonly person: OutlookPerson;
  readonly wire: Wire;
  readonly vendor: MicrosoftCalendars;
  readonly calendar: Calendar;
  readonly calls = new FreeCalls();
  /** Outlives every process. */
  readonly ids = new MemoryIds();

  /** @param network takes requests to Microsoft's own addresses somewhere; by default they stay in the process */
  constructor(
    readonly email = 'ana@example.com',
    readonly clock = new TestClock(NOW),
    network?: (fake: GraphFake) => typeof fetch,
  ) {
    this.fake = new GraphFake(() => clock.milliseconds());
    this.mailbox = this.fake.addMailbox(email);
    this.person = new OutlookPerson(this.mailbox);
    this.wire = new Wire(this.fake, network?.(this.fake));
    this.vendor = this.restarted();
    this.calendar = this.open(this.vendor);
  }

  /** A process that has just started: it knows what was kept, and nothing else. */
  restarted(): MicrosoftCalendars {
    return new MicrosoftCalendars({
      client: this.fake.entra.client,
      clock: this.clock,
      fetch: this.wire.fetch,
    });
  }

  open(vendor = this.vendor): Calendar {
    const owner = { zone: 'Europe/Berlin', emails: [this.email] };
    return vendor.open(this.settings, { ...this.deps(), owner });
  }

  push(): Push {
    return this.vendor.push(this.settings, this.deps());
  }

  deps(access: Access = new GivenAccess(this.fake, this.email)): Omit<VendorDeps, 'owner'> {
    return { access, calls: this.calls, clock: this.clock, ids: this.ids };
  }

  get settings() {
    return { email: this.email, calendarId: `users/oid-${this.email}/calendars/primary` };
  }

  /** As the contract wants it. */
  contract(): World {
    return {
      calendar: this.calendar,
      person: this.person,
      files: null,
      writes: () => this.fake.writes,
      failNextWrite: (fault) => {
        this.wire.fault = fault;
      },
      forgetCursors: () => {
        this.fake.deltaOf(this.email).life++;
      },
    };
  }

  /** Every slot that stands in the calendar in a window, as Outlook shows it. */
  standing(from: string, until: string): { readonly start: number; readonly end: number }[] {
    const [start, end] = [from, until].map((iso) => Temporal.Instant.from(iso).epochMilliseconds);
    return this.mailbox
      .view('primary', start!, end!)
      .map((one) => ({ start: one.start / 60_000, end: one.end / 60_000 }));
  }
}
