import { Global, Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { CalendarClient } from '../../src/calendars/calendar-client.ts';
import type { ClientAct } from '../../src/calendars/calendar-client.ts';
import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { Calendar } from '../../src/calendars/calendar.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { Calendars } from '../../src/calendars/calendars.ts';
import { AuditModule } from '../../src/audit/audit.module.ts';
import { DeskModule } from '../../src/desk/desk.module.ts';
import type { OccurrenceView } from '../../src/desk/occurrences.api.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import type { OccurrenceKey } from '../../src/domain/occurrence.ts';
import type { FormatName } from '../../src/domain/series.ts';
import { Look } from '../../src/jobs/look.ts';
import { Clock } from '../../src/platform/clock.ts';
import { Log } from '../../src/platform/log.ts';
import { LookNow } from '../../src/reconcile/look-now.ts';
import { PollAccount } from '../../src/reconcile/poll-account.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import { PostgresStore } from '../../src/store/postgres-store.ts';
import type { PersonDetails } from '../../src/store/people.ts';
import type { CalendarAccount } from '../../src/store/store.ts';
import type { TestDatabase } from './database.ts';
import { startService } from './http.ts';
import type { Answer, TestService, Visitor } from './http.ts';

const POLL_MINUTES = 5;

/** The product's calendars, until one is taken away. */
export class Outage {
  away = false;
}

class CalendarsWithOutage extends Calendars {
  constructor(
    private readonly real: Calendars,
    private readonly outage: Outage,
  ) {
    super();
  }

  override async open(organisation: string, account: CalendarAccount): Promise<Calendar> {
    if (this.outage.away) throw new CalendarError('Unreachable', 'The calendar does not answer.');
    return this.real.open(organisation, account);
  }
}

/** The loop without its queue: whoever asks for a look gets one, and the tests run it themselves. */
@Global()
@Module({
  imports: [CalendarsModule],
  providers: [
    Outage,
    {
      provide: CalendarsWithOutage,
      inject: [Calendars, Outage],
      useFactory: (real: Calendars, outage: Outage) => new CalendarsWithOutage(real, outage),
    },
    {
      provide: ReconcileSeries,
      inject: [PostgresStore, CalendarsWithOutage, Clock, Log],
      useFactory: (store: PostgresStore, calendars: Calendars, clock: Clock, log: Log) =>
        new ReconcileSeries({
          store,
          calendars,
          clock,
          log,
          link: (id) => `https://perennial.test/series/${id}`,
        }),
    },
    {
      provide: PollAccount,
      inject: [PostgresStore, CalendarsWithOutage, Clock, Log],
      useFactory: (store: PostgresStore, calendars: Calendars, clock: Clock, log: Log) =>
        new PollAccount({ store, calendars, clock, log }, POLL_MINUTES),
    },
    { provide: Look, useClass: LookNow },
  ],
  exports: [Look],
})
export class LoopRoom {}

/** The desk and the audit over real HTTP, on the built-in calendar, and what else a test needs. */
export async function startDesk(
  database: TestDatabase,
  more: readonly (Type | DynamicModule)[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Desk> {
  const rooms = [CalendarsModule, LoopRoom, DeskModule, AuditModule, ...more];
  const service = await startService(database, rooms, { environment });
  return new Desk(service);
}

export class Desk {
  readonly outage: Outage;
  private readonly reconcile: ReconcileSeries;

  constructor(readonly service: TestService) {
    this.outage = service.app.get(Outage, { strict: false });
    this.reconcile = service.app.get(ReconcileSeries, { strict: false });
  }

  /** An organisation of its own: an admin, an auditor, and a manager and a rep who meet. */
  async team(rep: Partial<PersonDetails> = {}): Promise<Team> {
    const organisation = await this.service.organisation();
    const person = this.service.person.bind(this.service, organisation);
    const people = {
      admin: await person(['admin']),
      auditor: await person(['auditor']),
      manager: await person(['manager'], { name: 'Ana' }),
      rep: await person(['rep'], { name: 'Bo', ...rep }),
      stranger: await person(['manager', 'rep']),
    };
    const pair = await this.service.store.transaction(organisation, ({ pairs }) =>
      pairs.add(people.manager.id, people.rep.id),
    );
    return { organisation, pair, ...people };
  }

  /** The same with a series on Tuesdays at 10:00 in Berlin; another format than the usual is the admin's to choose. */
  async meeting(rep: Partial<PersonDetails> = {}, format: FormatName = 'weekly_30'): Promise<Meeting> {
    const team = await this.team(rep);
    const body = { pair: team.pair, anchor: { weekday: 2, time: '10:00' }, format };
    const maker = format === 'weekly_30' ? team.manager : team.admin;
    const made = await maker.ask('POST', '/api/series', body);
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    return new Meeting(this, team, made.body.id as string);
  }

  /** Runs the loop until it has nothing left to do. */
  async settle(series: string): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      if ((await this.reconcile.run(series)).kind === 'settled') return;
    }
    throw new Error('the series does not settle');
  }

  /** Lets time pass to this moment and the loop notice it. */
  async at(iso: string, series: string): Promise<void> {
    this.service.clock.at = minuteFromIso(iso);
    await this.settle(series);
  }
}

export interface Team {
  readonly organisation: string;
  readonly pair: string;
  readonly admin: Visitor;
  readonly auditor: Visitor;
  readonly manager: Visitor;
  readonly rep: Visitor;
  readonly stranger: Visitor;
}

/** One pair's series, with words for what its tests do. */
export class Meeting {
  readonly manager: Visitor;
  readonly rep: Visitor;
  readonly admin: Visitor;

  constructor(
    readonly desk: Desk,
    readonly team: Team,
    readonly series: string,
  ) {
    ({ manager: this.manager, rep: this.rep, admin: this.admin } = team);
  }

  path(key: string): string {
    return `/api/series/${this.series}/occurrences/${key}`;
  }

  /** The meeting owed on this day, as one of the people sees it. */
  async on(day: string, as: Visitor = this.manager): Promise<OccurrenceView> {
    const { body } = await as.ask('GET', `/api/occurrences?series=${this.series}&from=${day}&until=${day}`);
    return body.items[0] as OccurrenceView;
  }

  async does(who: Visitor, day: string, what: string, body: unknown = {}): Promise<Answer> {
    const { key } = await this.on(day, who);
    return who.ask('POST', `${this.path(key)}/${what}`, body);
  }

  /** Somebody of the pair acts in the calendar itself; nobody has looked yet. */
  async inCalendar(act: ClientAct['act'], day: string, to: string | null = null): Promise<void> {
    const client = this.desk.service.app.get(CalendarClient, { strict: false });
    const on = (await this.on(day)).key as OccurrenceKey;
    const change = { series: this.series, on, act, to: to === null ? null : minuteFromIso(to) };
    const outcome = await client.act(this.team.organisation, this.manager.id, change);
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  }
}
