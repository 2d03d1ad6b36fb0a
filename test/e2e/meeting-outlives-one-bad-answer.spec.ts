import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('words that the service broke over stay in their field and are sent again', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.rep);
  let broken = 1;
  await page.route('**/commands', (route) =>
    broken-- > 0
      ? route.fulfill({ status: 500, json: { type: '/problems/broken', status: 500, title: '', detail: '' } })
      : route.continue(),
  );
  await page.locator('summary', { hasText: 'Your notes' }).click();
  const notes = page.getByLabel('Your notes');
  const answered = page.waitForResponse('**/commands');
  await notes.fill('I need help with Acme.');
  await notes.blur();
  expect((await answered).status()).toBe(500);
  await page.getByText('What you write stays here').waitFor();
  expect(await notes.inputValue()).toBe('I need help with Acme.');
  await house.passes(2000);
  const { rep } = pair.meeting;
  await until(async () => (await pair.session(rep)).preparation.notes === 'I need help with Acme.');
});

describe('a token that runs out while somebody writes', () => {
  const words = 'I count to five.';

  /** The next command is answered as if its token were good no more. */
  async function runsOut(page: Page): Promise<void> {
    const problem = { type: '/problems/no-token', status: 401, title: '', detail: 'It has run out.' };
    await page.route('**/commands', (route) => route.fulfill({ status: 401, json: problem }), { times: 1 });
    await page.locator('summary', { hasText: 'Your notes' }).click();
    await page.getByLabel('Your notes').fill(words);
    await page.getByLabel('Your notes').blur();
  }

  test('is renewed by Zoom, and the words arrive', async () => {
    const pair = await house.pair();
    const { rep } = pair.meeting;
    const { page } = await pair.inZoom(rep);
    await runsOut(page);
    await until(async () => (await pair.session(rep)).preparation.notes === words);
    await page.getByRole('button', { name: 'Start' }).waitFor();
    expect(await page.getByLabel('Your notes').inputValue()).toBe(words);
  });

  test('leads a browser to the desk, with the words to take along', async () => {
    const pair = await house.pair();
    const page = await pair.inBrowser(pair.meeting.rep);
    await runsOut(page);
    await page.getByRole('link', { name: 'Go to your desk' }).waitFor();
    expect(await page.getByRole('blockquote').innerText()).toBe(words);
  });
});

test('words leave with a page that closes while another command is unanswered', async () => {
  const pair = await house.pair();
  const { rep } = pair.meeting;
  const page = await pair.inBrowser(rep);
  await press(page, 'Start');
  await page.getByText('Pause').waitFor();
  await page.route('**/commands', (route) =>
    route.request().postData()!.includes('pause') ? undefined : route.continue(),
  );
  await press(page, 'Pause');
  await page.locator('summary', { hasText: 'Your notes' }).click();
  await page.getByLabel('Your notes').fill('Ask about Acme.');
  await page.close({ runBeforeUnload: true });
  await until(async () => (await pair.session(rep)).preparation.notes === 'Ask about Acme.');
});

test('a link that reached nobody is tried again, also by a reload, and leaves the address bar once it is answered', async () => {
  const pair = await house.pair();
  const page = await house.window();
  let away = true;
  await page.route('**/sign-in/link', (route) => (away ? route.abort() : route.continue()));
  const link = house.url + (await pair.linkOf(pair.meeting.rep));
  await page.goto(link);
  await page.getByText('Perennial cannot be reached right now.').waitFor();
  await page.reload();
  await page.getByText('Perennial cannot be reached right now.').waitFor();
  expect(page.url()).toBe(link);
  away = false;
  await press(page, 'Try again');
  await page.getByRole('button', { name: 'Start' }).waitFor();
  expect(page.url()).toBe(`${house.url}/meeting`);
  await page.reload();
  await page.getByRole('button', { name: 'Start' }).waitFor();
});
