import { freshDatabase } from '../support/database.ts';
import type { Screen, SimulatedClient } from '../support/zoom/simulated-client.ts';
import { until } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (screen: Screen, name: string) => screen.getByRole('button', { name, exact: true }).click();
const sees = (screen: Screen, text: string | RegExp) => screen.getByText(text).first().waitFor();
const HOST_ONLY = ['getMeetingContext', 'getMeetingParticipants', 'cloudRecording', 'getRecordingContext'];

const STREAM = '**/api/sessions/*/stream';

const configured = (client: SimulatedClient, times: number) =>
  until(() => client.called('config').length === times);

/** Their stream is swallowed and their time stands still: what they see of the other side, a message brought. */
function deaf({ page }: SimulatedClient): void {
  void page.route(STREAM, () => {});
}

async function standStill({ page }: SimulatedClient): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
}

test.each(['iframe', 'webview2', 'webkit', 'android'] as const)(
  'over %s an ordinary attendee and a host go through everything that Zoom adds',
  async (transport) => {
    const pair = await house.pair();
    const manager = await pair.inZoom(pair.meeting.manager, { transport });
    const rep = await pair.inZoom(pair.meeting.rep, { transport, header: false, trouble: deaf });
    await rep.screen.getByRole('button', { name: 'Start' }).waitFor();
    await Promise.all([configured(manager, 1), configured(rep, 1)]);
    expect(rep.called('getAppContext')).toHaveLength(1);

    await standStill(rep);
    await press(manager.screen, 'Start');
    await sees(rep.screen, 'Pause');
    await until(() => manager.indicator !== null);
    expect(manager.indicator).toMatchObject({ text: 'Open', timer: { action: 'start', direction: 'down' } });

    await pair.zoom.changeRole(manager.person, 'attendee');
    await configured(manager, 2);
    await press(manager.screen, 'Pause');
    await sees(rep.screen, 'Go on');
    await until(() => manager.indicator === null);

    await rep.page.unroute(STREAM);
    await rep.page.reload();
    await sees(rep.screen, 'Go on');
    await configured(rep, 2);
    const calls = [...manager.calls, ...rep.calls];
    await pair.zoom.end();
    await Promise.all([sees(manager.screen, 'The meeting is over'), sees(rep.screen, 'The meeting is over')]);

    expect(calls.filter(({ refused }) => refused !== null)).toEqual([]);
    expect(calls.filter(({ api }) => HOST_ONLY.includes(api))).toEqual([]);
  },
  60_000,
);

test('nobody but Zoom and ourselves may put a frame around the panel', async () => {
  const pair = await house.pair();
  const shown = async (host: string): Promise<string> => {
    const { page } = await pair.inZoom(pair.meeting.rep, { transport: 'iframe', host });
    await until(() => page.mainFrame().childFrames()[0]!.url() !== '');
    return page.mainFrame().childFrames()[0]!.url();
  };
  const panel = pair.listing.homeUrl;
  expect(await shown('https://app.zoom.us/wc/1/join')).toBe(panel);
  expect(await shown(`${house.url}/around`)).toBe(panel);
  for (const stranger of ['https://zoom.us.example', 'https://notzoom.us', 'http://app.zoom.us'])
    expect(await shown(`${stranger}/`)).toBe('chrome-error://chromewebdata/');
});
