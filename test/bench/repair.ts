import { setTimeout as delay } from 'node:timers/promises';
import { GoogleFake } from '../support/google/google-fake.ts';
import { GooglePerson } from '../support/google/google-person.ts';
import type { Table } from './measure.ts';
import { RepairHouse, TITLE } from './repair-house.ts';
import type { Household } from './repair-house.ts';

const ACCOUNTS = 1000;
/** The first ones only warm up. */
const WARM_UP = 3;
const ONE_BY_ONE = 20;
const BURST = 100;
/** Milliseconds that a repair may take before it counts as lost. */
const PATIENCE_MS = 20_000;
/** Placing so many series uses up what a minute allows a project at Google: the repairs begin in a fresh one. */
const FRESH_MINUTE_MS = 61_000;
/** The peer asks every calendar once a minute. */
const PEER_MS = 60_000;

/** A deletion, from Google's message at our door to the meeting standing again. Milliseconds of performance.now(). */
interface Repair {
  readonly toldAt: number;
  /** How long Google itself took for the calls up to then. */
  vendorMs: number;
  calls: number;
  stoodAt: number | null;
}

/** Time from a notification to the calendar repaired, with many accounts that stand. */
export async function repairTime(): Promise<Table> {
  const bench = new RepairBench();
  try {
    return table(await bench.run());
  } finally {
    await bench.house?.stop();
  }
}

class RepairBench {
  house: RepairHouse | null = null;
  readonly #google = new GoogleFake(() => Math.floor(Temporal.Now.instant().epochMilliseconds / 60_000));
  readonly #first = Temporal.Now.plainDateISO('Europe/Berlin');
  readonly #repairs = new Map<string, Repair>();
  #delivered: Promise<void>[] = [];

  async run(): Promise<{ alone: Repair[]; burst: Repair[] }> {
    const house = await RepairHouse.open(this.#google, this.#fetch);
    this.house = house;
    const households = await house.settle(ACCOUNTS, this.#tuesday.toString());
    this.#google.watches.outbox.length = 0;
    await delay(FRESH_MINUTE_MS);
    await house.worker.onApplicationBootstrap();
    const alone: Repair[] = [];
    for (const household of households.slice(0, WARM_UP + ONE_BY_ONE)) {
      alone.push(await this.#remove(household));
      await this.#quiet();
    }
    const burst = await Promise.all(households.slice(-BURST).map((household) => this.#remove(household)));
    await this.#quiet();
    await Promise.all(this.#delivered);
    return { alone: alone.slice(WARM_UP), burst };
  }

  /** A Tuesday in at least a week: its meeting can be put anywhere in its week. */
  get #tuesday(): Temporal.PlainDate {
    return this.#first.add({ days: 7 + ((9 - this.#first.dayOfWeek) % 7) });
  }

  async #remove({ email }: Household): Promise<Repair> {
    const repair: Repair = { toldAt: performance.now(), vendorMs: 0, calls: 0, stoodAt: null };
    this.#repairs.set(email, repair);
    await new GooglePerson(this.#google, email).deleteOccurrence(TITLE, `${this.#tuesday.toString()}T10:00`);
    this.#pump();
    return repair;
  }

  /** What Google has to say arrives at once, our own writes' echoes included. */
  #pump(): void {
    for (const { headers } of this.#google.watches.outbox.splice(0)) {
      const named = [headers['x-goog-channel-id'], headers['x-goog-resource-id']] as const;
      this.#delivered.push(this.house!.webhook.take(headers['x-goog-channel-token'], ...named));
    }
  }

  readonly #fetch: typeof fetch = async (input, init) => {
    const begin = performance.now();
    const answer = await this.#google.fetch(input, init);
    const now = performance.now();
    const headers = input instanceof Request ? input.headers : new Headers(init?.headers);
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? null;
    const email = this.#google.oauth.grantOf(token)?.email ?? '';
    const repair = this.#repairs.get(email);
    if (repair?.stoodAt === null) this.#note(repair, email, now - begin, now);
    this.#pump();
    return answer;
  };

  #note(repair: Repair, email: string, took: number, now: number): void {
    repair.vendorMs += took;
    repair.calls++;
    if (this.#stands(email)) repair.stoodAt = now;
  }

  #stands(email: string): boolean {
    const monday = this.#tuesday.subtract({ days: 1 });
    const [timeMin, timeMax] = [monday, monday.add({ days: 5 })].map((day) => `${day.toString()}T00:00:00Z`);
    const query = { timeMin: [timeMin!], timeMax: [timeMax!], singleEvents: ['true'] };
    const { lister } = this.#google.calendars.get(email)!;
    const { items } = lister.list(new Map(Object.entries(query))) as { items: object[] };
    return items.length > 0;
  }

  /** Until everything stands again, or nobody believes in it any more. */
  async #quiet(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while ([...this.#repairs.values()].some(({ stoodAt }) => stoodAt === null)) {
      if (performance.now() > until) return;
      await new Promise((resolve) => void setTimeout(resolve, 2));
    }
  }
}

function table({ alone, burst }: { alone: Repair[]; burst: Repair[] }): Table {
  const all = [...alone, ...burst];
  const lost = all.filter(({ stoodAt }) => stoodAt === null).length;
  const calls = Math.max(...all.map((repair) => repair.calls));
  const took = (repairs: readonly Repair[]) =>
    repairs.map(({ toldAt, stoodAt }) => (stoodAt ?? Infinity) - toldAt);
  // A deletion falls anywhere between two polls.
  const peer = took(alone).map((work, i) => work + (PEER_MS * (i + 0.5)) / alone.length);
  const p99 = at(took(burst), 0.99);
  return {
    title: `${ACCOUNTS} Google accounts: from a notification to the calendar repaired, p99`,
    rows: [
      row('polled every minute (computed)', peer, 'the work after the poll is taken to be ours'),
      row('ours, one deletion at a time', took(alone), `${ONE_BY_ONE} deletions, ${lost} lost`),
      row(
        `ours, ${BURST} deletions at once`,
        took(burst),
        `${Math.round(BURST / (Math.max(...took(burst)) / 1000))} repairs/s`,
      ),
      row(
        'floor: the calls to Google alone',
        all.map(({ vendorMs }) => vendorMs),
        `at most ${calls} calls each, no network`,
      ),
    ],
    goals: [
      { says: 'nothing is lost', measured: String(lost), met: lost === 0 },
      { says: 'p99 of a burst within 10 s', measured: ms(p99), met: p99 <= 10_000 },
      {
        says: 'p50 alone within 250 ms',
        measured: ms(at(took(alone), 0.5)),
        met: at(took(alone), 0.5) <= 250,
      },
    ],
  };
}

function row(what: string, values: readonly number[], note: string): Table['rows'][number] {
  return { what, shown: ms(at(values, 0.99)), note: `p50 ${ms(at(values, 0.5))}; ${note}` };
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;
}

function ms(value: number): string {
  return value < 1000 ? `${value.toPrecision(3)} ms` : `${(value / 1000).toPrecision(3)} s`;
}
