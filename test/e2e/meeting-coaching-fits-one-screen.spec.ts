import type { Locator, Page } from 'playwright-core';
import type { Command } from '../../src/live/live.api.ts';
import { freshDatabase } from '../support/database.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

/** The narrowest and lowest that Zoom lets a panel be on a Mac. */
const SMALLEST = { width: 320, height: 760 };

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A pair that has come to the coaching block, with the words of a clip on the table. */
async function inCoaching(): Promise<{ pair: PairInZoom; manager: Page; rep: Page }> {
  const pair = await house.pair();
  const window = { viewport: SMALLEST };
  const [manager, rep] = [
    await pair.inBrowser(pair.meeting.manager, window),
    await pair.inBrowser(pair.meeting.rep, window),
  ];
  const lines = [
    { at: 0, speaker: 'Dana', text: 'So what does it cost for forty seats?' },
    { at: 4500, speaker: 'Bo', text: 'Twelve thousand a year, but I can surely do something there.' },
    { at: 9000, speaker: 'Dana', text: 'I would have to ask Iris.' },
  ];
  const path = `/api/sessions/${(await pair.session()).session}`;
  await pair.meeting.rep.ask('PUT', `${path}/clip/transcript`, { lines });
  await press(manager, 'Start');
  await manager.getByLabel('Say one thing that went well').fill('You waited.');
  for (const block of ['Last commitment', 'Deals', 'Coaching']) {
    await press(manager, 'Next');
    for (const page of [manager, rep]) await page.getByRole('heading', { level: 1, name: block }).waitFor();
  }
  return { pair, manager, rep };
}

/** Whether all of these are seen without scrolling. */
async function expectInSight(page: Page, ...parts: readonly Locator[]): Promise<void> {
  await page.evaluate('scrollTo(0, 0)');
  for (const part of [page.getByRole('timer'), ...parts]) {
    const { y, height } = (await part.first().boundingBox())!;
    const below = Math.max(0, Math.round(y + height - SMALLEST.height));
    expect([String(part), y >= 0, below]).toEqual([String(part), true, 0]);
  }
}

test('F041: at 320 by 760 each step stands there with its timer, its question and what it needs', async () => {
  const { manager, rep } = await inCoaching();
  const step = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });
  const field = (name: string) => rep.getByRole('textbox', { name });

  for (const page of [manager, rep])
    await expectInSight(
      page,
      step(page, 'Hear the clip 1 of 5'),
      page.getByRole('button', { name: 'Play clip' }),
    );
  await press(manager, 'On to: Ask before you tell');
  await step(rep, 'Ask before you tell 2 of 5').waitFor();
  await expectInSight(rep, rep.getByText('What do you hear?'), field('What would you do differently?'));
  await field('What would you do differently?').fill('I would wait.');
  await manager.getByText('I would wait.').waitFor();
  await expectInSight(manager, manager.getByText('What do you hear?'), manager.getByText('I would wait.'));
  for (const [name, hint] of [
    ['Demonstrate', 'The manager says it the way it could sound.'],
    ['Role-play', 'The rep tries it, with the customer’s words.'],
  ] as const) {
    await press(manager, `On to: ${name}`);
    await step(rep, name).waitFor();
    for (const page of [manager, rep]) await expectInSight(page, page.getByText(hint));
  }
  await press(rep, 'On to: Commit');
  await expectInSight(rep, step(rep, 'Commit 5 of 5'), field('What you will try'));
  expect(await rep.getByText('So what does it cost').isVisible()).toBe(false);
}, 60_000);

test('a part that folds hands its focus to its title, and never closes around who is writing', async () => {
  const { manager, rep } = await inCoaching();
  await rep.getByRole('button', { name: 'Play clip' }).focus();
  await press(manager, 'On to: Ask before you tell');
  await rep.locator('summary:focus', { hasText: 'The clip' }).waitFor();
  expect(await rep.getByRole('button', { name: 'Play clip' }).isVisible()).toBe(false);
  await rep.keyboard.press('Enter');
  await rep.getByRole('button', { name: 'Play clip' }).waitFor();

  const answer = rep.getByRole('textbox', { name: 'What would you do differently?' });
  await answer.fill('I would wait.');
  await manager.getByText('I would wait.').waitFor();
  await press(manager, 'On to: Demonstrate');
  await rep.getByRole('heading', { level: 2, name: 'Demonstrate' }).waitFor();
  await rep.keyboard.type(' And count.');
  expect(await answer.inputValue()).toBe('I would wait. And count.');
}, 60_000);

test('F043: after an early end the commitment stands open on both screens, ready to be confirmed', async () => {
  const { pair, manager, rep } = await inCoaching();
  await does(pair, { do: 'commit', text: 'I count to five.' });
  await rep.getByRole('heading', { name: COMMITMENT }).waitFor();
  expect(await rep.getByText('I count to five.').isVisible()).toBe(false);
  await does(pair, { do: 'end' });
  for (const page of [manager, rep]) await press(page, 'Confirm it');
  await manager.getByText('You both confirmed it.').waitFor();
}, 60_000);

test('the commitment follows the steps again after it stayed open for who was writing it', async () => {
  const { pair, manager, rep } = await inCoaching();
  const field = rep.getByRole('textbox', { name: 'What you will try' });
  const goes = async (button: string, to: string): Promise<void> => {
    await press(manager, button);
    await rep.getByRole('heading', { level: 2, name: new RegExp(`^${to} \\d of 5$`) }).waitFor();
  };
  await does(pair, { do: 'answer', text: 'I would wait.' });
  for (const to of ['Ask before you tell', 'Demonstrate', 'Role-play', 'Commit'])
    await goes(`On to: ${to}`, to);
  await field.fill('Ask first.');
  await goes('Step back', 'Role-play');
  expect(await field.isVisible()).toBe(true);
  await field.blur();
  await goes('Step back', 'Demonstrate');
  await field.waitFor({ state: 'hidden' });
  for (const to of ['Role-play', 'Commit']) await goes(`On to: ${to}`, to);
  await field.waitFor();
  await goes('Step back', 'Role-play');
  await field.waitFor({ state: 'hidden' });
}, 60_000);

const COMMITMENT = 'This week’s commitment';

/** What the rep does by other means than the panel. */
async function does(pair: PairInZoom, command: Command): Promise<void> {
  const { rep } = pair.meeting;
  const { session, revision } = await pair.session(rep);
  const { status } = await rep.ask('POST', `/api/sessions/${session}/commands`, {
    expected: revision,
    command,
  });
  expect(status).toBe(200);
}
