import type { Act, Facts } from '../../../src/domain/facts.ts';
import { minuteFromIso } from '../../../src/domain/minute.ts';
import type { Occurrence } from '../../../src/domain/occurrence.ts';
import type { Slot } from '../../../src/domain/slot.ts';
import { PollAccount } from '../../../src/reconcile/poll-account.ts';
import { ReconcileSeries } from '../../../src/reconcile/reconcile-series.ts';
import type { Outcome } from '../../../src/reconcile/reconcile-series.ts';
import { FakeCalendar } from '../fake-calendar.ts';
import { MemoryStore } from '../memory-store.ts';
import { TestClock } from '../test-clock.ts';
import { accountOf, LINK, newFacts, OpenCalendars, QuietLog, SERIES } from '../world.ts';
import type { Setting } from '../world.ts';
import { GoogleWorld } from './google-world.ts';

export const MEETING = 'Ana and Bo: weekly 1-on-1';
export const BO = 'bo@acme.test';
const ACCOUNT = 'ana-google';

/** Ana meets Bo on Tuesdays at 10:00 in Berlin: the loop on Ana's calendar at Google. Bo has a calendar elsewhere. */
export class GooglePair {
  readonly clock: TestClock;
  readonly google: GoogleWorld;
  readonly store = new MemoryStore();
  readonly #reconcile: ReconcileSeries;
  readonly #poll: PollAccount;
  #facts!: Facts;

  constructor(setting: Setting = {}) {
    this.clock = new TestClock(minuteFromIso(setting.now ?? '2026-11-20T08:00Z'));
    this.google = new GoogleWorld('ana@acme.test', this.clock);
    const facts = newFacts(setting);
    const account = { ...accountOf(ACCOUNT, 'ana'), provider: 'google' as const };
    this.store.seed({ facts, account, others: [accountOf('bo-calendar', 'bo')] });
    const calendars = new OpenCalendars(
      new Map([
        [ACCOUNT, this.google.calendar],
        ['bo-calendar', new FakeCalendar()],
      ]),
    );
    const around = { store: this.store, calendars, clock: this.clock, log: new QuietLog(), link: () => LINK };
    this.#reconcile = new ReconcileSeries(around);
    this.#poll = new PollAccount(around, 10);
  }

  /** Placed and quiet. */
  static async settled(setting: Setting = {}): Promise<GooglePair> {
    const pair = new GooglePair(setting);
    await pair.settle();
    return pair;
  }

  /** Looks until nothing is left to do, or the outside world has to be waited for. */
  async settle(): Promise<Outcome> {
    for (let looks = 0; ; looks++) {
      const outcome = await this.#reconcile.run(SERIES);
      if (outcome.kind === 'again' && looks < 8) continue;
      const known = await this.store.transaction('acme', ({ series }) =>
        series.load(SERIES, this.clock.now()),
      );
      this.#facts = known!.facts;
      return outcome;
    }
  }

  /** Asks Google what changed. @returns how many looks came of it */
  async poll(): Promise<number> {
    await this.#poll.run('acme', ACCOUNT);
    const jobs = this.store.takeJobs(this.clock.now());
    return jobs.filter((job) => job.name === 'reconcile-series').length;
  }

  async at(iso: string): Promise<Outcome> {
    this.clock.advance(minuteFromIso(iso) - this.clock.now());
    return this.settle();
  }

  /** Time passes, and what is due is done. @returns the requests to Google for polls and for looks */
  async livesFor(minutes: number): Promise<{ polls: number; looks: number }> {
    const { calls } = this.google;
    const asked = { polls: 0, looks: 0 };
    for (let minute = 0; minute < minutes; minute++) {
      this.clock.advance(1);
      const now = this.clock.now();
      const before = calls.made;
      for (const { account } of await this.store.dueAccounts(now, 10))
        if (account === ACCOUNT) await this.poll();
      const between = calls.made;
      for (const _ of await this.store.dueSeries(now, 10)) await this.settle();
      asked.polls += between - before;
      asked.looks += calls.made - between;
    }
    return asked;
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** The meeting of a week, named by any of its days. */
  meeting(day: string): Occurrence {
    const at = minuteFromIso(`${day}T12:00Z`);
    return this.facts.occurrences.find(({ week }) => week.start <= at && at < week.end)!;
  }

  say(act: Omit<Act, 'id' | 'at' | 'by'> & Record<string, unknown>): void {
    this.store.act(SERIES, { ...act, id: `act-${this.clock.now()}`, at: this.clock.now(), by: 'rep' } as Act);
  }

  /** What stands in Ana's calendar in the seven days from a Monday. */
  standing(monday: string): readonly Slot[] {
    const from = Temporal.PlainDate.from(monday);
    return this.google.standing(`${monday}T00:00:00Z`, `${from.add({ days: 7 }).toString()}T00:00:00Z`);
  }

  reasons(kind: string): readonly string[] {
    return this.store
      .ledgerOf('acme')
      .filter((row) => row.kind === kind)
      .map(({ because }) => because);
  }

  get account() {
    return this.store.transaction('acme', ({ accounts }) => accounts.load(ACCOUNT));
  }
}
