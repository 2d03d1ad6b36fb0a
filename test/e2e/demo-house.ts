import type { Page } from 'playwright-core';
import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { BuiltinCalendarModule } from '../../src/accounts/builtin-calendar.module.ts';
import { AuditModule } from '../../src/audit/audit.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { Config } from '../../src/config.ts';
import { foundDemo } from '../../src/demo/demo-organisation.ts';
import { DeskModule } from '../../src/desk/desk.module.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { hashOfToken, newToken } from '../../src/platform/access/token-authenticator.ts';
import { Log } from '../../src/platform/log.ts';
import { builtPages } from '../../src/platform/pages.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import type { TestDatabase } from '../support/database.ts';
import { LoopRoom } from '../support/desk.ts';
import { startService } from '../support/http.ts';
import type { TestService } from '../support/http.ts';
import { newPage } from './browser.ts';

type PageOptions = Parameters<typeof newPage>[0];

/** The demo organisation with its pages, on the Monday that the tests live in; its worker is the test. */
export class DemoHouse {
  private readonly reconcile: ReconcileSeries;

  private constructor(
    readonly service: TestService,
    private readonly organisation: string,
  ) {
    this.reconcile = service.app.get(ReconcileSeries, { strict: false });
  }

  static async open(database: TestDatabase): Promise<DemoHouse> {
    const rooms = [
      CalendarsModule,
      LoopRoom,
      PeopleModule,
      DeskModule,
      AuditModule,
      AccountsModule,
      BuiltinCalendarModule,
    ];
    const service = await startService(database, rooms, { pages: builtPages() });
    const { store, clock, app } = service;
    const log = app.get<Log>(Log, { strict: false });
    await foundDemo({ config: app.get(Config, { strict: false }), store, clock, log });
    const [organisation] = await store.organisations();
    const house = new DemoHouse(service, organisation!.id);
    await house.lookAtAll();
    return house;
  }

  /** A sign-in link's token for one of the demo's people. */
  async tokenOf(email: string): Promise<string> {
    const token = newToken();
    const now = this.service.clock.now();
    await this.service.store.transaction(this.organisation, async ({ people, access }) => {
      const person = await people.byEmail(email);
      await access.issue(person!.id, hashOfToken(token), now, now + 1440);
    });
    return token;
  }

  /** A browser whose clock agrees with the service's, with somebody signed in. */
  async visit(email: string, path = '/', options: PageOptions = {}): Promise<Page> {
    const page = await newPage(options);
    await page.clock.install({ time: this.service.clock.milliseconds() });
    await page.goto(`${this.service.url}${path}#token=${await this.tokenOf(email)}`);
    return page;
  }

  /** Does what waits in the queue. */
  async work(): Promise<void> {
    for (const job of this.service.jobs.splice(0)) {
      if (job.name === 'reconcile-series') await this.settle(job.seriesId);
    }
  }

  /** What one does to an event in the calendar, and what the worker makes of it. */
  async actInCalendar(page: Page, press: () => Promise<void>): Promise<void> {
    const answered = page.waitForResponse((response) => response.url().endsWith('/builtin-calendar/acts'));
    await press();
    await answered;
    await this.work();
  }

  private async lookAtAll(): Promise<void> {
    const all = await this.service.store.transaction(this.organisation, ({ series }) => series.list());
    for (const { series } of all) await this.settle(series.id);
  }

  private async settle(series: string): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      if ((await this.reconcile.run(series)).kind === 'settled') return;
    }
  }
}
