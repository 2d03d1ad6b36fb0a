import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { startTestServer } from '../support/test-server.ts';
import { seedSessions } from './live-seed.ts';
import { serveProduct } from './live-server.ts';
import { median } from './measure.ts';
import type { Table } from './measure.ts';
import { filesOf, hello } from './panel-weight.ts';

const LOADS = 15;
const SLOWER = 4;

/** The panel as the service serves it, by a personal link to a running session, beside two pages of one script. */
interface Addresses {
  readonly react: string;
  readonly panel: string;
  readonly floor: string;
}

/** Milliseconds since the navigation began. */
interface Taken {
  readonly react: number[];
  readonly panel: number[];
  readonly floor: number[];
  /** Until the panel shows the session's current block. */
  readonly block: number[];
}

/** P11: the time until something is painted on a computer four times slower, over loopback, from an empty cache. */
export async function panelPaint(): Promise<Table> {
  const [react, floor] = [await serveHello('react-hello.js'), await serveHello('sdk-alone.js')];
  const { panel, stop } = await servePanel();
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const taken = await measure(browser, { react: addressOf(react), panel, floor: addressOf(floor) });
  await browser.close();
  await stop();
  for (const server of [react, floor]) server.close();
  return table(median(taken.react), median(taken.panel), median(taken.floor), median(taken.block));
}

function table(react: number, panel: number, floor: number, block: number): Table {
  const ratio = panel / floor;
  const before = (shown: number) => ({
    measured: `${Math.round(react - shown)} ms before`,
    met: shown < react,
  });
  return {
    title: `First paint at ${SLOWER}x CPU throttle, median of ${LOADS}`,
    rows: [
      { what: 'a hello in React', shown: `${Math.round(react)} ms` },
      { what: 'the panel', shown: `${Math.round(panel)} ms` },
      { what: 'the panel, until it shows the session', shown: `${Math.round(block)} ms` },
      { what: 'the SDK and one word', shown: `${Math.round(floor)} ms` },
    ],
    goals: [
      { says: 'before the hello in React', ...before(panel) },
      { says: 'at most 1.15 times the floor', measured: `${ratio.toFixed(2)} times`, met: ratio <= 1.15 },
    ],
  };
}

/** They take turns, so a slow moment of the machine hits them alike. The first turn only warms up. */
async function measure(browser: Browser, { react, panel, floor }: Addresses): Promise<Taken> {
  const taken: Taken = { react: [], panel: [], floor: [], block: [] };
  for (let load = 0; load <= LOADS; load++) {
    const turn = {
      react: await onPage(browser, react, firstPaint),
      floor: await onPage(browser, floor, firstPaint),
      ...(await onPage(browser, panel, async (page) => ({
        panel: await firstPaint(page),
        block: await blockShown(page),
      }))),
    };
    if (load > 0)
      for (const name of ['react', 'panel', 'floor', 'block'] as const) taken[name].push(turn[name]);
  }
  return taken;
}

async function onPage<Seen>(
  browser: Browser,
  url: string,
  look: (page: Page) => Promise<Seen>,
): Promise<Seen> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const line = await context.newCDPSession(page);
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(url);
  const seen = await look(page);
  await context.close();
  return seen;
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => new PerformanceObserver((list) =>
    list.getEntriesByName('first-contentful-paint').forEach(({ startTime }) => done(startTime))
  ).observe({ type: 'paint', buffered: true }))`);
}

/** Notes when the timer's block has been painted: in the frame after the one that it was drawn in. */
const WATCH = `globalThis.blockShown = new Promise((shown) => {
  new MutationObserver((_, watch) => {
    if (!document.querySelector('.timer h1')) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(shown));
  }).observe(document, { subtree: true, childList: true });
})`;

function blockShown(page: Page): Promise<number> {
  return page.evaluate('blockShown');
}

async function servePanel(): Promise<{ panel: string; stop: () => Promise<void> }> {
  const database = await startTestServer();
  const url = database.server.url('postgres');
  const key = randomBytes(32);
  const dataSource = await createDataSource({ url }).initialize();
  await migrate(dataSource);
  await dataSource.destroy();
  const [session] = await seedSessions(url, key, 1);
  const product = await serveProduct(url, key);
  const stop = async (): Promise<void> => {
    await product.stop();
    await database.stop();
  };
  return { panel: `http://127.0.0.1:${product.port}/meeting#link=${session!.link}`, stop };
}

async function serveHello(file: string): Promise<Server> {
  const files = await filesOf(hello(file));
  const scripts = files.map(({ name }) => `<script type="module" src="/${name}"></script>`).join('');
  const body = `<!doctype html><html lang="en"><head>${scripts}</head><body><div id="app"></div></body></html>`;
  const zipped = new Map(
    [...files, { name: '', body }].map(({ name, body }) => [`/${name}`, gzipSync(body, { level: 9 })]),
  );
  const server = createServer(({ url }, response) => {
    const type = url === '/' ? 'text/html' : 'text/javascript';
    const found = zipped.get(url!);
    response.writeHead(found ? 200 : 404, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(found);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
