import { fastify } from 'fastify';
import type { Page } from 'playwright-core';
import { builtPages, servePages } from '../../src/platform/pages.ts';
import { words } from '../../zoom-app/meeting/words.ts';
import { newWindow } from './meeting-browser.ts';

const service = fastify();

beforeAll(async () => {
  servePages(service, builtPages());
  await service.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(() => service.close());

/** Opens the panel with a link. Its program is held back until `come` is called; nobody answers the link. */
async function openWithoutProgram(page: Page): Promise<{ come: () => void }> {
  let come = (): void => {};
  const coming = new Promise<void>((resolve) => (come = resolve));
  await page.route('**/*.js', (route) => coming.then(() => route.continue()));
  await page.route('**/sign-in/**', () => {});
  await page.goto(`${service.listeningOrigin}/meeting#link=anything`, { waitUntil: 'commit' });
  return { come };
}

test('The page itself says that the meeting opens, before its program is there', async () => {
  const page = await newWindow();
  await openWithoutProgram(page);
  await page.getByRole('heading', { level: 1, name: words.name }).waitFor();
  await page.getByText(words.entry.opening, { exact: true }).waitFor();
  expect(await page.locator('.stuck').isVisible()).toBe(false);
});

test('The program takes over what stands there, and nothing jumps', async () => {
  const page = await newWindow();
  const { come } = await openWithoutProgram(page);
  const said = await page.getByText(words.entry.opening, { exact: true }).elementHandle();
  const place = await said.boundingBox();
  const asked = page.waitForRequest('**/sign-in/link');
  come();
  await asked;
  await page.locator('.stuck').waitFor({ state: 'detached' });
  expect(await page.getByRole('main').innerText()).toBe(`${words.name}\n\n${words.entry.opening}`);
  expect(await said.evaluate(({ isConnected }) => isConnected)).toBe(true);
  expect(await said.boundingBox()).toEqual(place);
});

test('A program that never comes: after a while the page says what to do', async () => {
  const page = await newWindow();
  await openWithoutProgram(page);
  const stuck = page.getByText('Please load the page again');
  await stuck.waitFor({ state: 'attached' });
  await page.evaluate('document.getAnimations().forEach((appearing) => appearing.finish())');
  expect(await stuck.isVisible()).toBe(true);
});
