import type { Page } from 'playwright-core';
import { AccountsModule } from '../../src/accounts/accounts.module.ts';
import { CalendarsModule } from '../../src/calendars/calendars.module.ts';
import { DeskModule } from '../../src/desk/desk.module.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import type { FormatName } from '../../src/domain/series.ts';
import type { SessionView } from '../../src/live/live.api.ts';
import { LiveModule } from '../../src/live/live.module.ts';
import { PeopleModule } from '../../src/people/people.module.ts';
import { builtPages } from '../../src/platform/pages.ts';
import type { TestDatabase } from '../support/database.ts';
import { Desk, LoopRoom } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';
import { SetClock, startService } from '../support/http.ts';
import type { Visitor } from '../support/http.ts';
import { CALLS, EVENTS } from '../support/zoom/rules.ts';
import type { Role } from '../support/zoom/rules.ts';
import { USER_AGENT } from '../support/zoom/native-client.ts';
import type { Listing } from '../support/zoom/native-client.ts';
import { SimulatedClient } from '../support/zoom/simulated-client.ts';
import type { ClientOptions } from '../support/zoom/simulated-client.ts';
import { SimulatedMeeting } from '../support/zoom/simulated-meeting.ts';
import { newWindow } from './meeting-browser.ts';
import type { Window } from './meeting-browser.ts';

/** Tuesday's meeting in Berlin, at its very beginning. */
const TUESDAY = minuteFromIso('2026-11-24T09:00:00Z');

const APP = { clientId: 'perennial-app', clientSecret: 'only known to Zoom and us' };

/** Goes on like any clock, from a moment of its own. */
class RunningClock extends SetClock {
  readonly #begun = performance.now();

  override milliseconds(): number {
    return Math.round(this.at * 60_000 + performance.now() - this.#begun);
  }
}

/** The service with its pages, pairs that meet now, and Zoom meetings for them to meet in. */
export class MeetingHouse {
  readonly #windows = new Set<Page>();

  private constructor(
    readonly desk: Desk,
    readonly clock: SetClock,
  ) {}

  static async open(database: TestDatabase): Promise<MeetingHouse> {
    const environment = { ZOOM_CLIENT_ID: APP.clientId, ZOOM_CLIENT_SECRET: APP.clientSecret };
    const clock = new RunningClock(TUESDAY - 24 * 60);
    const rooms = [CalendarsModule, LoopRoom, PeopleModule, DeskModule, AccountsModule, LiveModule];
    const service = await startService(database, rooms, { pages: builtPages(), environment, clock });
    return new MeetingHouse(new Desk(service), clock);
  }

  get url(): string {
    return this.desk.service.url;
  }

  /** A pair whose meeting begins now, each with an account at Zoom. */
  async pair(format: FormatName = 'weekly_30'): Promise<PairInZoom> {
    this.clock.at = TUESDAY - 24 * 60;
    const meeting = await this.desk.meeting({}, format);
    this.clock.at = TUESDAY;
    const { store } = this.desk.service;
    await store.transaction(meeting.team.organisation, async ({ zoom }) => {
      for (const { id } of [meeting.manager, meeting.rep]) await zoom.link(id, `zoom-${id}`, TUESDAY);
    });
    return new PairInZoom(this, meeting, new SimulatedMeeting(`uuid/${meeting.series}==`));
  }

  /** Lets time pass for the service and every window alike. */
  async passes(milliseconds: number): Promise<void> {
    this.clock.at += milliseconds / 60_000;
    for (const page of this.#windows) await page.clock.fastForward(milliseconds);
  }

  /** A window whose time the test may let pass. */
  async window(options: Window = {}): Promise<Page> {
    const page = await newWindow(options);
    await page.clock.install();
    this.#windows.add(page);
    for (const end of ['close', 'crash'] as const)
      page.once(end as 'close', () => this.#windows.delete(page));
    return page;
  }
}

export interface Seat extends Partial<ClientOptions> {
  readonly role?: Role;
  readonly window?: Window;
  /** Their Zoom account; null for a guest. */
  readonly uid?: string | null;
  /** Another page than the panel. */
  readonly homeUrl?: string;
  /** What goes wrong from the start. */
  readonly trouble?: (client: SimulatedClient) => void;
}

/** One pair, its meeting, and the ways in. */
export class PairInZoom {
  readonly #people = new Map<string, ReturnType<SimulatedMeeting['join']>>();

  constructor(
    readonly house: MeetingHouse,
    readonly meeting: Meeting,
    readonly zoom: SimulatedMeeting,
  ) {}

  get listing(): Listing {
    const declared = [...Object.keys(CALLS), ...Object.keys(EVENTS)];
    return { ...APP, homeUrl: `${this.house.url}/meeting`, declared };
  }

  /** Somebody of the pair opens the panel inside Zoom; the manager is host, the rep an ordinary attendee. */
  async inZoom(
    who: Visitor,
    { role, window = {}, uid, homeUrl, trouble, ...options }: Seat = {},
  ): Promise<SimulatedClient> {
    const page = await this.house.window({ userAgent: USER_AGENT, ...window });
    const person = this.#personOf(who, role ?? (who === this.meeting.manager ? 'host' : 'attendee'), uid);
    const now = (): number => this.house.clock.milliseconds();
    const listing = homeUrl === undefined ? this.listing : { ...this.listing, homeUrl };
    const client = await SimulatedClient.attach(page, this.zoom, person, listing, { now, ...options });
    trouble?.(client);
    await client.open();
    return client;
  }

  /** The same person in an ordinary browser, by their personal link. */
  async inBrowser(who: Visitor, window: Window = {}): Promise<Page> {
    const page = await this.house.window(window);
    await page.goto(this.house.url + (await this.linkOf(who)));
    return page;
  }

  async linkOf(who: Visitor): Promise<string> {
    const { key } = await this.meeting.on('2026-11-24', who);
    const { body } = await who.ask('POST', `${this.meeting.path(key)}/session`);
    const { pathname, hash } = new URL(body.link as string);
    return pathname + hash;
  }

  /** The session as the service holds it, in the eyes of one of them. */
  async session(who: Visitor = this.meeting.manager): Promise<SessionView> {
    const { key } = await this.meeting.on('2026-11-24', who);
    const { body } = await who.ask('POST', `${this.meeting.path(key)}/session`);
    const answer = await who.ask('GET', `/api/sessions/${body.session as string}`);
    return answer.body as SessionView;
  }

  #personOf(who: Visitor, role: Role, uid: string | null = `zoom-${who.id}`) {
    const known = this.#people.get(who.id);
    const person = known ?? this.zoom.join({ uid, screenName: who.id, role });
    this.#people.set(who.id, person);
    return person;
  }
}
