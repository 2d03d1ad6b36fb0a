import type { Page } from 'playwright-core';
import { minuteFromIso } from '../../src/domain/minute.ts';
import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());

/** Presses Tab until something of this name has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) break;
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.innerText());
    if (typeof name === 'string' ? label === name : name.test(label)) return;
  }
  throw new Error(`nothing called ${String(name)} can be reached with Tab`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

const open = async (): Promise<Page> => {
  const page = await house.visit('maya@demo.example');
  await page.getByRole('region', { name: 'This week' }).waitFor();
  return page;
};

async function placeOf(title: string): Promise<string> {
  const [series] = await house.service.rows<{ id: string }>('SELECT id FROM series WHERE title = $1', [
    title,
  ]);
  return `/series/${series!.id}`;
}

test('the first Tab offers to skip to the page', async () => {
  const page = await open();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the page');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').getAttribute('id')).toBe('main');
});

test('what cannot be undone says what will happen, and can be taken back for five seconds', async () => {
  const page = await open();
  const week = page.getByRole('region', { name: 'This week' });
  await press(page, 'Cannot make it');
  await week.getByText(/Perennial will move the meeting to the best time left this week/).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('c');
  await page.keyboard.press('Tab');
  await page.keyboard.type('dentist');
  await press(page, 'Cannot make it');
  expect(await page.locator(':focus').innerText()).toBe('Take it back');
  await page.keyboard.press('Enter');
  expect(await page.locator(':focus').innerText()).toBe('You cannot make it?');
  await page.clock.runFor(6000);
  expect(await week.locator('.card-state').innerText()).toBe('Scheduled');
  expect(await week.getByRole('textbox', { name: /Anything to add/ }).inputValue()).toBe('dentist');
});

test('a move shows at once, is sent after five seconds, and says that it is saved', async () => {
  const page = await open();
  const week = page.getByRole('region', { name: 'This week' });
  await press(page, 'Move it');
  await week.getByText('Both of you are free at these times:').waitFor();
  await press(page, /^Tue 24 Nov, \d\d:\d\d/);
  expect(await week.locator('.card-state').innerText()).toBe('Moved');
  await page.clock.runFor(5000);
  await week.getByText('Saved.').waitFor();
  await week
    .getByText(/It was moved to Tuesday 24 Nov, \d\d:\d\d in Berlin \(\d\d:\d\d in Lisbon\) in Perennial/)
    .waitFor();
});

test('what was typed stays when it is refused, with the sentence of the API', async () => {
  const page = await open();
  const week = page.getByRole('region', { name: 'This week' });
  await press(page, 'Move it');
  const field = week.getByLabel('Another time this week');
  await page.evaluate('for (const form of document.forms) form.noValidate = true');
  await field.fill('2026-12-24T10:00');
  await field.press('Enter');
  await page.clock.runFor(5000);
  await week.getByText(/lies outside the week that owes this meeting/).waitFor();
  expect(await field.inputValue()).toBe('2026-12-24T10:00');
});

test('once it is over, both say that it was held, and so it ends', async () => {
  house.service.clock.at = minuteFromIso('2026-11-25T12:00Z');
  for (const [who, last] of [
    ['maya@demo.example', 'You said that it was held.'],
    ['rui@demo.example', 'Held, both say'],
  ] as const) {
    const page = await house.visit(who, await placeOf('1-on-1: Maya and Rui'));
    const week = page.getByRole('region', { name: 'This week' });
    await week.getByRole('heading', { name: 'Was it held?' }).waitFor();
    await press(page, 'It was held');
    await week.getByText(last).waitFor();
  }
});
