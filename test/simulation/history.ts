import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../../src/domain/facts.ts';
import { PollAccount } from '../../src/reconcile/poll-account.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import type { Outcome } from '../../src/reconcile/reconcile-series.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { LINK, OpenCalendars, QuietLog, SERIES, SetClock, accountOf, newFacts } from '../support/world.ts';
import { Bystanders } from './bystanders.ts';
import { Crew, MANAGER, REP } from './crew.ts';
import { BEGIN, Human } from './human.ts';
import type { Deed } from './human.ts';
import { brokenPromises, cancelsIn, expectedAfter } from './invariants.ts';
import { overTheLine } from './line.ts';
import type { Weather } from './line.ts';
import { ParkingStore } from './parking-store.ts';
import { sayings } from './sayings.ts';
import { Scheduler } from './scheduler.ts';

const STEPS = 260;
const LEAPS = [1, 5, 15, 30, 240, 1440, 2880];

/** What was broken in one history, and everything that happened in it. */
export interface Verdict {
  readonly broken: readonly string[];
  readonly trace: readonly string[];
}

/** One way to take a protection away, on the test's side of the loop. */
export interface Ablation {
  readonly without: string;
  readonly from: (history: History) => void;
}

/** One seed's history: two workers, a person, faults, and time; then the faults stop and the promise is checked. */
export class History {
  readonly scheduler: Scheduler;
  readonly calendar: FakeCalendar;
  readonly memory = new MemoryStore();
  readonly store: ParkingStore;
  readonly clock = new SetClock(BEGIN);
  readonly weather: Weather = { faults: true, unreachable: false, empty: false, lostAnswer: () => {} };
  readonly crew: Crew;
  readonly #human: Human;
  readonly #bystanders = new Bystanders();
  readonly #broken: string[] = [];
  readonly #reconcile: ReconcileSeries;
  readonly #poll: PollAccount;
  #serial = 0;
  #deeds = 0;
  /** The last deed, as long as nothing else was done since and the loop had settled before it. */
  #lonely: { readonly deed: Deed; readonly before: Facts; readonly serial: number } | null = null;
  #settled = false;

  /** @param manager makes the manager's calendar, on whatever stands behind it */
  constructor(seed: number, manager: (history: History) => FakeCalendar = () => new FakeCalendar()) {
    this.scheduler = new Scheduler(seed);
    this.calendar = manager(this);
    this.store = new ParkingStore(this.memory, this.scheduler);
    this.#human = new Human(this.calendar, this.scheduler, () => this.clock.at);
    const account = accountOf(MANAGER, 'ana');
    this.memory.seed({ facts: newFacts({}), account, others: [accountOf(REP, 'bo')], nextLook: BEGIN });
    this.#bystanders.settleIn(this.memory, this.calendar, account);
    const calendars = new OpenCalendars(
      new Map([
        [MANAGER, overTheLine(this.calendar, this.weather, this.scheduler)],
        [REP, new FakeCalendar()],
      ]),
    );
    const around = { store: this.store, calendars, clock: this.clock, log: new QuietLog(), link: () => LINK };
    this.#reconcile = new ReconcileSeries(around);
    this.#poll = new PollAccount(around, 10);
    this.crew = new Crew(seed % 4 === 0, {
      scheduler: this.scheduler,
      store: this.store,
      clock: this.clock,
      weather: this.weather,
      work: (job) => (job === 'look' ? this.#look() : this.#poll.run('acme', job)),
      stumbled: (error) => this.#broken.push(`a worker stumbled: ${String(error)}`),
    });
  }

  async run(): Promise<Verdict> {
    for (let step = 0; step < STEPS && this.#broken.length === 0; step++) await this.#step();
    await this.#lastDeed();
    await this.#calm();
    this.#broken.push(...(await this.#check()));
    return { broken: this.#broken, trace: [...this.scheduler.trace, ...this.#ending()] };
  }

  async #step(): Promise<void> {
    const dice = this.scheduler.upTo(100);
    if (dice < 63) await this.scheduler.step();
    else if (dice < 75) await this.crew.start();
    else if (dice < 81) await this.crew.sweep();
    else if (dice < 87) await this.#personActs();
    else if (dice < 93) this.#leap(this.scheduler.pick(LEAPS)!);
    else if (dice < 95) this.crew.kill();
    else if (dice < 96) this.crew.loseLock();
    else this.#changeWeather(dice);
    this.crew.collect();
  }

  async #look(): Promise<void> {
    const serial = this.#serial;
    const outcome = await this.#reconcile.run(SERIES);
    this.scheduler.note(`looked: ${outcome.kind}`);
    if (outcome.kind === 'again' || outcome.kind === 'taken') this.crew.enqueue('look');
    if (outcome.kind === 'settled' && serial === this.#serial) await this.#hasSettled();
  }

  async #hasSettled(): Promise<void> {
    const lonely = this.#lonely;
    this.#lonely = null;
    const after = await this.facts();
    this.#settled = after.asks === null;
    if (!lonely || lonely.serial !== this.#serial) return;
    this.#broken.push(...expectedAfter(lonely.deed, lonely.before, after, this.calendar, this.clock.at));
  }

  async #personActs(): Promise<void> {
    const before = await this.facts();
    const deed = this.scheduler.chance(0.25) ? this.#says(before) : this.#human.act();
    if (!deed) return;
    this.#serial++;
    this.#deeds += deed.cancels;
    this.scheduler.note(`somebody acts: ${JSON.stringify(deed)}`);
    this.#lonely = this.#settled ? { deed, before, serial: this.#serial } : null;
    this.#settled = false;
  }

  /** What people do in Perennial itself. */
  #says(facts: Facts): Deed | null {
    const said = sayings(facts, this.clock.at, this.scheduler, `act-${this.#serial}`);
    if (!said) return null;
    if ('held' in said) for (const word of said.held) this.memory.attest(SERIES, said.on, word, said.of);
    else this.memory.act(SERIES, said.act);
    this.crew.enqueue('look');
    return said.deed;
  }

  #leap(minutes: number): void {
    this.clock.at += minutes;
    this.scheduler.note(`it is ${this.clock.at}`);
  }

  #changeWeather(dice: number): void {
    const { weather } = this;
    if (dice < 98) weather.unreachable = !weather.unreachable && this.scheduler.chance(0.5);
    else weather.empty = !weather.empty && this.scheduler.chance(0.5);
    this.scheduler.note(`weather: ${JSON.stringify(weather)}`);
  }

  /** When all is quiet somebody acts once more, and the worker that asks what changed is killed somewhere on its way. */
  async #lastDeed(): Promise<void> {
    if (this.#broken.length > 0) return;
    Object.assign(this.weather, { unreachable: false, empty: false });
    await this.#drain();
    await this.#personActs();
    this.crew.enqueue(MANAGER);
    await this.crew.start();
    for (let steps = this.scheduler.upTo(8); steps > 0; steps--) await this.scheduler.step();
    this.crew.collect();
    this.crew.kill();
  }

  /** No more faults; a few polls, and where jobs were lost the time until the next regular look. */
  async #calm(): Promise<void> {
    Object.assign(this.weather, { faults: false, unreachable: false, empty: false });
    const rounds = this.crew.losesJobs ? 40 : 6;
    for (let round = 0; round < rounds && this.#broken.length === 0; round++) {
      this.#leap(12);
      await this.#answerBrakes();
      await this.crew.sweep();
      await this.#drain();
    }
  }

  /** Whoever was asked about the whole series answers that it should stand. */
  async #answerBrakes(): Promise<void> {
    if ((await this.facts()).asks === null) return;
    const until = this.clock.at + 600;
    await this.memory.transaction('acme', ({ accounts }) => accounts.release(MANAGER, until));
    this.crew.enqueue('look');
  }

  async #drain(): Promise<void> {
    for (let i = 0; i < 2000; i++) {
      this.crew.collect();
      if (!this.scheduler.isIdle) await this.scheduler.step();
      else if (this.crew.hasWork) await this.crew.start();
      else return;
    }
    this.#broken.push('the loop never comes to rest');
  }

  async facts(): Promise<Facts> {
    const now = this.clock.at;
    const known = await this.memory.transaction('acme', ({ series }) => series.load(SERIES, now));
    return known!.facts;
  }

  async #check(): Promise<string[]> {
    if (this.#broken.length > 0) return [];
    // Time alone may have something to decide in the first of two looks; neither may find anything to write.
    const first = await this.#lastLook();
    const outcome = await this.#lastLook();
    const facts = await this.facts();
    const broken = brokenPromises(facts, this.calendar, this.memory.ledgerOf('acme'), this.clock.at);
    if (first?.kind !== 'settled' || first.writes > 0)
      broken.push(`was not settled: ${JSON.stringify(first)}`);
    if (outcome?.kind !== 'settled' || outcome.steps + outcome.writes > 0)
      broken.push(`a settled plan is not empty: ${JSON.stringify(outcome)}`);
    if (cancelsIn(facts) > this.#deeds) broken.push(`${cancelsIn(facts)} acts counted of ${this.#deeds}`);
    if (!isDeepStrictEqual([...this.calendar.book.foreign], [...this.#human.theirs]))
      broken.push('an appointment of theirs was touched');
    if (this.store.twoWriters) broken.push('two wrote to one calendar at once');
    for (const { copy, text } of this.#human.notes) {
      if (this.calendar.book.copy(copy) === copy && !copy.description.includes(text))
        broken.push(`${text} is lost`);
    }
    if (this.#bystanders.changed(this.calendar)) broken.push('somebody else’s series was touched');
    return broken;
  }

  async #lastLook(): Promise<Outcome | null> {
    let outcome: Outcome | null = null;
    await this.scheduler.begin('last', async () => {
      outcome = await this.#reconcile.run(SERIES);
    });
    while (!this.scheduler.isIdle) await this.scheduler.step();
    return outcome;
  }

  #ending(): string[] {
    return this.memory.ledgerOf('acme').map((row) => row.hash);
  }
}
