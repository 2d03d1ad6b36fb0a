import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { Radicale } from '../support/radicale.ts';
import { DemoHouse } from './demo-house.ts';
import { expectOpenToAll } from './open-to-all.ts';

const HELEN = 'helen@demo.example';
const NARROW = { viewport: { width: 320, height: 800 } };

const house = await DemoHouse.open(await freshDatabase());
const radicale = await Radicale.start();
afterAll(() => radicale.stop());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const saved = (page: Page, method: string) =>
  page.waitForResponse((response) => response.request().method() === method && response.ok());

test('an admin changes the working week and its holidays, and the page shows what was kept', async () => {
  const page = await house.visit(HELEN, '/people', NARROW);
  await page.getByLabel('Saturday', { exact: true }).check();
  await page.getByLabel(/Two cancels among the last four/).uncheck();
  await press(page, 'Save the week');
  await page.getByText('Saved.', { exact: true }).last().waitFor();
  await page.getByLabel('Day on which nobody works').fill('2026-12-24');
  await press(page, 'Add the holiday');
  await page.getByText('24 December 2026').waitFor();
  await expectOpenToAll(page, 320);

  await page.reload();
  expect(await page.getByLabel('Saturday', { exact: true }).isChecked()).toBe(true);
  expect(await page.getByLabel(/Two cancels among the last four/).isChecked()).toBe(false);
  const holiday = page.getByRole('listitem').filter({ hasText: '24 December 2026' });
  await holiday.getByRole('button', { name: 'Take it out' }).click();
  await holiday.waitFor({ state: 'detached' });
});

test('an admin changes somebody’s working hours and approves leave, then withdraws it', async () => {
  const page = await house.visit(HELEN, '/people', NARROW);
  await press(page, 'Hours and leave of Rui Costa');
  const monday = page.getByLabel('Monday', { exact: true }).and(page.getByRole('textbox'));
  await monday.fill('17:00 to 09:00');
  await press(page, 'Save the hours');
  await page.getByText('must begin before they end', { exact: true }).waitFor();
  await monday.fill('09:00 to 12:00, 13:00 to 17:00');
  const kept = saved(page, 'PATCH');
  await press(page, 'Save the hours');
  expect((await (await kept).json()).hours['1']).toEqual([
    { from: '09:00', until: '12:00' },
    { from: '13:00', until: '17:00' },
  ]);
  await page.getByLabel('First day away').fill('2026-12-07');
  await page.getByLabel('Last day away').fill('2026-12-11');
  await press(page, 'Approve leave');
  const leave = page.getByRole('listitem').filter({ hasText: /^7 December 2026 to 11 December 2026/ });
  await leave.waitFor();
  await expectOpenToAll(page, 320);
  await leave.getByRole('button', { name: 'Withdraw' }).click();
  await leave.waitFor({ state: 'detached' });
});

test('a manager keeps a series in another calendar, and every meeting stays at its time', async () => {
  await radicale.makeCalendar('ana', 'Team');
  const { url, user, password } = radicale.login('ana');
  const page = await house.visit('maya@demo.example', '/calendar');
  await page.getByLabel('Address of the server').fill(url);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await press(page, 'Find my calendars');
  await page.getByLabel('Which calendar?').selectOption('Team');
  await press(page, 'Connect it');
  await page.locator('.account', { hasText: 'Team' }).waitFor();

  await page.setViewportSize(NARROW.viewport);
  await page.getByRole('link', { name: 'Desk' }).click();
  const time = page
    .locator('.card')
    .first()
    .getByText(/\d\d:\d\d to \d\d:\d\d/)
    .first();
  const before = await time.innerText();
  await press(page, 'Keep it in another calendar');
  await page.getByText('Every meeting keeps its time.', { exact: false }).waitFor();
  await expectOpenToAll(page, 320);
  await press(page, 'Move the series');
  await page.getByText('Moving the series to: Team, CalDAV calendar.').waitFor();
  const moved = saved(page, 'PATCH');
  await page.clock.runFor(5000);
  const { provider, sentence } = await (await moved).json();
  expect(provider).toBe('caldav');
  await page.locator('.act-saved', { hasText: sentence }).waitFor();
  expect(await time.innerText()).toBe(before);
});

test('an admin ends a pair with a reason, having read what happens, and could have taken it back', async () => {
  const page = await house.visit(HELEN, '/people', NARROW);
  const pair = page.getByRole('listitem').filter({ hasText: 'Maya Lindqvist, Rui Costa' });
  await pair.getByRole('button', { name: 'End this pair' }).click();
  await pair.getByText('Nothing more is owed', { exact: false }).waitFor();
  await expectOpenToAll(page, 320);
  await pair.getByLabel('Why does it end?').selectOption('A role changed');
  await pair.getByRole('button', { name: 'End it' }).click();
  await pair.getByRole('button', { name: 'Take it back' }).click();
  await pair.getByRole('button', { name: 'End it' }).click();
  await page.clock.runFor(5000);
  await pair.getByText('Ended', { exact: false }).waitFor();
  await pair.getByText('a role changed').waitFor();
  expect(await house.service.rows('SELECT ended_because FROM pair WHERE ended_at IS NOT NULL')).toEqual([
    { ended_because: 'role_changed' },
  ]);
});
