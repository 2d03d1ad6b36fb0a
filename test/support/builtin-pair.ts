import { randomUUID } from 'node:crypto';
import { BuiltinPerson } from '../../src/calendars/builtin/builtin-person.ts';
import { BuiltinResources } from '../../src/calendars/builtin/builtin-resources.ts';
import type { ClientAct, ClientOutcome } from '../../src/calendars/calendar-client.ts';
import type { Calendar } from '../../src/calendars/calendar.ts';
import { Calendars } from '../../src/calendars/calendars.ts';
import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import { dayFromIso, minuteFromIso } from '../../src/domain/minute.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Side } from '../../src/domain/person.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import type { Surroundings } from '../../src/reconcile/surroundings.ts';
import type { CalendarAccount, RememberedSeries } from '../../src/store/store.ts';
import { newAccount, OFFICE } from './builtin-world.ts';
import type { OpenStore } from './builtin-world.ts';
import { QuietLog, SetClock } from './world.ts';

const LINK = 'https://perennial.test/series/1';

/** Writes, and then the process is gone. */
class DyingResources extends BuiltinResources {
  death: Error | null = null;

  override async put(name: string, ics: string, etag: string | null): Promise<string> {
    const written = await super.put(name, ics, etag);
    if (this.death) throw this.death;
    return written;
  }
}

/** Opens built-in calendars, the only ones there are. */
class BuiltinCalendars extends Calendars {
  constructor(
    private readonly opened: OpenStore,
    private readonly clock: SetClock,
    private readonly death: Error | null = null,
  ) {
    super();
  }

  override async open(organisation: string, account: CalendarAccount): Promise<Calendar> {
    const resources = new DyingResources(this.opened.store, organisation, account.id);
    resources.death = this.death;
    return new IcalendarCalendar(resources, { zone: 'Europe/Berlin', emails: [] }, () => this.clock.now());
  }
}

/** Ana meets Bo on Tuesdays at 10:00 in Berlin, on the built-in calendar, in a database. */
export class BuiltinPair {
  readonly clock = new SetClock(minuteFromIso('2026-11-20T08:00Z'));
  readonly client: BuiltinPerson;
  readonly reconcile: ReconcileSeries;
  private readonly around: Surroundings;
  private readonly opened: OpenStore;
  readonly organisation: string;
  readonly account: string;
  readonly people: Readonly<Record<Side, string>>;
  readonly series: string;

  private constructor(
    opened: OpenStore,
    made: { organisation: string; account: string; manager: string; rep: string; series: string },
    announce?: Surroundings['announce'],
  ) {
    this.opened = opened;
    this.organisation = made.organisation;
    this.account = made.account;
    this.people = { manager: made.manager, rep: made.rep };
    this.series = made.series;
    const { store } = opened;
    this.client = new BuiltinPerson(store, this.clock);
    const calendars = new BuiltinCalendars(opened, this.clock);
    const around = { store, calendars, clock: this.clock, log: new QuietLog(), link: () => LINK };
    this.around = announce ? { ...around, announce } : around;
    this.reconcile = new ReconcileSeries(this.around);
  }

  /** A worker that is killed once its first write reached the calendar. */
  killedAfterWriting(death: Error): ReconcileSeries {
    const calendars = new BuiltinCalendars(this.opened, this.clock, death);
    return new ReconcileSeries({ ...this.around, calendars });
  }

  static async make(opened: OpenStore, announce?: Surroundings['announce']): Promise<BuiltinPair> {
    const { organisation, account, person: manager } = await newAccount(opened);
    const made = await opened.store.transaction(organisation, async ({ people, pairs, series }) => {
      const rep = await people.add({ ...BO, email: `bo-${randomUUID()}@example.com` });
      const pair = await pairs.add(manager, rep);
      const id = await series.add({ ...TUESDAYS, pair, account }, minuteFromIso('2026-11-20T08:00Z'));
      return { organisation, account, manager, rep, series: id };
    });
    return new BuiltinPair(opened, made, announce);
  }

  /** Runs the loop until nothing is left to do. */
  async settle(): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      if ((await this.reconcile.run(this.series)).kind === 'settled') return;
    }
    throw new Error('the series does not settle');
  }

  async at(iso: string): Promise<void> {
    this.clock.at = minuteFromIso(iso);
    await this.settle();
  }

  async remembered(): Promise<RememberedSeries> {
    const { store } = this.opened;
    const load = store.transaction(this.organisation, ({ series }) =>
      series.load(this.series, this.clock.now()),
    );
    return (await load)!;
  }

  /** The meeting of a week, named by any of its days. */
  async meeting(day: string): Promise<Occurrence> {
    const at = minuteFromIso(`${day}T12:00Z`);
    const { facts } = await this.remembered();
    return facts.occurrences.find((o) => o.week.start <= at && at < o.week.end)!;
  }

  /** One of the two does something in their calendar; the loop has not looked yet. */
  async act(by: Side, act: ClientAct['act'], day: string, to: string | null = null): Promise<ClientOutcome> {
    const on = keyOf(await this.meeting(day));
    const change = { series: this.series, on, act, to: to === null ? null : minuteFromIso(to) };
    return this.client.act(this.organisation, this.people[by], change);
  }

  /** The two meet no more from now on. */
  async end(because: string): Promise<void> {
    await this.opened.store.transaction(this.organisation, async ({ series, pairs }) => {
      const found = await series.find(this.series);
      await pairs.end(found!.pair, this.clock.now(), because);
    });
  }

  async ics(): Promise<string[]> {
    const { store } = this.opened;
    const list = await store.transaction(this.organisation, ({ builtin }) => builtin.list(this.account));
    return list.map(({ ics }) => ics.replace(/\r\n[ \t]/g, ''));
  }
}

const BO = {
  name: 'Bo',
  roles: ['rep' as const],
  zone: 'Europe/Berlin',
  hours: OFFICE,
  preferredHours: null,
};

const TUESDAYS = {
  title: 'Ana and Bo: 1-on-1',
  format: 'weekly_30' as const,
  minutes: 30,
  rule: {
    zone: 'Europe/Berlin',
    weekday: 2 as const,
    minuteOfDay: 600,
    everyWeeks: 1,
    firstDay: dayFromIso('2026-11-24'),
  },
};
