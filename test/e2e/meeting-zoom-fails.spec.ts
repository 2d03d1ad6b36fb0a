import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { MeetingPlatform } from '../../src/meetings/meeting-platform.ts';
import { freshDatabase } from '../support/database.ts';
import { Refusal } from '../support/zoom/rules.ts';
import type { SimulatedClient } from '../support/zoom/simulated-client.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** After this the SDK gives a call up; an answer that comes later reaches nobody. */
const GIVEN_UP_MS = 10_000;

test('a dead bridge: the panel works at once, says so after three seconds, tries once more', async () => {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager, {
    trouble: (client) => (client.trouble.dead = true),
  });
  await press(manager.page, 'Start');
  await sees(manager.page, 'Pause');
  await house.passes(3000);
  await sees(manager.page, 'Zoom is slow to answer.');
  await house.passes(10_000);
  await until(() => manager.called('config').length === 2);
  await house.passes(10_000);
  await sees(manager.page, 'Zoom does not answer.');
  await press(manager.page, 'Pause');
  await sees(manager.page, 'Go on');
});

test('a call that Zoom refuses in the middle is nobody’s trouble', async () => {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager, {
    trouble: ({ trouble }) => trouble.failing.set('setDynamicIndicator', new Refusal('10020', 'no')),
  });
  await press(manager.page, 'Start');
  await until(() => manager.called('setDynamicIndicator').length === 1);
  expect(await manager.page.getByRole('alert').count()).toBe(0);
});

test('after a change of role the panel is configured again, and the person stays one person', async () => {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager);
  await press(manager.page, 'Start');
  const before = manager.person.participantUUID;
  await pair.zoom.changeRole(manager.person, 'attendee');
  await until(() => manager.called('config').length === 2);
  expect(manager.person.participantUUID).not.toBe(before);
  await press(manager.page, 'Pause');
  await sees(manager.page, 'Go on');
  expect((await pair.session()).arrived).toMatchObject({ rep: null });
});

test('before two hours are over it is configured again', async () => {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager);
  await until(() => manager.called('config').length === 1);
  await house.passes(110 * 60_000);
  await until(() => manager.called('config').length === 2);
});

test('a page without one of the four headers is not shown', async () => {
  const pair = await house.pair();
  const bare = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>Hello'));
  await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
  const homeUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const { page } = await pair.inZoom(pair.meeting.rep, { homeUrl });
  await sees(page, 'Missing OWASP Secure Headers: strict-transport-security, x-content-type-options');
  bare.close();
});

describe('an answer that comes too late was an answer all the same', () => {
  const late =
    (api: string) =>
    ({ trouble }: SimulatedClient): void =>
      void trouble.late.add(api);

  test('of config: nothing waits for it, the second try configures, the first answer changes nothing', async () => {
    const pair = await house.pair();
    const manager = await pair.inZoom(pair.meeting.manager, { trouble: late('config') });
    await press(manager.page, 'Start');
    await house.passes(3000);
    await sees(manager.page, 'Zoom is slow to answer.');
    manager.trouble.late.delete('config');
    await house.passes(GIVEN_UP_MS);
    await until(() => manager.indicator !== null);
    await manager.answerLate();
    await manager.page.getByText('Zoom is slow to answer.').waitFor({ state: 'detached' });
    expect(manager.called('config')).toHaveLength(2);
    expect(await manager.page.getByRole('alert').count()).toBe(0);
  });

  test('of the countdown: it is on the tile, so a pause takes it away', async () => {
    const pair = await house.pair();
    const manager = await pair.inZoom(pair.meeting.manager, { trouble: late('setDynamicIndicator') });
    await press(manager.page, 'Start');
    await until(() => manager.indicator !== null);
    await house.passes(GIVEN_UP_MS);
    await manager.answerLate();
    await press(manager.page, 'Pause');
    await until(() => manager.indicator === null);
    expect(manager.called('setDynamicIndicator')).toHaveLength(1);
    expect(await manager.page.getByRole('alert').count()).toBe(0);
  });

  test('of who is here: the panel offers the link, and asks again when it is looked at', async () => {
    const pair = await house.pair();
    const rep = await pair.inZoom(pair.meeting.rep, { header: false, trouble: late('getAppContext') });
    await until(() => rep.called('getAppContext').length === 1);
    await house.passes(GIVEN_UP_MS);
    await rep.page.getByRole('link', { name: 'Go to your desk' }).waitFor();
    await rep.answerLate();
    rep.trouble.late.delete('getAppContext');
    await rep.event('onAppVisibilityChange', { visible: true });
    await rep.page.getByRole('button', { name: 'Start' }).waitFor();
    expect(rep.called('getAppContext')).toHaveLength(2);
  });

  test('of authorize: whoever was let in meanwhile stays in', async () => {
    const pair = await house.pair();
    const { id } = pair.meeting.manager;
    const email = `of-${id}@example.com`;
    await house.desk.service.rows('UPDATE person SET email = $1 WHERE id = $2', [email, id]);
    await house.desk.service.rows('DELETE FROM zoom_account WHERE person_id = $1', [id]);
    const platform = house.desk.service.app.get(MeetingPlatform, { strict: false });
    platform.identify = async () => ({ account: `new-${id}`, email });
    const manager = await pair.inZoom(pair.meeting.manager, {
      uid: `new-${id}`,
      redirectUri: 'https://perennial.test/meeting',
      trouble: late('authorize'),
    });
    await press(manager.page, 'Connect Zoom');
    await press(manager.page, 'Start');
    await house.passes(GIVEN_UP_MS);
    await press(manager.page, 'Pause');
    await sees(manager.page, 'Go on');
  });
});

test('a call that is lost on its way is missed by nobody', async () => {
  const pair = await house.pair();
  const manager = await pair.inZoom(pair.meeting.manager, {
    trouble: ({ trouble }) =>
      ['setDynamicIndicator', 'sendMessage'].forEach((api) => trouble.dropped.add(api)),
  });
  const rep = await pair.inZoom(pair.meeting.rep);
  await press(manager.page, 'Start');
  await sees(rep.page, 'Pause');
  await house.passes(GIVEN_UP_MS);
  await press(rep.page, 'Pause');
  await sees(manager.page, 'Go on');
  expect(manager.indicator).toBeNull();
  expect(await manager.page.getByRole('alert').count()).toBe(0);
});

describe('half of the calls are unsupported, and none of them is made', () => {
  const without =
    (...missing: readonly string[]) =>
    ({ trouble }: SimulatedClient): void =>
      missing.forEach((api) => trouble.unsupported.add(api));

  test('without messages and countdown the meeting goes on', async () => {
    const pair = await house.pair();
    const missing = ['removeDynamicIndicator', 'sendMessage', 'showNotification', 'onMessage', 'onMeeting'];
    const manager = await pair.inZoom(pair.meeting.manager, { trouble: without(...missing) });
    await until(() => manager.called('config').length === 1);
    await press(manager.page, 'Start');
    await press(manager.page, 'Pause');
    await sees(manager.page, 'Go on');
    expect(manager.calls.filter(({ refused }) => refused !== null)).toEqual([]);
    expect(manager.called('setDynamicIndicator')).toEqual([]);
    await manager.page.getByText('What this Zoom cannot do').click();
    const lacking = await manager.page.getByRole('listitem').filter({ hasText: 'instead' }).allTextContents();
    expect(lacking).toHaveLength(missing.length);
    expect(lacking[1]).toBe('a nudge to the other panel; instead: the stream, which brings the same');
  });

  test('without word of who is here, the personal link is the way in', async () => {
    const pair = await house.pair();
    const rep = await pair.inZoom(pair.meeting.rep, { header: false, trouble: without('getAppContext') });
    await rep.page.getByRole('link', { name: 'Go to your desk' }).waitFor();
    expect(rep.called('getAppContext')).toEqual([]);
  });

  test('without authorize nobody is asked to connect what cannot be connected', async () => {
    const pair = await house.pair();
    const seat = { uid: 'zoom-unheard-of', trouble: without('authorize') };
    const manager = await pair.inZoom(pair.meeting.manager, seat);
    await until(() => manager.called('config').length === 1);
    await manager.page.getByText('open the personal link').waitFor();
    await manager.page.getByRole('button', { name: 'Connect Zoom' }).waitFor({ state: 'detached' });
    expect(manager.called('authorize')).toEqual([]);
  });
});
