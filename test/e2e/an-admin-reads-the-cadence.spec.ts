import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());

const open = async (): Promise<Page> => {
  const page = await house.visit('helen@demo.example');
  await page.getByRole('grid', { name: 'All pairs by weeks' }).waitFor();
  return page;
};

test('the grid tells each pair’s weeks, who stands at two cancels and what is owed', async () => {
  const page = await open();
  const lena = page.getByRole('row', { name: /Lena Fuchs/ });
  expect(await lena.innerText()).toMatch(/Two cancels|Recovery (due|booked)/);
  const rui = page.getByRole('link', {
    name: /^Rui Costa and Maya Lindqvist, week of 16 Nov: Held, both say/,
  });
  expect(await rui.count()).toBe(1);
  await page.getByText(/The ledger is whole: \d+ rows/).waitFor();
  await page.getByText('How many of the owed meetings were held each week?').waitFor();
});

test('arrow keys go from cell to cell, Tab leaves the grid, Enter opens the series', async () => {
  const page = await open();
  const nameOfFocused = (): Promise<string | null> => page.locator(':focus').getAttribute('aria-label');
  await page.locator('[role=gridcell] > [tabindex="0"]').focus();
  expect(await page.locator('[role=gridcell] > [tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.locator('#cell-0-7:focus').waitFor();
  const first = await nameOfFocused();
  await page.keyboard.press('ArrowDown');
  await page.locator('#cell-1-7:focus').waitFor();
  expect(await nameOfFocused()).not.toBe(first);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForURL(/\/series\//);
});

test('the same as a table is one key away', async () => {
  const page = await open();
  await page.locator('[role=gridcell] > [tabindex="0"]').focus();
  await page.keyboard.press('t');
  await page.getByRole('table', { name: 'All pairs by weeks' }).waitFor();
  await page.getByRole('table', { name: /How many of the owed meetings/ }).waitFor();
  await page.keyboard.press('t');
  await page.getByRole('grid', { name: 'All pairs by weeks' }).waitFor();
});

test('another period has its own address, and an empty one says so', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Later' }).click();
  await page.waitForURL(/\/audit\?from=2026-12-14&until=2027-02-28/);
  await page.getByLabel('From').fill('2020-01-06');
  await page.getByLabel('Until').fill('2020-02-02');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('No meeting was owed in this period.', { exact: false }).waitFor();
});

test('the rows come as a file', async () => {
  const page = await open();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const rows = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(rows.length).toBeGreaterThan(30);
  expect(download.suggestedFilename()).toMatch(/^cadence-2026-\d\d-\d\d-2026-\d\d-\d\d\.csv$/);
});

test('an admin who looks at a series reads its reasons and is asked for no words', async () => {
  const page = await open();
  await page.getByRole('link', { name: /^Ada Okafor and Maya Lindqvist, week of 12 Oct/ }).click();
  await page
    .getByText(/was deleted from the calendar\. We moved it/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Cannot make it' }).first().click();
  await page.getByText('What gets in the way?').waitFor();
  expect(await page.getByText(/only the two of you/).count()).toBe(0);
  expect(await page.getByText('As a person in the calendar').count()).toBe(0);
});
