import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from './launch-chromium.ts';

let browser: Browser | undefined;
const pages: Page[] = [];

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()));
});

afterAll(async () => {
  await browser?.close();
});

/** Debian's Chromium with a profile of its own; what the page complains about fails the test. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= await launchChromium();
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  pages.push(page);
  return page;
}
