import type { Page } from 'playwright-core';
import { Config } from '../../src/config.ts';
import type { Command, SessionView } from '../../src/live/live.api.ts';
import { freshDatabase } from '../support/database.ts';
import type { Visitor } from '../support/http.ts';
import { wav } from '../support/recordings.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';
import { expectOpenToAll } from './open-to-all.ts';

const WORDS = 'After naming a price I count to five.';
const NARROW = { width: 320, height: 760 };

const house = await MeetingHouse.open(await freshDatabase());

/** Both have met on the page a day early; the manager has not confirmed yet. */
async function metEarly(): Promise<PairInZoom> {
  const pair = await house.pair();
  house.clock.at -= 24 * 60;
  const { manager, rep } = pair.meeting;
  await does(pair, manager, { do: 'prepare', positive: 'You waited.' });
  await does(pair, manager, { do: 'start' });
  await does(pair, rep, { do: 'commit', text: WORDS });
  await does(pair, rep, { do: 'confirm', edit: 1 });
  await does(pair, manager, { do: 'end' });
  return pair;
}

async function does(pair: PairInZoom, who: Visitor, command: Command): Promise<SessionView> {
  const { session, revision } = await pair.session(who);
  const body = { expected: revision, command };
  return (await who.ask('POST', `/api/sessions/${session}/commands`, body)).body as SessionView;
}

async function deskOf(pair: PairInZoom, who: Visitor, width = 800): Promise<Page> {
  const page = await house.window({ viewport: { ...NARROW, width } });
  await page.clock.setSystemTime(house.clock.milliseconds());
  await page.goto(`${house.url}/series/${pair.meeting.series}#token=${who.token}`);
  return page;
}

test('of a meeting that was run early both desks say so, with what was done and what is missing', async () => {
  const pair = await metEarly();
  for (const who of [pair.meeting.manager, pair.meeting.rep]) {
    const week = (await deskOf(pair, who)).locator('.card', { hasText: 'Tuesday 24 November' });
    await week
      .getByText(/^Run on the page on Mon 23 Nov, 10:00 to 10:00\. That was before its slot/)
      .waitFor();
    await week.getByText('Done: commitment written.').waitFor();
    await week.getByText('Missing: a clip, a confirmation.').waitFor();
    await week.getByRole('button', { name: 'See what you kept' }).waitFor();
  }
  await does(pair, pair.meeting.manager, { do: 'confirm', edit: 1 });
  const narrow = await deskOf(pair, pair.meeting.manager, NARROW.width);
  await narrow.getByText('Done: commitment confirmed by both.').waitFor();
  await narrow.getByText('Missing: a clip.', { exact: true }).waitFor();
  await expectOpenToAll(narrow, NARROW.width);
}, 60_000);

test('an admin sees that it was run and what is missing, no word of it and no way in', async () => {
  const pair = await metEarly();
  const page = await deskOf(pair, pair.meeting.admin);
  const week = page.locator('.card', { hasText: 'Tuesday 24 November' });
  await week.getByText('Done: commitment written.').waitFor();
  expect(await week.getByRole('button', { name: /See what you kept|Open the meeting/ }).count()).toBe(0);
  expect(await page.content()).not.toContain(WORDS);
});

test('the meeting opens beside the desk, can be read again there, and leads back', async () => {
  const pair = await metEarly();
  const desk = await deskOf(pair, pair.meeting.rep);
  await desk.getByRole('button', { name: 'See what you kept' }).click();
  const link = desk.getByRole('link', { name: 'Read it (in a new tab)' });
  await link.waitFor();
  await desk.locator('a:focus', { hasText: 'Read it' }).waitFor();
  const { pathname, hash } = new URL((await link.getAttribute('href'))!);
  await link.evaluate((element, here) => element.setAttribute('href', here), house.url + pathname + hash);
  const [page] = await Promise.all([desk.context().waitForEvent('page'), link.click()]);
  await page.getByRole('heading', { name: 'The meeting is over' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'What you will try' }).inputValue()).toBe(WORDS);
  await page.getByRole('link', { name: 'Back to your desk' }).click();
  await page.waitForURL(`${house.url}/series/${pair.meeting.series}`);
  await page.getByRole('button', { name: 'See what you kept' }).waitFor();
});

test('a recording whose time is over is said to be gone, and what was said in it can be read', async () => {
  const pair = await house.pair();
  const { manager, rep } = pair.meeting;
  const clip = `${house.url}/api/sessions/${(await pair.session()).session}/clip`;
  const headers = { Authorization: `Bearer ${manager.token}`, 'Content-Type': 'audio/wav' };
  await fetch(clip, { method: 'PUT', headers, body: new Uint8Array(wav(10)) });
  const lines = [{ at: 0, speaker: 'Dana', text: 'So what does it cost?' }];
  await rep.ask('PUT', `${new URL(clip).pathname}/transcript`, { lines });
  await does(pair, manager, { do: 'start' });
  await does(pair, manager, { do: 'end' });
  const gone = 'The recording was removed when its time was over.';
  const before = await pair.inBrowser(rep);
  await before.getByText('So what does it cost?').waitFor();
  expect(await before.getByText(gone).count()).toBe(0);

  const { clips } = house.desk.service.app.get(Config, { strict: false });
  house.clock.at += clips.days * 24 * 60;
  const later = await pair.inBrowser(rep);
  await later.getByText(gone).waitFor();
  await later.getByText('So what does it cost?').waitFor();
});
