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
import { MicrosoftWorld } from './microsoft-world.ts';

export const MEETING = 'Ana and Bo: weekly 1-on-1';
export const BO = 'bo@acme.test';
const ACCOUNT = 'ana-microsoft';

/** Ana meets Bo on Tuesdays at 10:00 in Berlin: the loop on Ana's calendar in Outlook. Bo has a calendar elsewhere. */
export class MicrosoftPair {
  readonly clock: TestClock;
  readonly microsoft: MicrosoftWorld;
  readonly store = new MemoryStore();
  readonly calendars: OpenCalendars;
  readonly #reconcile: ReconcileSeries;
  readonly #poll: PollAccount;
  #facts!: Facts;

  constructor(setting: Setting = {}) {
    this.clock = new TestClock(minuteFromIso(setting.now ?? '2026-11-20T08:00Z'));
    this.microsoft = new MicrosoftWorld('ana@acme.test', this.clock);
    const account = accountOf(ACCOUNT, 'ana');
    this.store.seed({ facts: newFacts(setting), account, others: [accountOf('bo-calendar', 'bo')] });
    this.calendars = new OpenCalendars(
      new Map([
        [ACCOUNT, this.microsoft.calendar],
        ['bo-calendar', new FakeCalendar()],
      ]),
    );
    const { store, calendars, clock } = this;
    const around = { store, calendars, clock, log: new QuietLog(), link: () => LINK };
    this.#reconcile = new ReconcileSeries(around);
    this.#poll = new PollAccount(around, 10);
  }

  /** Placed and quiet. */
  static async settled(setting: Setting = {}): Promise<MicrosoftPair> {
    const pair = new MicrosoftPair(setting);
    await pair.settle();
    return pair;
  }

  /** Looks until nothing is left to do, or the outside world has to be waited for. */
  async settle(): Promise<Outcome> {
    for (let looks = 0; ; looks++) {
      const outcome = await this.look();
      if (outcome.kind !== 'again' || looks === 8) return outcome;
    }
  }

  async look(): Promise<Outcome> {
    const outcome = await this.#reconcile.run(SERIES);
    const now = this.clock.now();
    const known = await this.store.transaction('acme', ({ series }) => series.load(SERIES, now));
    this.#facts = known!.facts;
    return outcome;
  }

  /** Asks Microsoft what changed. @returns how many looks came of it */
  async poll(): Promise<number> {
    await this.#poll.run('acme', ACCOUNT);
    const jobs = this.store.takeJobs(this.clock.now());
    return jobs.filter((job) => job.name === 'reconcile-series').length;
  }

  async at(iso: string): Promise<Outcome> {
    this.clock.advance(minuteFromIso(iso) - this.clock.now());
    return this.settle();
  }

  /** Another process takes over, which remembers nothing of this one. */
  restart(): void {
    this.calendars.byAccount.set(ACCOUNT, this.microsoft.open(this.microsoft.restarted()));
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** The meeting of a week, named by any of its days. */
  meeting(day: string): Occurrence {
    const at = minuteFromIso(`${day}T12:00Z`);
    return this.facts.occurrences.find(({ week }) => week.start <= at && at < week.end)!;
  }

  get cancelActs() {
    return this.facts.occurrences.flatMap(({ cancelActs }) => cancelActs);
  }

  say(act: Omit<Act, 'id' | 'at' | 'by'> & Record<string, unknown>): void {
    const at = this.clock.now();
    this.store.act(SERIES, { ...act, id: `act-${at}`, at, by: 'rep' } as Act);
  }

  /** What stands in Ana's calendar in the seven days from a Monday. */
  standing(monday: string): readonly Slot[] {
    const until = Temporal.PlainDate.from(monday).add({ days: 7 }).toString();
    return this.microsoft.standing(`${monday}T00:00:00Z`, `${until}T00:00:00Z`);
  }

  /** Events of their own, beside the series. */
  alone() {
    return [...this.microsoft.mailbox.items.values()].filter(({ recurrence }) => recurrence === null);
  }

  reasons(kind: string): readonly string[] {
    const rows = this.store.ledgerOf('acme').filter((row) => row.kind === kind);
    return rows.map(({ because }) => because);
  }
}
