import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import type { Visitor } from '../support/http.ts';
import { expectOpenToAll, unfold } from './open-to-all.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

const WIDTH = 320;

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string) => page.getByText(text).first().waitFor();

/** The next week's meeting of a pair that confirmed a commitment in this one. */
async function nextWeek(pair: PairInZoom): Promise<{ manager: Page; rep: Page }> {
  const { meeting } = pair;
  const path = `/api/sessions/${(await pair.session()).session}/commands`;
  for (const [who, command] of [
    [meeting.manager, { do: 'start' }],
    [meeting.rep, { do: 'commit', text: 'Count to five.' }],
  ] as const) {
    const { revision: expected } = await pair.session();
    await who.ask('POST', path, { expected, command });
  }
  const open = async (who: Visitor): Promise<Page> => {
    const { key } = await meeting.on('2026-12-01', who);
    const { body } = await who.ask('POST', `${meeting.path(key)}/session`);
    const { pathname, hash } = new URL(body.link as string);
    const page = await house.window();
    await page.goto(house.url + pathname + hash);
    return page;
  };
  return { manager: await open(meeting.manager), rep: await open(meeting.rep) };
}

async function inBlock(pages: readonly Page[], name: string): Promise<void> {
  for (const page of pages) {
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await unfold(page);
    await expectOpenToAll(page, WIDTH);
  }
}

test('F119: at 320 px two people go through the hour, from the check-in to both confirmations', async () => {
  const { manager, rep } = await nextWeek(await house.pair('deep_60'));
  const both = [manager, rep];
  await press(manager, 'Start');
  await inBlock(both, 'Check-in');
  expect(await rep.getByText('Count to five.').count()).toBe(0);
  await manager.getByLabel('Say one thing that went well').fill('You waited.');
  for (const page of both) await sees(page, 'Count to five.');
  await press(manager, 'Partly');
  for (const page of both) await page.getByRole('button', { name: 'Partly', pressed: true }).waitFor();
  await rep.getByLabel('What did you notice?').fill('Three was enough.');
  await sees(manager, 'Three was enough.');
  await inBlock(both, 'Check-in');
  for (const block of ['Performance', 'Deep skill', 'Resilience']) {
    await press(manager, 'Next');
    await inBlock(both, block);
  }
  await sees(rep, 'Only you and Ana can read it.');
  await rep.getByLabel('Your answer').fill('A walk before the first call.');
  await sees(manager, 'A walk before the first call.');
  await press(manager, 'Next');
  await inBlock(both, 'Action planning');
  for (const page of both) await sees(page, 'Time for the commitment');
  await rep.getByLabel('What you will try').fill('Wait after the price.');
  await sees(manager, 'Wait after the price.');
  await press(manager, 'Confirm it');
  await sees(rep, 'Ana confirmed it');
  await press(rep, 'Confirm it');
  await sees(manager, 'You both confirmed it.');
  await press(manager, 'End the meeting');
  for (const page of both) await sees(page, 'The meeting is over');
  for (const page of both) await expectOpenToAll(page, WIDTH);
}, 60_000);

test('F015: who skipped the check-in finds the inspection before the new commitment, by keyboard alone', async () => {
  const { manager, rep } = await nextWeek(await house.pair('deep_60'));
  await press(manager, 'Start');
  await press(manager, 'Skip');
  await press(manager, 'No time');
  for (const block of ['Performance', 'Deep skill', 'Resilience']) {
    await manager.getByRole('heading', { level: 1, name: block }).waitFor();
    await press(manager, 'Next');
  }
  await sees(rep, 'Look at last week’s commitment first');
  expect(await rep.getByLabel('What you will try').isDisabled()).toBe(true);
  await rep.getByRole('button', { name: 'Yes', exact: true }).focus();
  await rep.keyboard.press('Enter');
  await rep.locator('summary:focus', { hasText: 'Last week’s commitment' }).waitFor();
  await rep.getByLabel('What you will try').fill('Wait after the price.');
  await sees(manager, 'Wait after the price.');
}, 60_000);

test('F082: the desk offers another format to a manager who is an admin, and to no other', async () => {
  const { service } = house.desk;
  const organisation = await service.organisation();
  const rep = await service.person(organisation, ['rep'], { name: 'Bo' });
  for (const roles of [['manager'], ['manager', 'admin']] as const) {
    const manager = await service.person(organisation, roles);
    await service.store.transaction(organisation, ({ pairs }) => pairs.add(manager.id, rep.id));
    const page = await house.window();
    await page.goto(`${house.url}/#token=${manager.token}`);
    await page.getByRole('heading', { name: 'Start the 1-on-1 with Bo' }).waitFor();
    const format = page.getByLabel('Format');
    expect(await format.count()).toBe(roles.length - 1);
    if (roles.length > 1) await format.selectOption('60 minutes, in depth');
    await expectOpenToAll(page, WIDTH);
    await press(page, 'Start it');
    await page.getByRole('heading', { level: 1, name: 'Bo' }).waitFor();
    const { body } = await manager.ask('GET', '/api/series');
    expect(body.items.at(-1)).toMatchObject({ minutes: roles.length > 1 ? 60 : 30 });
  }
}, 60_000);
