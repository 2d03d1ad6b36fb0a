import { randomBytes } from 'node:crypto';
import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { startTestServer } from '../support/test-server.ts';
import { connectStreams, connectWs } from './live-clients.ts';
import type { Arrived, Clients } from './live-clients.ts';
import { seedSessions } from './live-seed.ts';
import { serveProduct, serveWs } from './live-server.ts';
import type { Served } from './live-server.ts';
import { seeded } from './measure.ts';
import type { Table } from './measure.ts';

const SESSIONS = 2000;
const SECONDS = 5;
const TICK_MS = 5;
/** About what one session's view weighs. */
const FRAME_BYTES = 4000;
/** Milliseconds that the last update may take to arrive before it counts as lost. */
const PATIENCE_MS = 2000;

interface Measured {
  /** Milliseconds from the sending of an update to its arrival on a screen, sorted. */
  readonly delays: readonly number[];
  readonly lost: number;
  readonly refused: number;
  readonly rate: number;
  readonly kilobytes: number;
}

/** Sessions with two screens each (P10): the built service on PostgreSQL beside bare ws, clients in another process. */
export async function livePush(): Promise<Table> {
  const [, ws] = await measured(await serveWs(FRAME_BYTES), (port, arrived, half) =>
    connectWs(port, SESSIONS, arrived, half),
  );
  const { server, stop } = await startTestServer();
  const url = server.url('postgres');
  const key = randomBytes(32);
  const dataSource = await createDataSource({ url }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  const sessions = await seedSessions(url, key, SESSIONS);
  const [calm, busy] = await measured(await serveProduct(url, key), (port, arrived, half) =>
    connectStreams(port, sessions, arrived, half),
  );
  await stop();
  return table(ws, calm, busy);
}

type Connect = (port: number, arrived: Arrived, half: () => Promise<void>) => Promise<Clients>;

/** At 200 updates a second and then at 1,000 on the same screens: the first run is also the warming up for the second. */
async function measured(served: Served, connectAll: Connect): Promise<[calm: Measured, busy: Measured]> {
  const revisions = new Int32Array(SESSIONS).fill(1);
  let run = new Run(revisions);
  let half = 0;
  const arrived: Arrived = (session, revision, at) => run.arrived(session, revision, at);
  const clients = await connectAll(served.port, arrived, async () => {
    half = await served.rss();
  });
  const kilobytes = ((await served.rss()) - half) / SESSIONS;
  const at = async (rate: number): Promise<Measured> => {
    run = new Run(revisions);
    await run.send(clients, rate);
    return { ...run.result(), kilobytes };
  };
  const both: [Measured, Measured] = [await at(200), await at(1000)];
  clients.close();
  await served.stop();
  return both;
}

/** Updates at an even rate, whether or not the ones before have arrived: what waits, waits in the figures. */
class Run {
  readonly #sent = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #busy = new Uint8Array(SESSIONS);
  readonly #delays: number[] = [];
  readonly #random = seeded(7);
  #refused = 0;
  /** Updates that could not be sent, because every session still waited for one. */
  #overrun = 0;
  #taken = 0;
  #lasted = 1;

  /** @param revisions of the sessions as the screens saw them last; kept up to date */
  constructor(private readonly revisions: Int32Array) {}

  arrived(session: number, revision: number, at: number): void {
    const key = `${session} ${revision}`;
    const sent = this.#sent.get(key);
    this.revisions[session] = Math.max(this.revisions[session]!, revision);
    if (sent === undefined) return;
    this.#delays.push(at - sent);
    const seen = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, seen);
    if (seen === 2) this.#busy[session] = 0;
  }

  async send(clients: Clients, rate: number): Promise<void> {
    const begin = performance.now();
    const answers: Promise<void>[] = [];
    for (let due = 0; due < rate * SECONDS;) {
      const until = Math.min(rate * SECONDS, ((performance.now() - begin) / 1000) * rate);
      for (; due < until; due++) answers.push(this.#one(clients));
      await new Promise((resolve) => void setTimeout(resolve, TICK_MS));
    }
    await Promise.all(answers);
    this.#lasted = (performance.now() - begin) / 1000;
    await new Promise((resolve) => void setTimeout(resolve, PATIENCE_MS));
  }

  result(): Omit<Measured, 'kilobytes'> {
    const expected = this.#taken * 2;
    return {
      delays: this.#delays.toSorted((a, b) => a - b),
      lost: expected - this.#delays.length,
      refused: this.#refused + this.#overrun,
      rate: this.#taken / this.#lasted,
    };
  }

  async #one({ update }: Clients): Promise<void> {
    let session = Math.floor(this.#random() * SESSIONS);
    for (let tries = 0; this.#busy[session] === 1; tries++) {
      if (tries === SESSIONS) return void this.#overrun++;
      session = (session + 1) % SESSIONS;
    }
    this.#busy[session] = 1;
    const revision = this.revisions[session]!;
    this.#sent.set(`${session} ${revision + 1}`, performance.now());
    if (await update(session, revision)) this.#taken++;
    else {
      this.#refused++;
      this.#busy[session] = 0;
    }
  }
}

function table(ws: Measured, calm: Measured, busy: Measured): Table {
  const row = (what: string, { delays, lost, refused, rate, kilobytes }: Measured) => ({
    what,
    microseconds: at(delays, 0.99) * 1000,
    note:
      `p50 ${ms(at(delays, 0.5))}, p99.9 ${ms(at(delays, 0.999))}; ${Math.round(rate)} updates/s, ` +
      `${lost} lost, ${refused} refused; ${kilobytes.toFixed(1)} kB a connection`,
  });
  return {
    title: `${SESSIONS} sessions, ${SESSIONS * 2} screens: p99 from an update to a screen`,
    rows: [
      row('bare ws, 1,000 updates/s, nothing kept', ws),
      row('ours, 200 commands/s, each kept', calm),
      row('ours, 1,000 commands/s, each kept', busy),
    ],
    goals: goals(ws, calm, busy),
  };
}

function goals(ws: Measured, calm: Measured, busy: Measured): Table['goals'] {
  const lost = calm.lost + busy.lost;
  const [p99, kilobytes] = [at(busy.delays, 0.99), busy.kilobytes];
  return [
    { says: 'nothing is lost', measured: String(lost), met: lost === 0 },
    { says: 'at most 20 kB a connection', measured: `${kilobytes.toFixed(1)} kB`, met: kilobytes <= 20 },
    { says: 'p99 at most 10 ms at 1,000 updates/s', measured: ms(p99), met: p99 <= 10 },
    {
      says: 'p99 at most 5 times that of bare ws',
      measured: `${(p99 / at(ws.delays, 0.99)).toPrecision(3)} times`,
      met: p99 <= 5 * at(ws.delays, 0.99),
    },
  ];
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toPrecision(3)} ms`;
}
