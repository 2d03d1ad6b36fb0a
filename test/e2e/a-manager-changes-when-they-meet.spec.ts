import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';
import { expectOpenToAll } from './open-to-all.ts';

const NARROW = { viewport: { width: 320, height: 800 } };

const house = await DemoHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** An admin's request, for what this story only needs. */
async function admin(method: string, path: string, body: object): Promise<{ readonly id: string }> {
  const token = await house.tokenOf('helen@demo.example');
  const { status, body: answer } = await house.service.ask(method, path, { token, body });
  if (status >= 300) throw new Error(JSON.stringify(answer));
  return answer as { readonly id: string };
}

test('a manager changes the anchor, having read what happens, and could have taken it back', async () => {
  const page = await house.visit('maya@demo.example', '/', NARROW);
  const rhythm = page.locator('.series header p.quiet').first();
  const before = await rhythm.innerText();
  await press(page, 'Change when you meet');
  await page.getByText('This week stays as it is.', { exact: false }).waitFor();
  await page.getByLabel('Weekday').selectOption('Friday');
  await page.getByLabel('Time', { exact: true }).fill('23:45');
  await expectOpenToAll(page, 320);
  await press(page, 'Change it');
  await page.clock.runFor(5000);
  await page.locator('.field .failure').waitFor();
  expect(await page.getByLabel('Weekday').inputValue()).toBe('5');

  await page.getByLabel('Time', { exact: true }).fill('14:30');
  await press(page, 'Change it');
  await page.getByText('From next week on you meet on Friday at 14:30.').waitFor();
  await press(page, 'Take it back');
  expect(await rhythm.innerText()).toBe(before);
  await press(page, 'Change it');
  await page.clock.runFor(5000);
  await page.locator('.act-saved', { hasText: 'from next week on you meet on Friday at 14:30' }).waitFor();
  await rhythm.getByText('Every Friday at 14:30').waitFor();
});

test('who has moved abroad is told that the series stays, until they let it follow; the rep is not asked', async () => {
  const token = await house.tokenOf('lena@demo.example');
  const { body } = await house.service.ask('GET', '/api/series', { token });
  const series = body.items[0] as { id: string; manager: { id: string }; anchor: { zone: string } };
  await admin('PATCH', `/api/people/${series.manager.id}`, { zone: 'America/New_York' });
  const rep = await house.visit('lena@demo.example', `/series/${series.id}`);
  await rep.locator('.series header').waitFor();
  expect(await rep.locator('.series header').getByText('change its anchor').count()).toBe(0);
  expect(await rep.getByRole('button', { name: 'Change when you meet' }).count()).toBe(0);

  const page = await house.visit('helen@demo.example', `/series/${series.id}`, NARROW);
  const warning = page.locator('.series header').getByText(/^The series stays on .* time; change its anchor/);
  await warning.waitFor();
  await press(page, 'Change when you meet');
  await page.getByLabel('Time zone').fill('America/New_York');
  await press(page, 'Change it');
  await page.clock.runFor(5000);
  await warning.waitFor({ state: 'detached' });
});

test('F081: who makes a series that meets more seldom than weekly is warned', async () => {
  const { id: rep } = await admin('POST', '/api/people', {
    name: 'Nia Berg',
    email: 'nia@demo.example',
    roles: ['rep'],
  });
  const people = await house.service.ask('GET', '/api/people', {
    token: await house.tokenOf('helen@demo.example'),
  });
  const maya = (people.body.items as { id: string; email: string }[]).find(
    ({ email }) => email === 'maya@demo.example',
  )!;
  await admin('POST', '/api/pairs', { manager: maya.id, rep });
  const page = await house.visit('maya@demo.example', '/', NARROW);
  await page.getByRole('heading', { name: 'Start the 1-on-1 with Nia Berg' }).waitFor();
  await page.getByLabel('How often').selectOption('Every 2 weeks');
  await press(page, 'Start it');
  await page.getByText('Meeting every 2 weeks gives half the effect', { exact: false }).waitFor();
  await expectOpenToAll(page, 320);
});

test('the days to choose from are those on which the organisation works', async () => {
  await admin('PATCH', '/api/organisation', { workingDays: [1, 2, 3, 4, 6] });
  const page = await house.visit('maya@demo.example', '/', NARROW);
  await press(page, 'Change when you meet');
  await page.getByLabel('Weekday').getByRole('option', { name: 'Saturday' }).waitFor({ state: 'attached' });
  const days = await page.getByLabel('Weekday').getByRole('option').allInnerTexts();
  expect(days.toSorted()).toEqual(['Monday', 'Saturday', 'Thursday', 'Tuesday', 'Wednesday']);
});
