import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { wav } from '../support/wav.ts';
import { newWindow, until } from './meeting-browser.ts';
import type { Autoplay } from './meeting-browser.ts';
import { MeetingHouse } from './meeting-house.ts';
import type { PairInZoom } from './meeting-house.ts';

const house = await MeetingHouse.open(await freshDatabase());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const LINES = [
  { at: 0, speaker: 'Dana', text: 'What does it cost us?' },
  { at: 10_000, speaker: 'Bo', text: 'It starts at forty a seat.' },
  { at: 20_000, speaker: 'Dana', text: 'And if we are two hundred?' },
  { at: 28_000, speaker: 'Bo', text: 'Then we find something.' },
];

interface Heard {
  readonly position: number;
  readonly paused: boolean;
  readonly at: number;
}

/** A pair in the coaching block with a clip of 30 seconds, each in a window whose clock is the real one. */
async function inCoaching(policy: Autoplay): Promise<{ pair: PairInZoom; manager: Page; rep: Page }> {
  const pair = await house.pair();
  const { meeting } = pair;
  const { session } = await pair.session();
  const recording = { Authorization: `Bearer ${meeting.manager.token}`, 'Content-Type': 'audio/wav' };
  await fetch(`${house.url}/api/sessions/${session}/clip?start=0&end=30000`, {
    method: 'PUT',
    headers: recording,
    body: wav(32),
  });
  await meeting.rep.ask('PUT', `/api/sessions/${session}/clip/transcript`, { lines: LINES });
  const say = async (command: object): Promise<void> => {
    const { revision } = await pair.session();
    await meeting.manager.ask('POST', `/api/sessions/${session}/commands`, { expected: revision, command });
  };
  await say({ do: 'prepare', positive: 'You waited.' });
  await say({ do: 'start' });
  for (let block = 0; block < 3; block++) await say({ do: 'next' });
  const open = async (who: typeof meeting.manager): Promise<Page> => {
    const page = await newWindow({ autoplay: policy });
    await page.goto(house.url + (await pair.linkOf(who)));
    await page.getByRole('button', { name: 'Join clip' }).waitFor();
    return page;
  };
  return { pair, manager: await open(meeting.manager), rep: await open(meeting.rep) };
}

/** Read past Playwright, whose own calls count as a tap and would allow what a browser forbids. */
async function heard(page: Page): Promise<Heard> {
  const line = await page.context().newCDPSession(page);
  const expression = `(({ currentTime, paused }) => ({ position: currentTime * 1000, paused, at: performance.timeOrigin + performance.now() }))(document.querySelector('video'))`;
  const { result } = await line.send('Runtime.evaluate', { expression, returnByValue: true });
  await line.detach();
  return result.value as Heard;
}

/** How far apart two players are, had both been asked at the same moment. */
function apart(a: Heard, b: Heard): number {
  return Math.abs(a.position - a.at - (b.position - b.at));
}

const POLICIES = ['document-user-activation-required', 'user-gesture-required'] as const;

describe.each(POLICIES)('F041: one clip, two screens (%s)', (policy) => {
  test('both joined with a tap: one plays, both hear the same moment; either pauses for both', async () => {
    const { manager, rep } = await inCoaching(policy);
    await press(manager, 'Join clip');
    await press(rep, 'Join clip');
    await rep.getByText('You both hear it').waitFor();
    await press(manager, 'Play clip');
    await until(async () => (await heard(manager)).position > 300 && (await heard(rep)).position > 300);
    await until(async () => apart(await heard(manager), await heard(rep)) < 150);
    await press(rep, 'Pause clip');
    await until(async () => (await heard(manager)).paused && (await heard(rep)).paused);
    await until(async () => Math.abs((await heard(manager)).position - (await heard(rep)).position) < 40);
  });

  test('a tap on a line plays from there for both, and that line is marked', async () => {
    const { manager, rep } = await inCoaching(policy);
    await press(manager, 'Join clip');
    await manager.getByRole('button', { name: /forty a seat/ }).click();
    await rep.locator('.line[aria-current]', { hasText: 'forty a seat' }).waitFor();
    await until(async () => (await heard(manager)).position > 10_200);
  });
});

test('somebody who never tapped hears nothing but follows the words, and joins where the other one is', async () => {
  const { manager, rep } = await inCoaching('user-gesture-required');
  await press(manager, 'Join clip');
  await manager.getByRole('button', { name: /And if we/ }).click();
  await rep.locator('.line[aria-current]', { hasText: 'And if we' }).waitFor();
  expect((await heard(rep)).paused).toBe(true);
  await press(rep, 'Join clip');
  await until(async () => (await heard(rep)).position > 20_200 && !(await heard(rep)).paused);
  await until(async () => apart(await heard(manager), await heard(rep)) < 150);
});

test('an address that has run out is renewed, and the clip is heard where the other side is', async () => {
  const { manager, rep } = await inCoaching('document-user-activation-required');
  let refusals = 2;
  await rep.route('**/media/**', (route) =>
    refusals-- > 0 ? route.fulfill({ status: 404 }) : route.continue(),
  );
  await press(manager, 'Join clip');
  await manager.getByRole('button', { name: /forty a seat/ }).click();
  await press(rep, 'Join clip');
  await until(async () => (await heard(rep)).position > 10_200 && !(await heard(rep)).paused);
  await until(async () => apart(await heard(manager), await heard(rep)) < 150);
  expect(refusals).toBeLessThan(1);
});

test('an address that runs out in the middle is renewed, and the other side never waits', async () => {
  const { manager, rep } = await inCoaching('document-user-activation-required');
  const address = await runsOut(rep);
  await press(manager, 'Join clip');
  await press(rep, 'Join clip');
  await manager.getByRole('button', { name: /And if we/ }).click();
  await until(async () => (await heard(rep)).position > 20_500);
  expect(address.refusals).toBe(0);
  address.isOver = true;
  await until(async () => between(await heard(rep), 1000 * FIRST_SECONDS, 30_000));
  await until(async () => apart(await heard(manager), await heard(rep)) < 150);
  expect(address.refusals).toBeGreaterThan(0);
  expect((await heard(rep)).paused).toBe(false);
  expect(await rep.getByText('The sound cannot be played here.').count()).toBe(0);
});

test('a clip that cannot be played here says so; its words run along', async () => {
  const { manager, rep } = await inCoaching('document-user-activation-required');
  await rep.route('**/media/**', (route) => route.fulfill({ status: 404 }));
  await press(rep, 'Join clip');
  await rep.getByText('The sound cannot be played here.').waitFor();
  await press(manager, 'Join clip');
  await manager.getByRole('button', { name: /forty a seat/ }).click();
  await rep.locator('.line[aria-current]', { hasText: 'forty a seat' }).waitFor();
});

test('nothing after the clip’s end is heard, also when it is played once more', async () => {
  const { manager } = await inCoaching('document-user-activation-required');
  await press(manager, 'Join clip');
  const line = manager.getByRole('button', { name: /we find something/ });
  for (let round = 0; round < 2; round++) {
    await line.click();
    await until(async () => between(await heard(manager), 28_100, 29_900));
    await until(async () => (await heard(manager)).paused && between(await heard(manager), 29_900, 30_100));
  }
}, 60_000);

function between({ position }: Heard, from: number, until: number): boolean {
  return position >= from && position <= until;
}

/** Seconds of the recording that come before its address has run out; a second has 16,000 bytes. */
const FIRST_SECONDS = 24;

/** Gives the beginning alone, then nothing until the address is over, then refuses until the session was read anew. */
async function runsOut(page: Page): Promise<{ isOver: boolean; refusals: number }> {
  const address = { isOver: false, refusals: 0 };
  let [asked, renewed] = [0, false];
  page.on('request', (request) => {
    if (/\/api\/sessions\/[^/?]+$/.test(request.url())) renewed = address.refusals > 0;
  });
  await page.route('**/media/**', async (route) => {
    if (renewed) return route.continue();
    if (asked++ === 0) {
      const range = `bytes=0-${44 + 16_000 * FIRST_SECONDS - 1}`;
      return route.fulfill({ response: await route.fetch({ headers: { range } }) });
    }
    await until(() => address.isOver);
    address.refusals++;
    return route.fulfill({ status: 404 });
  });
  return address;
}
