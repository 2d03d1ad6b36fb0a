import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { freshDatabase } from '../support/database.ts';
import { MeetingHouse } from './meeting-house.ts';

const AXE = readFileSync(new URL(import.meta.resolve('axe-core')), 'utf8');

const house = await MeetingHouse.open(await freshDatabase());

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as { violations: readonly Violation[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}

const LOOKS = [
  ['light', 320, 1],
  ['dark', 320, 1],
  ['light', 400, 1],
  ['light', 640, 2],
] as const;

const BLOCKS = ['Open', 'Last commitment', 'Deals', 'Coaching', 'Career and close'];

test.each(LOOKS)(
  'in %s at %i px and text %i times as large, every block is open to all and fits',
  async (colorScheme, width, zoom) => {
    const pair = await house.pair();
    const window = { colorScheme, viewport: { width, height: 800 } };
    const [manager, rep] = [
      await pair.inBrowser(pair.meeting.manager, window),
      await pair.inBrowser(pair.meeting.rep, window),
    ];
    await manager.getByRole('button', { name: 'Start' }).click();
    await manager.getByLabel('Say one thing that went well').fill('You waited.');
    for (const block of BLOCKS) {
      for (const page of [manager, rep]) {
        await page.getByRole('heading', { level: 1, name: block }).waitFor();
        await page.evaluate(`document.documentElement.style.fontSize = '${zoom * 100}%'`);
        await unfold(page);
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      if (block !== BLOCKS.at(-1)) await manager.getByRole('button', { name: 'Next', exact: true }).click();
    }
    await manager.getByRole('button', { name: 'End the meeting' }).click();
    for (const page of [manager, rep]) {
      await page.getByRole('link', { name: 'Back to your desk' }).waitFor();
      expect(await violations(page)).toEqual([]);
    }
  },
  60_000,
);

test('the tone of the deals’ cues can be turned off by everybody', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.manager, { reducedMotion: 'no-preference' });
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByLabel('Say one thing that went well').fill('You waited.');
  for (const block of ['Last commitment', 'Deals']) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: block }).waitFor();
  }
  const tone = page.getByRole('button', { name: 'Soft tone at 8 and 10 minutes', pressed: true });
  await tone.waitFor();
  expect(await violations(page)).toEqual([]);
  await tone.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Soft tone at 8 and 10 minutes', pressed: false }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('by keyboard alone: from the first key to a confirmed commitment', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.rep);
  await page.getByRole('button', { name: 'Start' }).waitFor();
  await tabTo(page, 'Start');
  await page.keyboard.press('Enter');
  await pair.meeting.manager.ask('POST', `/api/sessions/${(await pair.session()).session}/commands`, {
    command: { do: 'prepare', positive: 'You waited.' },
  });
  await page.getByRole('button', { name: 'Next', disabled: false }).waitFor();
  for (const block of BLOCKS.slice(1)) {
    await tabTo(page, 'Next');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: block }).waitFor();
  }
  await tabTo(page, 'commitment');
  await page.keyboard.type('I count to five.');
  await page.getByRole('button', { name: 'Confirm it' }).waitFor();
  await tabTo(page, 'Confirm it');
  await page.keyboard.press('Enter');
  await page.getByText('Bo confirmed it').waitFor();
}, 60_000);

test('only minute marks are spoken, and nothing else talks into the conversation', async () => {
  const pair = await house.pair();
  const page = await pair.inBrowser(pair.meeting.manager);
  const spoken = page.getByRole('status');
  await page.getByRole('button', { name: 'Start' }).click();
  await spoken.filter({ hasText: 'Open, 1 min' }).waitFor({ state: 'attached' });
  await house.passes(10_000);
  expect(await spoken.innerText()).toBe('Open, 1 min');
  await house.passes(51_000);
  await spoken.filter({ hasText: 'Open: the time is used up' }).waitFor({ state: 'attached' });
  expect(await page.locator('[aria-live]:not([aria-live="off"]), [role="alert"]').count()).toBe(0);
});

async function unfold(page: Page): Promise<void> {
  const folded = page.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(
      `(document.activeElement?.textContent?.trim() || '') + '|' + (document.activeElement?.id || '')`,
    );
    if (String(focused).split('|').includes(name)) return;
  }
  throw new Error(`${name} cannot be reached by Tab`);
}
