import type { Page } from 'playwright-core';
import { MeetingPlatform } from '../../src/meetings/meeting-platform.ts';
import type { Grant } from '../../src/meetings/meeting-platform.ts';
import { freshDatabase } from '../support/database.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

test('F038 to F043: two people in Zoom go through the whole meeting, each with the rights they have', async () => {
  const pair = await house.pair();
  const { meeting } = pair;
  const manager = await pair.inZoom(meeting.manager);
  const rep = await pair.inZoom(meeting.rep);
  const [mPage, rPage] = [manager.page, rep.page];

  await press(mPage, 'Start');
  await sees(rPage, 'Next opens when Ana has written what went well.');
  await sees(mPage, 'Next opens when you have written what went well.');
  for (const page of [mPage, rPage])
    await page.getByRole('button', { name: 'Next', disabled: true }).waitFor();
  await mPage.getByLabel('Say one thing that went well').fill('You asked before you told, twice.');
  await sees(rPage, 'Ana begins with one thing that went well.');
  await rPage.getByRole('button', { name: 'Next', disabled: false }).waitFor();
  await press(mPage, 'Next');
  await sees(rPage, 'There is none from an earlier meeting.');
  await press(rPage, 'Next');

  await rPage.getByLabel('Deal', { exact: true }).fill('Northwind');
  await sees(mPage, 'Northwind');
  await mPage.getByLabel('Next step').fill('Ask Iris who signs.');
  await press(rPage, 'On to the exciting deal');
  await rPage.getByRole('heading', { name: 'The exciting deal' }).waitFor();
  await rPage.getByLabel('Deal', { exact: true }).fill('Contoso');
  await sees(mPage, 'Contoso');
  await press(mPage, 'Next');

  await press(mPage, 'Ask before you tell');
  await sees(mPage, 'Opens when Bo’s answer is noted.');
  await rPage.getByLabel('What would you do differently?').fill('I would wait after the price.');
  await sees(mPage, 'I would wait after the price.');
  await press(mPage, 'Demonstrate');
  await sees(rPage, 'The manager says it the way it could sound.');
  await press(mPage, 'Next');

  await sees(rPage, 'Time for the commitment');
  await rPage.getByLabel('What you will try').fill('After naming a price I count to five.');
  await sees(mPage, 'After naming a price I count to five.');
  await press(mPage, 'Confirm it');
  await sees(rPage, 'Ana confirmed it');
  await press(rPage, 'Confirm it');
  await sees(mPage, 'You both confirmed it.');
  await press(mPage, 'End the meeting');
  await sees(rPage, 'The meeting is over');
  await press(rPage, 'Open your desk in the browser');
  await until(() => rep.called('openUrl').length === 1);
  expect(rep.called('openUrl')[0]!.data).toEqual({ url: `${house.url}/series/${meeting.series}` });

  const session = await pair.session();
  expect(session.commitment).toMatchObject({ edit: 1, confirmed: { manager: true, rep: true } });
  expect(session.outcome).toBe('complete');
  expect([...manager.calls, ...rep.calls].filter(({ refused }) => refused !== null)).toEqual([]);
}, 60_000);

test('from the desk both come into the same meeting, with no Zoom at all', async () => {
  const pair = await house.pair();
  const { manager, rep } = pair.meeting;
  const desk = await house.window({ viewport: { width: 800, height: 800 } });
  await desk.clock.setSystemTime(house.clock.milliseconds());
  await desk.goto(`${house.url}/#token=${manager.token}`);
  const week = desk.getByRole('region', { name: 'This week' });
  await week.getByRole('button', { name: 'Open the meeting' }).click();
  const into = desk.getByRole('link', { name: 'Go into the meeting' });
  const { pathname, hash } = new URL((await into.getAttribute('href'))!);
  await desk.goto(house.url + pathname + hash);
  await press(desk, 'Start');
  const other = await pair.inBrowser(rep);
  await sees(other, 'Ana begins with one thing that went well.');
  expect(desk.url()).toBe(`${house.url}/meeting`);
});

test('somebody connects Zoom once, with a plain challenge, and is let in', async () => {
  const pair = await house.pair();
  const { manager } = pair.meeting;
  const platform = house.desk.service.app.get(MeetingPlatform, { strict: false });
  const asked: Grant[] = [];
  const email = `of-${manager.id}@example.com`;
  await house.desk.service.rows('UPDATE person SET email = $1 WHERE id = $2', [email, manager.id]);
  await house.desk.service.rows('DELETE FROM zoom_account WHERE person_id = $1', [manager.id]);
  platform.identify = async (grant) => {
    asked.push(grant);
    return { account: 'zoom-new', email };
  };
  const { page, called } = await unlinked(pair, 'zoom-new');
  await press(page, 'Connect Zoom');
  await page.getByRole('button', { name: 'Start' }).waitFor();
  expect(called()).toEqual([{ codeChallenge: asked[0]!.verifier, state: expect.any(String) }]);
});

/** The manager's panel with an account at Zoom that nobody has heard of. */
async function unlinked(pair: Awaited<ReturnType<typeof house.pair>>, uid: string) {
  const redirectUri = 'https://perennial.test/meeting';
  const window = await pair.inZoom(pair.meeting.manager, { uid, redirectUri });
  return { page: window.page, called: () => window.called('authorize').map(({ data }) => data) };
}
