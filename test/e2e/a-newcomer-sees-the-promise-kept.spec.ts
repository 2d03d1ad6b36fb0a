import { freshDatabase } from '../support/database.ts';
import { DemoHouse } from './demo-house.ts';

const house = await DemoHouse.open(await freshDatabase());

describe('a newcomer opens the demo as a manager', () => {
  test('deletes this week’s meeting in the calendar and reads where it went and why', async () => {
    const page = await house.visit('maya@demo.example');
    const week = page.getByRole('region', { name: 'This week' });
    await week.getByText('Tuesday 24 November, 11:00 to 11:30').waitFor();
    await house.actInCalendar(page, () => week.getByRole('button', { name: 'Delete this event' }).click());
    await week
      .getByText(/Perennial: The meeting of Tuesday 24 Nov, 11:00 in Berlin \(10:00 in Lisbon\) was deleted/)
      .waitFor();
    await week.locator('.card-state', { hasText: 'Moved' }).waitFor();
    expect(await week.locator('.reasons').innerText()).toMatch(
      /We moved it to Tuesday 24 Nov, \d\d:\d\d in Berlin \(\d\d:\d\d in Lisbon\), when/,
    );
    expect(await page.getByRole('status').first().innerText()).toMatch(/was deleted from the calendar/);
  });

  test('deletes the next one too and sees the recovery meeting before that week ends', async () => {
    const page = await house.visit('maya@demo.example');
    const next = page.locator('.week', { hasText: 'Tuesday 1 December' });
    await next.locator('summary').click();
    await house.actInCalendar(page, () => next.getByRole('button', { name: 'Delete this event' }).click());
    await next.getByText(/^Recovery meeting after two cancels, due by Fri 4 Dec/).waitFor();
    expect(await next.locator('.week-line .state').innerText()).toBe('Moved');
  });

  test('deletes the whole series and finds every week back', async () => {
    const page = await house.visit('maya@demo.example');
    await page.getByRole('link', { name: /Jonas Weber/ }).click();
    const week = page.getByRole('region', { name: 'This week' });
    await house.actInCalendar(page, () =>
      week.getByRole('button', { name: 'Delete the whole series' }).click(),
    );
    await week.getByText(/^Perennial:/).waitFor();
    expect(await page.getByText('Gone from the calendar').count()).toBe(0);
    await page.getByText('Thursday 3 December, 14:00 to 14:30').waitFor();
  });
});

test('the agenda’s link shows that series’ weeks, also to somebody who signs in with it', async () => {
  const [found] = await house.service.rows<{ id: string }>(
    `SELECT id FROM series WHERE title = '1-on-1: Maya and Priya'`,
  );
  const { id } = found!;
  const page = await house.visit('priya@demo.example', `/series/${id}`);
  await page.getByRole('heading', { name: 'Maya Lindqvist', level: 1 }).waitFor();
  await page.getByText('Wednesday 25 November, 14:00 to 14:30').waitFor();
  await page.getByText('09:30 for Maya in Berlin').first().waitFor();
  expect(page.url()).toBe(`${house.service.url}/series/${id}`);
});

test('a rep declines, and it is a request to move, not a cancel', async () => {
  const page = await house.visit('ada@demo.example');
  const week = page.getByRole('region', { name: 'This week' });
  await house.actInCalendar(page, () => week.getByRole('button', { name: 'Decline' }).click());
  await week.getByText(/^Perennial:/).waitFor();
  expect(await week.getByText(/took it away/).count()).toBe(0);
});
