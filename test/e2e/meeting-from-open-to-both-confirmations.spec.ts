import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
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
  await mPage.getByLabel('Say one thing that went well').fill('You asked before you told, twice.');
  await sees(rPage, 'Ana begins with one thing that went well.');
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

  await rPage.getByLabel('What would you do differently?').fill('I would wait after the price.');
  await sees(mPage, 'I would wait after the price.');
  await press(mPage, 'Ask before you tell');
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

  const session = await pair.session();
  expect(session.commitment).toMatchObject({ edit: 1, confirmed: { manager: true, rep: true } });
  expect(session.outcome).toBe('complete');
  expect([...manager.calls, ...rep.calls].filter(({ refused }) => refused !== null)).toEqual([]);
}, 60_000);
