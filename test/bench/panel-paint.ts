import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { median } from './measure.ts';
import type { Table } from './measure.ts';
import { filesOf, hello, panelConfig } from './panel-weight.ts';
import type { BuiltFile } from './panel-weight.ts';

const LOADS = 15;
const SLOWER = 4;

/** P11: the time until something is painted on a computer four times slower, over loopback, from an empty cache. */
export async function panelPaint(): Promise<Table> {
  const sites = {
    react: serve(await helloSite('react-hello.js')),
    panel: serve(await filesOf(panelConfig())),
    floor: serve(await helloSite('sdk-alone.js')),
  };
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const taken: Record<keyof typeof sites, number[]> = { react: [], panel: [], floor: [] };
  for (let load = 0; load <= LOADS; load++) {
    for (const name of ['react', 'panel', 'floor'] as const) {
      const milliseconds = await firstPaint(browser, addressOf(await sites[name]));
      if (load > 0) taken[name].push(milliseconds);
    }
  }
  await browser.close();
  for (const site of Object.values(sites)) (await site).close();
  const [react, panel, floor] = [median(taken.react), median(taken.panel), median(taken.floor)];
  const ratio = panel / floor;
  return {
    title: `First paint at ${SLOWER}x CPU throttle, median of ${LOADS}`,
    rows: [
      { what: 'a hello in React', shown: `${Math.round(react)} ms` },
      { what: 'the panel', shown: `${Math.round(panel)} ms` },
      { what: 'the SDK and one word', shown: `${Math.round(floor)} ms` },
    ],
    goals: [
      {
        says: 'before the hello in React',
        measured: `${Math.round(react - panel)} ms before`,
        met: panel < react,
      },
      { says: 'at most 1.15 times the floor', measured: `${ratio.toFixed(2)} times`, met: ratio <= 1.15 },
    ],
  };
}

async function helloSite(file: string): Promise<readonly BuiltFile[]> {
  const files = await filesOf(hello(file));
  const scripts = files.map(({ name }) => `<script type="module" src="/${name}"></script>`).join('');
  const body = `<!doctype html><html lang="en"><head>${scripts}</head><body><div id="app"></div></body></html>`;
  return [...files, { name: 'meeting.html', body }];
}

async function firstPaint(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(url);
  const paint = await page.evaluate(`new Promise((done) => new PerformanceObserver((list) =>
    list.getEntriesByName('first-contentful-paint').forEach(({ startTime }) => done(startTime))
  ).observe({ type: 'paint', buffered: true }))`);
  await context.close();
  return paint as number;
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

async function serve(files: readonly BuiltFile[]): Promise<Server> {
  const zipped = new Map(files.map(({ name, body }) => [`/${name}`, gzipSync(body, { level: 9 })]));
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/meeting.html' : request.url!;
    const body = zipped.get(path);
    const type = TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream';
    response.writeHead(body ? 200 : 404, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
