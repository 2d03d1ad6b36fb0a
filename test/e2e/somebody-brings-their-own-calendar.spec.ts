import { freshDatabase } from '../support/database.ts';
import { Radicale } from '../support/radicale.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());
const radicale = await Radicale.start();
afterAll(() => radicale.stop());

test('a calendar that cannot be reached is told in plain words, and what was typed stays', async () => {
  const page = await house.visit('maya@demo.example', '/calendar');
  await page.getByLabel('Address of the server').fill('http://127.0.0.1:9/');
  await page.getByLabel('User name').fill('ana');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Find my calendars' }).click();
  await page.getByText('does not answer', { exact: false }).first().waitFor();
  expect(await page.getByLabel('User name').inputValue()).toBe('ana');
});

test('a real CalDAV calendar is found by address, user and password, chosen and connected', async () => {
  await radicale.makeCalendar('ana', 'Team');
  const { url, user, password } = radicale.login('ana');
  const page = await house.visit('maya@demo.example', '/calendar');
  await page.getByLabel('Address of the server').fill(url);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Find my calendars' }).click();
  await page.locator('form .failure').first().waitFor();
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Find my calendars' }).click();
  await page.getByLabel('Which calendar?').selectOption('Team');
  await page.getByRole('button', { name: 'Connect it' }).click();
  const account = page.locator('.account', { hasText: 'Team' });
  await account.getByText('Connected.', { exact: false }).waitFor();
  await account.getByText('Used for new series').waitFor();
});
