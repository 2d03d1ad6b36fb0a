import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { startTestServer } from '../support/test-server.ts';
import { wav } from '../support/wav.ts';
import { seedSessions } from './live-seed.ts';
import type { SeededSession } from './live-seed.ts';
import { serveProduct } from './live-server.ts';
import type { Table } from './measure.ts';

const SECONDS = 20;
const CLOCK_WRONG_MS = 7 * 60_000;

/** What a person still takes for the same moment. */
const GOAL_MS = 250;

interface Line {
  readonly what: string;
  /** Milliseconds on the way there and back. */
  readonly up: number;
  readonly down: number;
}

const LINES: readonly Line[] = [
  { what: 'no latency', up: 0, down: 0 },
  { what: '300 ms there and back', up: 150, down: 150 },
  { what: '300 ms, all of it on the way back', up: 0, down: 300 },
];

interface Gaps {
  readonly timer: readonly number[];
  readonly clip: readonly number[];
}

/** How far two screens are apart, of which one has a clock that is seven minutes wrong and a slow line. */
export async function panelGap(): Promise<Table> {
  const { server, stop } = await startTestServer();
  const url = server.url('postgres');
  const key = randomBytes(32);
  const dataSource = await createDataSource({ url }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  const sessions = await seedSessions(url, key, LINES.length);
  const product = await serveProduct(url, key);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  const gaps: Gaps[] = [];
  for (const [nth, line] of LINES.entries()) {
    gaps.push(await gapsOver(line, browser, product.port, sessions[nth]!));
  }
  await browser.close();
  await product.stop();
  await stop();
  return table(gaps);
}

function table(gaps: readonly Gaps[]): Table {
  const rows = LINES.flatMap(({ what }, nth) =>
    (['timer', 'clip'] as const).map((which) => ({
      what: `${which}, ${what}`,
      shown: `${part(gaps[nth]![which], 0.5)} / ${part(gaps[nth]![which], 0.99)} ms`,
    })),
  );
  const worst = Math.max(
    ...gaps.slice(0, 2).flatMap(({ timer, clip }) => [part(timer, 0.99), part(clip, 0.99)]),
  );
  const goal = {
    says: `p99 under ${GOAL_MS} ms where both ways are alike`,
    measured: `${worst} ms`,
    met: worst < GOAL_MS,
  };
  return { title: 'Two screens apart, one clock seven minutes wrong: p50 / p99', rows, goals: [goal] };
}

async function gapsOver(line: Line, browser: Browser, port: number, session: SeededSession): Promise<Gaps> {
  await toTheClip(`http://127.0.0.1:${port}`, session);
  const slow = await slowLine(port, line);
  const near = await open(browser, `http://127.0.0.1:${port}`, session.id, session.tokens[0], 0);
  const slowPort = (slow.address() as AddressInfo).port;
  const far = await open(
    browser,
    `http://127.0.0.1:${slowPort}`,
    session.id,
    session.tokens[1],
    CLOCK_WRONG_MS,
  );
  for (const page of [near, far]) {
    await page.getByRole('button', { name: 'Join clip' }).click();
    await page.getByText('You both hear it').waitFor();
    await delay(4000);
    await page.evaluate(WATCH);
  }
  await near.getByRole('button', { name: 'Play clip' }).click();
  await delay(SECONDS * 1000);
  const [ours, theirs] = [await seenOn(near), await seenOn(far)];
  await Promise.all([near.context().close(), far.context().close()]);
  slow.close();
  return { timer: timerGaps(ours, theirs), clip: clipGaps(ours, theirs) };
}

/** The session in its coaching block, with a recording of half a minute. */
async function toTheClip(base: string, { id, tokens: [token] }: SeededSession): Promise<void> {
  const Authorization = `Bearer ${token}`;
  const path = `${base}/api/sessions/${id}`;
  const bring = { method: 'PUT', headers: { Authorization, 'Content-Type': 'audio/wav' }, body: wav(30) };
  let answer = await fetch(`${path}/clip?start=0&end=30000`, bring);
  for (const command of [
    { do: 'prepare', positive: 'Bench.' },
    ...['deals', 'coaching', 'clip'].map(() => ({ do: 'next' })),
  ]) {
    const { revision: expected } = (await answer.json()) as { revision: number };
    answer = await fetch(`${path}/commands`, {
      method: 'POST',
      headers: { Authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ expected, command }),
    });
  }
}

/** A proxy that holds every byte for a while, whichever way it goes. */
async function slowLine(port: number, { up, down }: Line): Promise<Server> {
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    hold(near, far, up);
    hold(far, near, down);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function hold(from: Socket, to: Socket, milliseconds: number): void {
  from.setNoDelay(true);
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), milliseconds));
  from.on('close', () => setTimeout(() => to.destroy(), milliseconds));
  from.on('error', () => to.destroy());
}

async function open(
  browser: Browser,
  base: string,
  session: string,
  token: string,
  wrong: number,
): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 800 } })).newPage();
  const kept = JSON.stringify(JSON.stringify({ session, token }));
  await page.addInitScript(`sessionStorage.setItem('perennial-session', ${kept}); {
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...parts) { if (parts.length) super(...parts); else super(Right.now() + ${wrong}); }
      static now() { return Right.now() + ${wrong}; }
    };
  }`);
  await page.goto(`${base}/meeting`);
  return page;
}

/** Notes in the page when the timer changes and where the clip is, on the clock that all pages share. */
const WATCH = `{
  const now = () => performance.timeOrigin + performance.now();
  globalThis.seen = { timer: {}, clip: [] };
  new MutationObserver(() => { seen.timer[document.querySelector('.time').textContent] ??= now(); })
    .observe(document.querySelector('.time'), { subtree: true, characterData: true, childList: true });
  const element = document.querySelector('video');
  setInterval(() => element.paused || seen.clip.push([now(), element.currentTime * 1000]), 100);
}`;

interface Seen {
  readonly timer: Readonly<Record<string, number>>;
  readonly clip: readonly (readonly [at: number, position: number])[];
}

async function seenOn(page: Page): Promise<Seen> {
  return (await page.evaluate('seen')) as Seen;
}

function timerGaps(ours: Seen, theirs: Seen): number[] {
  return Object.entries(ours.timer)
    .filter(([text]) => text in theirs.timer)
    .map(([text, at]) => Math.abs(at - theirs.timer[text]!));
}

/** After the first two seconds, in which a late start is caught up. */
function clipGaps(ours: Seen, theirs: Seen): number[] {
  const begun = ours.clip[0]![0] + 2000;
  return ours.clip
    .filter(([at]) => at > begun)
    .map(([at, position]) => {
      const other = theirs.clip.reduce((best, each) =>
        Math.abs(each[0] - at) < Math.abs(best[0] - at) ? each : best,
      );
      return Math.abs(position - at - (other[1] - other[0]));
    });
}

function part(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
}
