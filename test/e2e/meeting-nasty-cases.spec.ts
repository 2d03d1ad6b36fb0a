import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { Refusal } from '../support/zoom/rules.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

describe('who may be in the panel', () => {
  test('a guest whom Zoom does not know is shown the way in, and nothing of the meeting', async () => {
    const pair = await house.pair();
    const guest = await pair.inZoom(pair.meeting.rep, { uid: null });
    await sees(guest.page, 'Zoom knows you, Perennial does not yet');
    expect(await guest.page.getByRole('button', { name: 'Start' }).count()).toBe(0);
  });

  test('somebody in the meeting who is not of the pair sees nothing of it', async () => {
    const pair = await house.pair();
    const other = await house.pair();
    const outsider = await pair.inZoom(other.meeting.rep, { uid: 'zoom-nobody' });
    await sees(outsider.page, 'Zoom knows you, Perennial does not yet');
  });

  test('a link that was altered opens nothing', async () => {
    const pair = await house.pair();
    const link = await pair.linkOf(pair.meeting.rep);
    const page = await house.window();
    await page.goto(`${house.url}${link.slice(0, -3)}abc`);
    await page.getByRole('link', { name: 'Go to your desk' }).waitFor();
    expect(page.url()).toBe(`${house.url}/meeting`);
  });
});

describe('Zoom fails', () => {
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

  test('half of the calls are unsupported: none of them is made', async () => {
    const pair = await house.pair();
    const missing = ['setDynamicIndicator', 'sendMessage', 'showNotification', 'onMessage'];
    const manager = await pair.inZoom(pair.meeting.manager, {
      trouble: ({ trouble }) => missing.forEach((api) => trouble.unsupported.add(api)),
    });
    await until(() => manager.called('config').length === 1);
    await press(manager.page, 'Start');
    await sees(manager.page, 'Pause');
    expect(manager.calls.filter(({ api }) => missing.includes(api))).toEqual([]);
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
    const bare = createServer((_, response) =>
      response.setHeader('Content-Type', 'text/html').end('<p>Hello'),
    );
    await new Promise<void>((listening) => bare.listen(0, '127.0.0.1', listening));
    const homeUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
    const { page } = await pair.inZoom(pair.meeting.rep, { homeUrl });
    await sees(page, 'Missing OWASP Secure Headers: strict-transport-security, x-content-type-options');
    bare.close();
  });
});

describe('two people at once', () => {
  test.each(['lost', 'twice', 'reversed'] as const)(
    'nudges that are %s change nothing that anybody sees',
    async (delivery) => {
      const pair = await house.pair();
      pair.zoom.delivery = delivery;
      const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
      await press(manager.page, 'Start');
      await sees(rep.page, 'Pause');
      await press(rep.page, 'Pause');
      await sees(manager.page, 'Go on');
      expect(pair.zoom.delivery).toBe(delivery);
    },
  );

  test('Start pressed on two devices starts once, and nobody sees an error', async () => {
    const pair = await house.pair();
    const [panel, twin] = [
      await pair.inZoom(pair.meeting.manager),
      await pair.inBrowser(pair.meeting.manager),
    ];
    const starts = [panel.page, twin].map((page) => page.getByRole('button', { name: 'Start' }));
    for (const start of starts) await start.waitFor();
    // Not a click of Playwright's, which would wait for a button that the other press has taken away already.
    await Promise.all(
      starts.map((start) => start.dispatchEvent('click', {}, { timeout: 500 }).catch(() => {})),
    );
    await sees(panel.page, 'Pause');
    await sees(twin, 'Pause');
    expect(await panel.page.getByRole('alert').count()).toBe(0);
    expect(await twin.getByRole('alert').count()).toBe(0);
    expect((await pair.session()).done?.sentence).toMatch(/started/);
  });

  test('either takes the other’s act back within five seconds', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inBrowser(pair.meeting.rep)];
    await press(manager.page, 'Start');
    await press(manager.page, '+2 min');
    await sees(rep, /Ana added 2 min/);
    await press(rep, 'Take it back');
    await sees(manager.page, 'of 1 min');
    expect((await pair.session()).blocks[0]).toMatchObject({ seconds: 60 });
  });

  test('Demonstrate stays closed until the rep’s answer is there (F011)', async () => {
    const pair = await house.pair();
    const { manager } = pair.meeting;
    const panel = await pair.inZoom(manager);
    await runTo(panel.page, 'Coaching');
    const demonstrate = panel.page.getByRole('button', { name: 'Demonstrate' });
    await press(panel.page, 'Ask before you tell');
    await sees(panel.page, 'Opens when the rep’s answer is noted.');
    expect(await demonstrate.getAttribute('aria-disabled')).toBe('true');
    const rep = await pair.inBrowser(pair.meeting.rep);
    await rep.getByLabel('What would you do differently?').fill('Wait.');
    await sees(panel.page, 'Wait.');
    await demonstrate.click();
    await sees(panel.page, 'The manager says it the way it could sound.');
  });
});

describe('the meeting ends', () => {
  test('three seconds after the last word, with the panel gone: the words are there for both', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
    await runTo(manager.page, 'Career and close');
    await rep.page.getByLabel('What you will try').fill('I count to five.');
    await rep.page.close({ runBeforeUnload: true });
    await pair.zoom.end();
    await sees(manager.page, 'The meeting is over');
    await sees(manager.page, 'I count to five.');
    const later = await pair.inBrowser(pair.meeting.rep);
    await press(later, 'Confirm it');
    await press(manager.page, 'Confirm it');
    await sees(later, 'You both confirmed it.');
    expect((await pair.session()).outcome).toBe('complete');
  });

  test('both panels hear from Zoom that it ended, and it ends once', async () => {
    const pair = await house.pair();
    const [manager, rep] = [await pair.inZoom(pair.meeting.manager), await pair.inZoom(pair.meeting.rep)];
    await press(manager.page, 'Start');
    await sees(rep.page, 'Pause');
    await pair.zoom.end();
    await Promise.all([sees(manager.page, 'The meeting is over'), sees(rep.page, 'The meeting is over')]);
    expect(await rep.page.getByRole('alert').count()).toBe(0);
  });

  test('a reload in the middle brings back the same block and the same second', async () => {
    const pair = await house.pair();
    const page = await pair.inBrowser(pair.meeting.manager);
    await press(page, 'Start');
    await sees(page, 'Pause');
    await house.passes(20_000);
    await sees(page, /0:(40|39|38)/);
    await page.reload();
    await sees(page, /0:(40|39|38|37)/);
  });
});

test('the service goes away: what was written is kept on the page and sent when it is back', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.manager);
  await press(page, 'Start');
  await page.context().setOffline(true);
  await page.getByLabel('Say one thing that went well').fill('You waited.');
  await sees(page, 'Perennial cannot be reached.');
  await page.context().setOffline(false);
  await house.passes(2000);
  await sees(page, 'Saved');
  const session = await pair.session();
  expect(session.you === 'manager' && session.preparation.positive).toBe('You waited.');
});

/** Through the meeting as the manager, up to this block. */
async function runTo(page: Page, block: string): Promise<void> {
  await press(page, 'Start');
  await page.getByLabel('Say one thing that went well').fill('You waited.');
  for (;;) {
    const here = page.getByRole('heading', { level: 1 });
    const name = await here.innerText();
    if (name === block) return;
    await press(page, 'Next');
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: name }).waitFor();
  }
}
