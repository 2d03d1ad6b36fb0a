import type { Page, Route } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import type { Visitor } from '../support/http.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

const STREAM = '**/api/sessions/*/stream';

/** What a network between the two and the service can do to a stream. */
const BLOCKS = {
  refused: (route: Route): Promise<void> => route.abort(),
  'swallowed without an answer': (): void => {},
  'answered by somebody else’s page': (route: Route): Promise<void> =>
    route.fulfill({ status: 403, contentType: 'text/html', body: 'Blocked' }),
} as const;

/** From here on a page's time stands still until the test lets it pass: whatever is seen meanwhile needed no waiting. */
async function standStill(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
}

async function withoutStream(pair: PairInZoom, who: Visitor, block: keyof typeof BLOCKS): Promise<Page> {
  const page = await house.window();
  await page.route(STREAM, BLOCKS[block]);
  await page.goto(house.url + (await pair.linkOf(who)));
  await page.getByRole('button', { name: 'Start' }).waitFor();
  return page;
}

test.each(Object.keys(BLOCKS) as (keyof typeof BLOCKS)[])(
  'a stream that is %s: both see the same block two seconds later',
  async (block) => {
    const pair = await house.pair();
    const manager = await withoutStream(pair, pair.meeting.manager, block);
    const rep = await withoutStream(pair, pair.meeting.rep, block);
    await standStill(manager, rep);
    await press(manager, 'Start');
    await sees(manager, 'Pause');
    expect(await rep.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    await house.passes(2000);
    await sees(rep, 'Pause');
    await press(rep, '+2 min');
    await sees(rep, 'of 3 min');
    await house.passes(2000);
    await sees(manager, 'of 3 min');
    const blocks = await Promise.all(
      [manager, rep].map((page) => page.getByRole('heading', { level: 1 }).innerText()),
    );
    expect(blocks).toEqual(['Open', 'Open']);
    expect(await manager.getByRole('alert').count()).toBe(0);
  },
);

test('whoever is let in sees the meeting at once, before anything else was asked for', async () => {
  const pair = await house.pair();
  const page = await house.window();
  await page.route('**/api/sessions/**', () => {});
  await page.goto(house.url + (await pair.linkOf(pair.meeting.rep)));
  await page.getByRole('button', { name: 'Start' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Open');
});

test('with the stream down a nudge from the other panel is enough: nobody waits for the next look', async () => {
  const pair = await house.pair();
  const trouble = ({ page }: { readonly page: Page }): void =>
    void page.route(STREAM, BLOCKS['swallowed without an answer']);
  const manager = await pair.inZoom(pair.meeting.manager, { trouble });
  const rep = await pair.inZoom(pair.meeting.rep, { trouble });
  for (const { page } of [manager, rep]) await page.getByRole('button', { name: 'Start' }).waitFor();
  await until(() => [manager, rep].every((client) => client.called('config').length === 1));
  await standStill(manager.page, rep.page);
  await press(manager.page, 'Start');
  await sees(rep.page, 'Pause');
  await press(rep.page, 'Pause');
  await sees(manager.page, 'Go on');
});

test('a stream that says nothing for 25 seconds is taken for dead and opened again', async () => {
  const pair = await house.pair();
  const rep = await house.window();
  let streams = 0;
  rep.on('response', (response) => {
    if (response.url().endsWith('/stream')) streams++;
  });
  await rep.goto(house.url + (await pair.linkOf(pair.meeting.rep)));
  await rep.getByRole('button', { name: 'Start' }).waitFor();
  await until(() => streams === 1);
  await standStill(rep);
  await house.passes(23_000);
  expect(streams).toBe(1);
  await house.passes(3000);
  await house.passes(1000);
  await until(() => streams === 2);
  const manager = await pair.inBrowser(pair.meeting.manager);
  await press(manager, 'Start');
  await sees(rep, 'Pause');
});

/** Runs in the page. */
const COUNT_TONES = `
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) {
    const { dataset } = document.documentElement;
    dataset.tones = Number(dataset.tones ?? 0) + 1;
    start.call(this, when);
  };`;

describe('F060: what the deals’ cues sound like in a browser', () => {
  const tones = async (page: Page): Promise<number> =>
    Number(await page.locator('html').getAttribute('data-tones'));

  async function inDeals(reducedMotion: 'reduce' | 'no-preference'): Promise<Page> {
    const pair = await house.pair();
    const page = await house.window({ reducedMotion });
    await page.addInitScript(COUNT_TONES);
    await page.goto(house.url + (await pair.linkOf(pair.meeting.manager)));
    await press(page, 'Start');
    await page.getByLabel('Say one thing that went well').fill('You waited.');
    for (const block of ['Open', 'Inspect']) {
      await press(page, 'Next');
      await page.getByRole('heading', { level: 1 }).filter({ hasNotText: block }).waitFor();
    }
    return page;
  }

  test('a tone at 8:00, and none at 10:00 once somebody pressed it off', async () => {
    const page = await inDeals('no-preference');
    const button = page.getByRole('button', { name: 'Soft tone at 8 and 10 minutes' });
    await button.waitFor();
    await house.passes(480_000);
    await sees(page, '8 min are used');
    await until(async () => (await tones(page)) === 1);
    await button.click();
    await house.passes(120_000);
    await sees(page, '10 min are used');
    expect(await tones(page)).toBe(1);
  });

  test('never for somebody who asks for less motion', async () => {
    const page = await inDeals('reduce');
    await house.passes(480_000);
    await sees(page, '8 min are used');
    expect(await tones(page)).toBe(0);
  });
});
