import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './launch-chromium.ts';

/** What a browser demands before it lets anything sound: a tap anywhere, or one for each element like WebKit. */
export type Autoplay = 'document-user-activation-required' | 'user-gesture-required';

const browsers = new Map<Autoplay, Promise<Browser>>();
const open: Page[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((page) => page.context().close()));
});

afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close();
});

export interface Window extends BrowserContextOptions {
  readonly autoplay?: Autoplay;
}

/** A window of its own, 320 px wide as Zoom's panel can be; what the page complains about fails the test. */
export async function newWindow({ autoplay, ...options }: Window = {}): Promise<Page> {
  const policy = autoplay ?? 'document-user-activation-required';
  const context = await (
    await browserWith(policy)
  ).newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    viewport: { width: 320, height: 800 },
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  open.push(page);
  return page;
}

function browserWith(policy: Autoplay): Promise<Browser> {
  const browser = browsers.get(policy) ?? launchChromium(`--autoplay-policy=${policy}`);
  browsers.set(policy, browser);
  return browser;
}

const PATIENCE_MS = 15_000;

/** Waits for a state of the world outside the page. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error(`It never came true: ${holds}`);
    await delay(20);
  }
}
