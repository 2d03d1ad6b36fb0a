import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

describe('who may be in the panel', () => {
  test('a guest whom Zoom does not know is shown the way in, and nothing of the meeting', async () => {
    const pair = await house.pair();
    const guest = await pair.inZoom(pair.meeting.rep, { uid: null });
    await sees(guest.page, 'Zoom knows you, Perennial does not yet');
    expect(await guest.page.getByRole('button', { name: 'Start' }).count()).toBe(0);
  });

  test('somebody in the meeting who is not of the pair sees nothing of it', async () => {
    const pair = await house.pair();
    const other = await house.pair();
    const outsider = await pair.inZoom(other.meeting.rep, { uid: 'zoom-nobody' });
    await sees(outsider.page, 'Zoom knows you, Perennial does not yet');
  });

  test('a link that was altered opens nothing', async () => {
    const pair = await house.pair();
    const link = await pair.linkOf(pair.meeting.rep);
    const page = await house.window();
    await page.goto(`${house.url}${link.slice(0, -3)}abc`);
    await page.getByRole('link', { name: 'Go to your desk' }).waitFor();
    expect(page.url()).toBe(`${house.url}/meeting`);
  });
});

describe('two people at once', () => {
  test('Start pressed on two devices starts once, and nobody sees an error', async () => {
    const pair = await house.pair();
    const [panel, twin] = [
      await pair.inZoom(pair.meeting.manager),
      await pair.inBrowser(pair.meeting.manager),
    ];
    const starts = [panel.page, twin].map((page) => page.getByRole('button', { name: 'Start' }));
    for (const start of starts) await start.waitFor();
    const { revision } = await pair.session();
    // Not a click of Playwright's, which would wait for a button that the other press has taken away already.
    await Promise.all(
      starts.map((start) => start.dispatchEvent('click', {}, { timeout: 500 }).catch(() => {})),
    );
    await sees(panel.page, 'Pause');
    await sees(twin, 'Pause');
    await startedOnce(pair, revision, panel.page, twin);
  });

  test('Start on a device that did not hear of the other’s: refused, looked at again, no error', async () => {
    const pair = await house.pair();
    const [panel, twin] = [await pair.inZoom(pair.meeting.manager), await house.window()];
    await panel.page.getByRole('button', { name: 'Start' }).waitFor();
    await twin.route('**/api/sessions/*/stream', () => {});
    await twin.goto(house.url + (await pair.linkOf(pair.meeting.manager)));
    await twin.getByRole('button', { name: 'Start' }).waitFor();
    await twin.clock.pauseAt((await twin.evaluate(() => Date.now())) + 1000);
    const { revision } = await pair.session();
    await press(panel.page, 'Start');
    await sees(panel.page, 'Pause');
    const answer = twin.waitForResponse('**/commands');
    await press(twin, 'Start');
    expect((await answer).status()).toBe(409);
    await sees(twin, 'Pause');
    await startedOnce(pair, revision, panel.page, twin);
  });

  test('either takes the other’s act back within five seconds', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inBrowser(pair.meeting.rep)];
    await press(manager.page, 'Start');
    await press(manager.page, '+2 min');
    await sees(rep, /Ana added 2 min/);
    await press(rep, 'Take it back');
    await sees(manager.page, 'of 1 min');
    expect((await pair.session()).blocks[0]).toMatchObject({ seconds: 60 });
  });

  test('Demonstrate stays closed until the rep’s answer is there (F011)', async () => {
    const pair = await house.pair();
    const { manager } = pair.meeting;
    const panel = await pair.inZoom(manager);
    await runTo(panel.page, 'Coaching');
    const demonstrate = panel.page.getByRole('button', { name: 'On to: Demonstrate' });
    await press(panel.page, 'On to: Ask before you tell');
    await sees(panel.page, 'Opens when Bo’s answer is noted.');
    expect(await demonstrate.getAttribute('aria-disabled')).toBe('true');
    const rep = await pair.inBrowser(pair.meeting.rep);
    await rep.getByLabel('What would you do differently?').fill('Wait.');
    await sees(panel.page, 'Wait.');
    await demonstrate.click();
    await sees(panel.page, 'The manager says it the way it could sound.');
  });
});

describe('the meeting ends', () => {
  test('three seconds after the last word, with the panel gone: the words are there for both', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
    await runTo(manager.page, 'Career and close');
    await rep.page.getByLabel('What you will try').fill('I count to five.');
    await rep.page.close({ runBeforeUnload: true });
    await pair.zoom.end();
    await sees(manager.page, 'The meeting is over');
    await sees(manager.page, 'I count to five.');
    const later = await pair.inBrowser(pair.meeting.rep);
    await press(later, 'Confirm it');
    await press(manager.page, 'Confirm it');
    await sees(later, 'You both confirmed it.');
    expect((await pair.session()).outcome).toBe('complete');
  });

  test('the panel dies without a word: what stood for half a second is there, in the main client too', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
    await runTo(manager.page, 'Career and close');
    await rep.page.getByLabel('What you will try').fill('I count to five.');
    await house.passes(500);
    await until(async () => (await pair.session()).commitment.text !== '');
    await dies(rep.page);
    await pair.zoom.end();
    await sees(manager.page, 'The meeting is over');
    const later = await pair.inZoom(pair.meeting.rep);
    await press(later.page, 'Confirm it');
    await sees(manager.page, 'Bo confirmed it');
    expect((await pair.session()).commitment).toMatchObject({ text: 'I count to five.', edit: 1 });
  });

  test('both panels hear from Zoom that it ended, and it ends once', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
    await press(manager.page, 'Start');
    await sees(rep.page, 'Pause');
    await pair.zoom.end();
    await Promise.all([sees(manager.page, 'The meeting is over'), sees(rep.page, 'The meeting is over')]);
    expect(await rep.page.getByRole('alert').count()).toBe(0);
  });

  test('a reload in the middle brings back the same block and the same second', async () => {
    const pair = await house.pair();
    const page = await pair.inBrowser(pair.meeting.manager);
    await press(page, 'Start');
    await sees(page, 'Pause');
    await house.passes(20_000);
    await sees(page, /0:(40|39|38)/);
    await page.reload();
    await sees(page, /0:(40|39|38|37)/);
  });
});

test('an act whose answer was lost is done once when it is sent again, and nobody sees an error', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.manager);
  await press(page, 'Start');
  await sees(page, 'Pause');
  let lost = 1;
  await page.route('**/commands', async (route) => {
    if (lost-- <= 0) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await press(page, '+2 min');
  await sees(page, 'of 3 min');
  const again = page.waitForResponse('**/commands');
  await house.passes(2000);
  expect((await again).headers()['idempotent-replayed']).toBe('true');
  await press(page, 'Pause');
  await sees(page, 'Go on');
  expect((await pair.session()).blocks[0]).toMatchObject({ seconds: 180 });
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('the service goes away: what was written is kept on the page and sent when it is back', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.manager);
  await press(page, 'Start');
  await page.context().setOffline(true);
  await page.getByLabel('Say one thing that went well').fill('You waited.');
  await sees(page, 'Perennial cannot be reached.');
  await page.context().setOffline(false);
  await house.passes(2000);
  await sees(page, 'Saved');
  const session = await pair.session();
  expect(session.you === 'manager' && session.preparation.positive).toBe('You waited.');
});

/** As when the client ends the process of a webview: the page is not told. */
async function dies(page: Page): Promise<void> {
  const line = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void line.send('Page.crash').catch(() => {});
  await crashed;
}

/** One step on, one row in the ledger, and no word of complaint. */
async function startedOnce(pair: PairInZoom, before: number, ...pages: readonly Page[]): Promise<void> {
  const { revision, done } = await pair.session();
  expect([revision, done?.sentence]).toEqual([before + 1, expect.stringMatching(/started/)]);
  const sql = "SELECT 1 FROM ledger WHERE series_id = $1 AND kind = 'start session'";
  expect(await house.desk.service.rows(sql, [pair.meeting.series])).toHaveLength(1);
  for (const page of pages) expect(await page.getByRole('alert').count()).toBe(0);
}

/** Through the meeting as the manager, up to this block. */
async function runTo(page: Page, block: string): Promise<void> {
  await press(page, 'Start');
  await page.getByLabel('Say one thing that went well').fill('You waited.');
  for (;;) {
    const here = page.getByRole('heading', { level: 1 });
    const name = await here.innerText();
    if (name === block) return;
    await press(page, 'Next');
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: name }).waitFor();
  }
}
