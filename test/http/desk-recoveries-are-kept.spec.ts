import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());
const NOW = desk.service.clock.at;
beforeEach(() => {
  desk.service.clock.at = NOW;
});

/** Two weeks in a row without a meeting, the second known early enough for its week. */
async function twoNoShows(): Promise<Meeting> {
  const meeting = await desk.meeting();
  for (const day of ['2026-11-24', '2026-12-01']) {
    await desk.at(`${day}T09:31:00Z`, meeting.series);
    const body = { says: 'not_held', absent: 'rep' };
    await meeting.does(meeting.rep, day, 'attestation', body);
    await meeting.does(meeting.manager, day, 'attestation', body);
  }
  return meeting;
}

describe('a recovery', () => {
  test('is booked before the week ends, listed to whom it concerns, and met once both say so', async () => {
    const meeting = await twoNoShows();
    const { body } = await meeting.rep.ask('GET', '/api/recoveries?state=booked');
    const [recovery] = body.items;
    expect(recovery).toMatchObject({
      state: 'booked',
      is: 'separate',
      window: 'this week',
      dueBy: '2026-12-04T17:00:00Z',
      canMove: true,
      canAttest: false,
    });
    expect((await meeting.on('2026-12-01')).recovery).toEqual(recovery);
    expect((await meeting.team.stranger.ask('GET', '/api/recoveries')).body.items).toEqual([]);

    const path = `/api/series/${meeting.series}/recoveries/${recovery.key}`;
    expect((await meeting.rep.ask('POST', `${path}/attestation`, { says: 'held' })).status).toBe(409);
    await desk.at('2026-12-02T17:00:00Z', meeting.series);
    const one = await meeting.rep.ask('POST', `${path}/attestation`, { says: 'held' });
    expect([one.status, one.body.recovery.state]).toEqual([200, 'booked']);
    const both = await meeting.manager.ask('POST', `${path}/attestation`, { says: 'held' });
    expect(both.body).toMatchObject({
      recovery: { state: 'met' },
      sentence: 'The recovery meeting was held in time.',
    });
    expect((await meeting.rep.ask('POST', `${path}/attestation`, { says: 'held' })).status).toBe(409);
  });

  test('can be moved, but neither into the past nor out of reach', async () => {
    const meeting = await twoNoShows();
    const { recovery } = await meeting.on('2026-12-01');
    const path = `/api/series/${meeting.series}/recoveries/${recovery!.key}/move`;
    const { body } = await meeting.manager.ask('POST', path, { start: '2026-12-03T13:00:00Z' });
    expect(body).toMatchObject({ calendar: 'done', recovery: { slot: { start: '2026-12-03T13:00:00Z' } } });
    for (const start of ['2026-12-01T09:00:00Z', '2027-01-05T09:00:00Z']) {
      const refused = await meeting.manager.ask('POST', path, { start });
      expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'start']);
    }
  });

  test('that somebody cannot make moves to another time before it is due', async () => {
    const meeting = await twoNoShows();
    const { recovery } = await meeting.on('2026-12-01');
    const path = `/api/series/${meeting.series}/recoveries/${recovery!.key}/cannot-make-it`;
    const { body } = await meeting.rep.ask('POST', path, {
      category: 'customer_call',
      words: 'Closing Acme',
    });
    expect(body.recovery.state).toBe('booked');
    expect(body.recovery.slot.start > recovery!.slot!.start).toBe(true);
    const none = `/api/series/${meeting.series}/recoveries/${(await meeting.on('2026-11-24')).key}/cannot-make-it`;
    const unknown = await meeting.rep.ask('POST', none, { category: 'other' });
    expect([unknown.status, unknown.body.type]).toEqual([404, '/problems/unknown-recovery']);
  });

  test('that is the second meeting itself is acted on as that meeting', async () => {
    const meeting = await desk.meeting();
    await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'sick' });
    const second = await meeting.does(meeting.rep, '2026-12-01', 'cannot-make-it', { category: 'sick' });
    const { recovery } = second.body.occurrence;
    expect(recovery).toMatchObject({ state: 'booked', is: 'occurrence' });
    const path = `/api/series/${meeting.series}/recoveries/${recovery.key}/move`;
    const { body } = await meeting.manager.ask('POST', path, { start: '2026-12-03T13:00:00Z' });
    expect(body.recovery.slot.start).toBe('2026-12-03T13:00:00Z');
    expect((await meeting.on('2026-12-01')).slot.start).toBe('2026-12-03T13:00:00Z');
  });
});
