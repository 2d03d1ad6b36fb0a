import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());

test('a rep asks to excuse the week, the manager is told and agrees, and nothing is owed', async () => {
  const rep = await house.visit('priya@demo.example');
  const asked = rep.getByRole('region', { name: 'This week' });
  await asked.getByRole('button', { name: 'Mark leave' }).click();
  await asked.getByText('Maya or an admin has to agree.', { exact: false }).waitFor();
  await asked.getByRole('button', { name: 'Ask to excuse it' }).click();
  await rep.clock.runFor(5000);
  await asked.getByText('You asked to excuse this week (leave). It waits for an answer.').waitFor();

  const manager = await house.visit('maya@demo.example');
  await manager.getByRole('link', { name: /Priya Nair.*Asks you something/s }).click();
  const week = manager.getByRole('region', { name: 'This week' });
  await week.getByText('You are asked to agree that this week is excused (leave).').waitFor();
  await week.getByRole('button', { name: 'Agree' }).click();
  await week.locator('.card-state', { hasText: 'Excused' }).waitFor();
  expect(await week.getByRole('button', { name: 'Move it' }).count()).toBe(0);
});

test('private words of one are read by the other, and by nobody else', async () => {
  const manager = await house.visit('maya@demo.example');
  await manager.getByRole('link', { name: /Ada Okafor/ }).click();
  const week = manager.getByRole('region', { name: 'This week' });
  await week.getByRole('button', { name: 'Cannot make it' }).click();
  await week.getByLabel(/Anything to add/).fill('my train is on strike');
  await week.locator('form button[type=submit]').first().click();
  await manager.clock.runFor(5000);
  await week.locator('.card-state', { hasText: 'Moved' }).waitFor();

  const rep = await house.visit('ada@demo.example');
  await rep.getByText('my train is on strike').waitFor();
  const place = new URL(manager.url()).pathname;
  const admin = await house.visit('helen@demo.example', place);
  await admin.getByRole('region', { name: 'This week' }).waitFor();
  expect(await admin.getByText('strike').count()).toBe(0);
});
