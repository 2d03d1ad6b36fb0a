import type { Facts } from '../../src/domain/facts.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { PollAccount } from '../../src/reconcile/poll-account.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import type { Outcome } from '../../src/reconcile/reconcile-series.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { LINK, OpenCalendars, QuietLog, SERIES, SetClock, accountOf, newFacts } from '../support/world.ts';
import { Bystanders } from './bystanders.ts';
import { BEGIN, Human } from './human.ts';
import type { Deed } from './human.ts';
import { brokenPromises, cancelsIn, expectedAfter } from './invariants.ts';
import { overTheLine } from './line.ts';
import type { Weather } from './line.ts';
import { ParkingStore } from './parking-store.ts';
import { Scheduler } from './scheduler.ts';

const STEPS = 260;
const MANAGER = 'ana-calendar';
const REP = 'bo-calendar';
const LEAPS = [1, 5, 15, 30, 240, 1440, 2880];

interface Worker {
  name: string;
  /** What it is at, null while it waits for work. */
  job: string | null;
}

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
  sweeps = true;
  /** Whether jobs get lost on their way to a worker: then only the regular look can help. */
  losesJobs: boolean;
  readonly #human: Human;
  readonly #bystanders = new Bystanders();
  readonly #broken: string[] = [];
  readonly #queue = new Set<string>();
  readonly #workers: Worker[] = [
    { name: 'w1', job: null },
    { name: 'w2', job: null },
  ];
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
    this.losesJobs = seed % 4 === 0;
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
    else if (dice < 75) await this.#startWork();
    else if (dice < 81) await this.#sweep();
    else if (dice < 87) await this.#personActs();
    else if (dice < 93) this.#leap(this.scheduler.pick(LEAPS)!);
    else if (dice < 95) this.#kill();
    else if (dice < 96) this.#loseLock();
    else this.#changeWeather(dice);
    this.#collectJobs();
  }

  /** An idle worker takes a job. */
  async #startWork(): Promise<void> {
    const worker = this.#workers.find((w) => w.job === null);
    const job = this.scheduler.pick([...this.#queue]);
    if (!worker || job === undefined) return;
    this.#queue.delete(job);
    worker.job = job;
    const { name } = worker;
    this.scheduler.note(`${name} takes ${job}`);
    await this.scheduler.begin(name, async () => {
      try {
        await (job === 'look' ? this.#look() : this.#poll.run('acme', job));
      } catch (error) {
        this.#broken.push(`a worker stumbled: ${String(error)}`);
      }
      if (worker.name === name) worker.job = null;
    });
  }

  async #look(): Promise<void> {
    const serial = this.#serial;
    const outcome = await this.#reconcile.run(SERIES);
    this.scheduler.note(`looked: ${outcome.kind}`);
    if (outcome.kind === 'again' || outcome.kind === 'taken') this.#enqueue('look');
    if (outcome.kind === 'settled' && serial === this.#serial) await this.#hasSettled(outcome);
  }

  async #hasSettled(_: Outcome): Promise<void> {
    const lonely = this.#lonely;
    this.#lonely = null;
    const after = await this.facts();
    this.#settled = after.asks === null;
    if (!lonely || lonely.serial !== this.#serial) return;
    this.#broken.push(...expectedAfter(lonely.deed, lonely.before, after, this.calendar, this.clock.at));
  }

  async #sweep(): Promise<void> {
    if (!this.sweeps) return;
    const due = await this.memory.dueSeries(this.clock.at, 50);
    if (due.some(({ series }) => series === SERIES)) this.#enqueue('look');
    for (const { account } of await this.memory.dueAccounts(this.clock.at, 50)) this.#enqueue(account);
  }

  /** What the loop itself asked for; now and then twice, and where jobs get lost, not at all. */
  #collectJobs(): void {
    for (const job of this.memory.takeJobs(this.clock.at)) {
      if (job.name === 'reconcile-series' && job.seriesId === SERIES) this.#enqueue('look');
    }
    if (this.weather.faults && this.scheduler.chance(0.02)) this.#enqueue('look');
  }

  #enqueue(job: string): void {
    if (this.losesJobs && this.weather.faults && this.scheduler.chance(0.5)) return;
    this.#queue.add(job);
  }

  async #personActs(): Promise<void> {
    const before = await this.facts();
    const deed = this.scheduler.chance(0.15) ? this.#says(before) : this.#human.act();
    if (!deed) return;
    this.#serial++;
    this.#deeds += deed.cancels;
    this.scheduler.note(`somebody acts: ${JSON.stringify(deed)}`);
    this.#lonely = this.#settled ? { deed, before, serial: this.#serial } : null;
    this.#settled = false;
  }

  /** "Cannot make it", in Perennial. */
  #says(facts: Facts): Deed | null {
    const coming = facts.occurrences.filter((o) => isOpen(o) && o.slot.start > this.clock.at).slice(0, 3);
    const o = this.scheduler.pick(coming);
    if (!o || !facts.placed) return null;
    const id = `act-${this.#serial}`;
    const act = { kind: 'cannot-make-it' as const, on: keyOf(o), category: 'busy' };
    this.memory.act(SERIES, { ...act, id, at: this.clock.at, by: 'rep' });
    this.#enqueue('look');
    return { cancels: 1, on: { of: 'series', copy: 0, start: startOf(facts, o), slot: o.slot } };
  }

  #leap(minutes: number): void {
    this.clock.at += minutes;
    this.scheduler.note(`it is ${this.clock.at}`);
  }

  #kill(): void {
    const worker = this.scheduler.pick(this.#workers.filter((w) => w.job !== null));
    if (!worker) return;
    this.scheduler.kill(worker.name);
    for (const account of [MANAGER, REP])
      if (this.store.holds(account, worker.name)) this.store.loseLock(account);
    this.#enqueue(worker.job!);
    worker.name += "'";
    worker.job = null;
  }

  /** The connection that holds the lock breaks, and its worker does not know yet. */
  #loseLock(): void {
    const worker = this.#workers.find((w) => this.store.holds(MANAGER, w.name));
    if (!worker) return;
    this.scheduler.note(`${worker.name} lost its lock`);
    this.store.loseLock(MANAGER);
    this.#workers.push({ name: `w${this.#workers.length + 1}`, job: null });
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
    this.#queue.add(MANAGER);
    await this.#startWork();
    for (let steps = this.scheduler.upTo(8); steps > 0; steps--) await this.scheduler.step();
    this.#collectJobs();
    this.#kill();
  }

  /** No more faults; a few polls, and where jobs were lost the time until the next regular look. */
  async #calm(): Promise<void> {
    Object.assign(this.weather, { faults: false, unreachable: false, empty: false });
    const rounds = this.losesJobs ? 40 : 6;
    for (let round = 0; round < rounds && this.#broken.length === 0; round++) {
      this.#leap(12);
      await this.#sweep();
      await this.#drain();
    }
  }

  async #drain(): Promise<void> {
    for (let i = 0; i < 2000; i++) {
      this.#collectJobs();
      if (!this.scheduler.isIdle) await this.scheduler.step();
      else if (this.#queue.size > 0) await this.#startWork();
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

function startOf(facts: Facts, o: Occurrence): number {
  return startInWeek(facts.placed!.rule, o.week)!;
}
