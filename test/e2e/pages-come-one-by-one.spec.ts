import type { Page } from 'playwright-core';
import { texts } from '../../zoom-app/look/texts.ts';
import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';

const HELEN = 'helen@demo.example';
const AUDIT = '**/assets/audit-page-*.js';

const house = await DemoHouse.open(await freshDatabase());

/** The scripts that a page asks for from now on. */
function scriptsOf(page: Page): string[] {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname);
  });
  return scripts;
}

function heading(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name }).waitFor();
}

test('A page loads what its address asks for, and another page’s program only when somebody goes there', async () => {
  const page = await house.visit(HELEN, '/people');
  await heading(page, texts.people.title);
  const scripts = scriptsOf(page);
  await page.getByRole('link', { name: texts.nav.audit }).click();
  await heading(page, texts.audit.title);
  await page.getByRole('link', { name: texts.nav.people }).click();
  await heading(page, texts.people.title);
  expect(scripts).toEqual([expect.stringMatching(/audit-page/)]);
});

test('A page that cannot be loaded says so, and comes when it is loaded again', async () => {
  const page = await house.visit(HELEN, '/people');
  await heading(page, texts.people.title);
  await page.route(AUDIT, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('link', { name: texts.nav.audit }).click();
  await heading(page, texts.missed.title);
  expect(await page.getByRole('alert').innerText()).toBe(texts.missed.why);
  await page.getByRole('link', { name: texts.nav.people }).click();
  await heading(page, texts.people.title);
  await page.getByRole('link', { name: texts.nav.audit }).click();
  await page.unroute(AUDIT);
  await page.getByRole('button', { name: texts.missed.again }).click();
  await heading(page, texts.audit.title);
});

test('A page that was missed once comes when somebody goes there again', async () => {
  const page = await house.visit(HELEN, '/people');
  await heading(page, texts.people.title);
  await page.route(AUDIT, (route) => route.abort());
  await page.getByRole('link', { name: texts.nav.audit }).click();
  await heading(page, texts.missed.title);
  await page.unroute(AUDIT);
  await page.getByRole('link', { name: texts.nav.people }).click();
  await heading(page, texts.people.title);
  await page.getByRole('link', { name: texts.nav.audit }).click();
  await heading(page, texts.audit.title);
});
