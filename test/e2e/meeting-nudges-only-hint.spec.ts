import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { Refusal } from '../support/zoom/rules.ts';
import type { SimulatedClient } from '../support/zoom/simulated-client.ts';
import type { Delivery } from '../support/zoom/simulated-meeting.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

interface Deaf {
  readonly pair: PairInZoom;
  readonly manager: SimulatedClient;
  readonly rep: SimulatedClient;
  /** How often the rep's panel has looked at the session of itself. */
  readonly looks: () => number;
}

/** The rep's stream is swallowed and their time stands still: nothing but a nudge makes their panel look. */
async function deafRep(): Promise<Deaf> {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager);
  let looks = 0;
  const rep = await pair.inZoom(pair.meeting.rep, {
    trouble: ({ page }) => {
      void page.route('**/api/sessions/*/stream', () => {});
      page.on('request', (request) => void (request.url().includes('?after=') && looks++));
    },
  });
  for (const client of [manager, rep]) {
    await client.page.getByRole('button', { name: 'Start' }).waitFor();
    await until(() => client.called('config').length === 1);
  }
  await rep.page.clock.pauseAt((await rep.page.evaluate(() => Date.now())) + 1000);
  looks = 0;
  return { pair, manager, rep, looks: () => looks };
}

/** Two acts, each with its nudge. */
async function startAndExtend({ page }: SimulatedClient): Promise<void> {
  await press(page, 'Start');
  await press(page, '+2 min');
  await sees(page, 'of 3 min');
}

const CALM: readonly Delivery[] = ['in order', 'twice', 'reversed'];

test.each(CALM)('nudges that come %s bring the newest revision, and no look is wasted', async (delivery) => {
  const { pair, manager, rep, looks } = await deafRep();
  pair.zoom.delivery = delivery;
  await startAndExtend(manager);
  await sees(rep.page, 'of 3 min');
  await sees(rep.page, 'Pause');
  expect(looks()).toBeLessThanOrEqual(delivery === 'twice' ? 4 : 2);
  expect(await rep.page.getByRole('alert').count()).toBe(0);
});

test('nudges that are lost are missed for two seconds at most', async () => {
  const { pair, manager, rep, looks } = await deafRep();
  pair.zoom.delivery = 'lost';
  await startAndExtend(manager);
  await until(() => manager.called('sendMessage').length === 2);
  expect([looks(), await rep.page.getByRole('button', { name: 'Pause' }).count()]).toEqual([0, 0]);
  await house.passes(2000);
  await sees(rep.page, 'of 3 min');
});

test('Zoom finds a nudge too large: nobody sees anything, and ours are far from it', async () => {
  const { manager, rep } = await deafRep();
  manager.trouble.failing.set('sendMessage', new Refusal('10229', 'The payload is too large'));
  await startAndExtend(manager);
  await until(() => manager.called('sendMessage').length === 2);
  for (const { data } of manager.called('sendMessage'))
    expect(JSON.stringify(data['payload']).length).toBeLessThan(100);
  expect(await manager.page.getByRole('alert').count()).toBe(0);
  await house.passes(2000);
  await sees(rep.page, 'of 3 min');
});

test('what another app or an older panel sends is no word to be believed', async () => {
  const { manager, rep, looks } = await deafRep();
  const strange = ['x'.repeat(1025), '{"revision":', null, 7, [], { revision: '9' }, { revision: -1 }];
  for (const payload of strange) await rep.event('onMessage', { payload });
  // The last one of all is heard as well, so the others were; it only makes the panel look.
  await rep.event('onMessage', { payload: { revision: 1e9, timer: { is: 'ended' } } });
  await until(() => looks() === 1);
  expect(await rep.page.getByRole('button', { name: 'Start' }).count()).toBe(1);
  await startAndExtend(manager);
  await sees(rep.page, 'of 3 min');
});
