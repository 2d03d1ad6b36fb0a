import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { newPage } from './browser.ts';
import { DemoHouse } from './demo-house.ts';

const MAYA = 'maya@demo.example';
const HELEN = 'helen@demo.example';

const house = await DemoHouse.open(await freshDatabase());

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as { violations: readonly Violation[] };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

const PLACES = [
  ['the desk', MAYA, '/', { role: 'region', name: 'This week' }],
  ['the calendar page', MAYA, '/calendar', { role: 'button', name: 'Read it now' }],
  ['the audit', HELEN, '/audit', { role: 'grid', name: 'All pairs by weeks' }],
  ['the people page', HELEN, '/people', { role: 'button', name: 'Make the pair' }],
  ['a page that is not there', HELEN, '/nowhere', { role: 'link', name: 'Go to your desk' }],
] as const;

const LOOKS = [
  ['light', 320],
  ['dark', 320],
  ['light', 1280],
  ['dark', 1280],
] as const;

describe.each(LOOKS)('in %s at %i px', (colorScheme, width) => {
  const options = { colorScheme, viewport: { width, height: 800 } };

  test.each(PLACES)('%s has nothing that axe-core finds, and fits', async (_, who, path, { role, name }) => {
    const page = await house.visit(who, path, options);
    await page.getByRole(role, { name }).first().waitFor();
    for (const details of await page.locator('main details:not([open]) > summary').all()) {
      if (await details.isVisible()) await details.click();
    }
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('the forms of a meeting have nothing that axe-core finds, and fit', async () => {
    const page = await house.visit(MAYA, '/', options);
    const week = page.getByRole('region', { name: 'This week' });
    for (const act of ['Move it', 'Cannot make it', 'Mark leave']) {
      await week.getByRole('button', { name: act }).first().click();
      await week.locator('.act-form h3').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
  });

  test('the sign-in page has nothing that axe-core finds, and fits', async () => {
    const page = await newPage(options);
    await page.goto(house.service.url);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});
