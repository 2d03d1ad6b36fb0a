import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());

describe('a move inside the week', () => {
  test('is accepted from either side, shows at once and counts as no cancel', async () => {
    const meeting = await desk.meeting();
    const moved = await meeting.does(meeting.rep, '2026-11-24', 'move', {
      start: '2026-11-26T15:00:00+01:00',
    });
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({
      calendar: 'done',
      occurrence: {
        state: 'moved',
        slot: { start: '2026-11-26T14:00:00Z', end: '2026-11-26T14:30:00Z' },
        cancelActs: [],
        counts: false,
        moves: [
          { by: 'rep', from: { start: '2026-11-24T09:00:00Z' }, to: { start: '2026-11-26T14:00:00Z' } },
        ],
      },
    });
    expect(moved.body.sentence).toBe(moved.body.occurrence.because);
    expect((await meeting.on('2026-12-01')).slot.start).toBe('2026-12-01T09:00:00Z');
  });

  test.each([
    ['lies outside the week', '2026-12-01T10:00:00Z'],
    ['lies outside the week', '2026-11-28T10:00:00Z'],
    ['lies in the past', '2026-11-23T05:30:00Z'],
  ])('is refused where it %s (%s), and says so', async (says, start) => {
    const meeting = await desk.meeting();
    const { status, body } = await meeting.does(meeting.manager, '2026-11-24', 'move', { start });
    expect([status, body.errors[0].field]).toEqual([422, 'start']);
    expect(body.detail).toContain(says);
    expect((await meeting.on('2026-11-24')).state).toBe('scheduled');
  });

  test('finds times at which both are free, in both zones, nearest to the anchor first', async () => {
    const meeting = await desk.meeting({ zone: 'Europe/Lisbon' });
    const { key } = await meeting.on('2026-11-24');
    const { body } = await meeting.rep.ask('GET', `${meeting.path(key)}/slots?limit=3`);
    expect(body.slots).toHaveLength(3);
    expect(body.slots[0]).toEqual({
      start: '2026-11-24T09:30:00Z',
      end: '2026-11-24T10:00:00Z',
      manager: { zone: 'Europe/Berlin', time: 'Tuesday 24 Nov, 10:30' },
      rep: { zone: 'Europe/Lisbon', time: 'Tuesday 24 Nov, 09:30' },
    });
    expect(body.busyAsOf).toHaveProperty('manager');
    const { start } = body.slots[2];
    expect((await meeting.does(meeting.rep, '2026-11-24', 'move', { start })).status).toBe(200);
  });
});

describe('"cannot make it"', () => {
  test('is one cancel act: the meeting moves within its week and says why', async () => {
    const meeting = await desk.meeting();
    const { status, body } = await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', {
      category: 'customer_call',
      words: 'Big renewal on the line',
    });
    expect(status).toBe(200);
    expect(body.occurrence).toMatchObject({ state: 'moved', counts: true, cancelActs: [{ by: 'rep' }] });
    expect(body.sentence).toMatch(/The rep cannot make it \(customer call\).*We moved it to/);
    expect(body.occurrence.slot.start).not.toBe('2026-11-24T09:00:00Z');
  });

  test('keeps its words for the two of them', async () => {
    const meeting = await desk.meeting();
    await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'other', words: 'Dentist' });
    const { key } = await meeting.on('2026-11-24');
    for (const one of [meeting.manager, meeting.rep]) {
      const { body } = await one.ask('GET', meeting.path(key));
      expect(body.words).toMatchObject([{ by: meeting.rep.id, words: 'Dentist' }]);
    }
    for (const one of [meeting.admin, meeting.team.auditor]) {
      const { body } = await one.ask('GET', meeting.path(key));
      expect([body.words, body.attestations]).toEqual([null, null]);
    }
    const refused = await meeting.does(meeting.admin, '2026-12-01', 'cannot-make-it', {
      category: 'other',
      words: 'x',
    });
    expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'words']);
  });

  test('is kept while the calendar is away; the calendar follows', async () => {
    const meeting = await desk.meeting();
    desk.outage.away = true;
    const { status, body } = await meeting
      .does(meeting.manager, '2026-11-24', 'cannot-make-it', { category: 'travel' })
      .finally(() => (desk.outage.away = false));
    expect([status, body.calendar, body.sentence]).toEqual([
      200,
      'follows',
      'Saved; the calendar will follow.',
    ]);
    expect(desk.service.jobs.at(-1)).toEqual({ name: 'reconcile-series', seriesId: meeting.series });
    await desk.settle(meeting.series);
    expect(await meeting.on('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    const plan = await meeting.manager.ask('POST', `/api/series/${meeting.series}/reconcile?dryRun=true`);
    expect(plan.body.writes).toEqual([]);
  });

  test('waits where the brakes hold the whole series, and says what they ask', async () => {
    const meeting = await desk.meeting();
    const { body: list } = await meeting.manager.ask('GET', '/api/occurrences');
    for (const { originalStart } of list.items.slice(1)) {
      await meeting.inCalendar('delete', originalStart.slice(0, 10));
    }
    const { body } = await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'travel' });
    const { asks } = (await meeting.rep.ask('GET', `/api/series/${meeting.series}`)).body;
    expect(asks).toMatch(/\?$/);
    expect([body.calendar, body.sentence]).toEqual(['follows', `Saved; it waits for an answer. ${asks}`]);
    expect(body.occurrence).toMatchObject({ state: 'scheduled', cancelActs: [] });
  });

  test('counts once, however often the same request is sent with its key', async () => {
    const meeting = await desk.meeting();
    const { key } = await meeting.on('2026-11-24');
    const send = () =>
      meeting.rep.ask(
        'POST',
        `${meeting.path(key)}/cannot-make-it`,
        { category: 'sick' },
        { 'Idempotency-Key': 'k1' },
      );
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    await desk.settle(meeting.series);
    expect((await meeting.on('2026-11-24')).cancelActs).toHaveLength(1);
  });

  test('asks both after the third restore within a day, and goes on once somebody answers', async () => {
    const meeting = await desk.meeting();
    const say = () => meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'conflict' });
    await say();
    await say();
    await say();
    const asked = await say();
    expect(asked.body.occurrence.asks).toMatch(/When do you want to meet\?/);
    const { body } = await meeting.does(meeting.manager, '2026-11-24', 'answer');
    expect(body.occurrence.asks).toBeNull();
    expect((await meeting.does(meeting.manager, '2026-11-24', 'answer')).status).toBe(409);
  });
});
