import { freshDatabase } from '../support/database.ts';
import { newPage } from './browser.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());
const { url } = house.service;

describe('sign-in', () => {
  test('a link’s token leaves the address bar and lasts as long as the tab', async () => {
    const page = await house.visit('rui@demo.example');
    await page.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor();
    expect(page.url()).toBe(`${url}/`);
    await page.reload();
    await page.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  test('who signs out does so in every tab of theirs, and in nobody else’s', async () => {
    const page = await house.visit('rui@demo.example');
    const { tab, other } = { tab: await page.context().newPage(), other: await page.context().newPage() };
    for (const [place, email] of [
      [tab, 'rui@demo.example'],
      [other, 'maya@demo.example'],
    ] as const) {
      await place.goto(`${url}/calendar#token=${await house.tokenOf(email)}`);
      await place.getByRole('button', { name: 'Sign out' }).waitFor();
    }
    await page.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await tab.getByRole('button', { name: 'Sign in' }).waitFor();
    await tab.reload();
    await tab.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await other.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true);
  });

  test('without a token a calm page takes one, and an unknown one says what to do', async () => {
    const page = await newPage();
    await page.goto(url);
    await page.getByText('npm run token -- --person EMAIL').waitFor();
    await page.getByLabel('Token').fill('nobody-has-this-one');
    await page.keyboard.press('Enter');
    await page.getByText('The token is unknown or has run out.', { exact: false }).waitFor();
    await page.getByLabel('Token').fill(`${url}/#token=${await house.tokenOf('rui@demo.example')}`);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor();
  });
});

test('an admin adds two people and a pair, and the manager starts their series', async () => {
  const admin = await house.visit('helen@demo.example', '/people');
  for (const [name, email, role] of [
    ['Noor Haddad', 'noor@demo.example', 'manager'],
    ['Sam Lee', 'sam@demo.example', 'rep'],
  ] as const) {
    await admin.getByLabel('Name').fill(name);
    await admin.getByLabel('E-mail').fill(email);
    await admin.getByLabel('Role').selectOption(role);
    await admin.getByRole('button', { name: 'Add', exact: true }).click();
    await admin.getByText(`npm run token -- --person ${email}`).waitFor();
  }
  await admin.getByLabel('Manager', { exact: true }).selectOption('Noor Haddad');
  await admin.getByLabel('Rep', { exact: true }).selectOption('Sam Lee');
  await admin.getByRole('button', { name: 'Make the pair' }).click();
  await admin.getByText('Noor Haddad, Sam Lee').waitFor();

  const manager = await house.visit('noor@demo.example');
  await manager.getByRole('heading', { name: 'Start the 1-on-1 with Sam Lee' }).waitFor();
  await manager.getByLabel('Weekday').selectOption('Thursday');
  await manager.getByLabel('Time', { exact: true }).fill('14:00');
  await manager.getByLabel('Time zone').fill('Europe/Nowhere');
  await manager.getByRole('button', { name: 'Start it' }).click();
  await manager.getByText('must be an IANA zone such as Europe/Berlin', { exact: true }).waitFor();
  expect(await manager.getByLabel('Weekday').inputValue()).toBe('4');
  await manager.getByLabel('Time zone').fill('Europe/Berlin');
  await manager.getByRole('button', { name: 'Start it' }).click();
  await manager.getByRole('heading', { name: 'Sam Lee', level: 1 }).waitFor();
  await manager.getByText('Thursday 26 November, 14:00 to 14:30').waitFor();
});

test('somebody makes the private address that other calendars subscribe to', async () => {
  const page = await house.visit('rui@demo.example', '/calendar');
  await page.getByRole('button', { name: 'Make an address' }).click();
  const address = page.getByLabel('Private address');
  await address.waitFor();
  expect(await address.inputValue()).toMatch(/\/feeds\/[\w-]{43}\.ics$/);
});

test('a service that is away is said so, what is known stays, and nothing typed is lost', async () => {
  const page = await house.visit('jonas@demo.example');
  const next = page.locator('.card').last();
  await next.getByRole('button', { name: 'Cannot make it' }).click();
  await page.context().setOffline(true);
  await next.getByLabel(/Anything to add/).fill('train strike');
  await next.locator('form button[type=submit]').first().click();
  await page.clock.runFor(5000);
  await page
    .getByRole('alert')
    .getByText(/cannot be reached right now/)
    .waitFor();
  expect(await next.getByLabel(/Anything to add/).inputValue()).toBe('train strike');
  await page.context().setOffline(false);
  await page.clock.runFor(40_000);
  await page.getByRole('alert').waitFor({ state: 'detached' });
});
