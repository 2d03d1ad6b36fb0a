import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());
const NOW = desk.service.clock.at;
beforeEach(() => {
  desk.service.clock.at = NOW;
});

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

describe('an attestation', () => {
  test('of both sides closes the meeting as held; the pair alone sees who said what', async () => {
    const meeting = await desk.meeting();
    const early = await meeting.does(meeting.rep, '2026-11-24', 'attestation', { says: 'held' });
    expect(early.status).toBe(409);
    await desk.at('2026-11-24T09:31:00Z', meeting.series);
    const one = await meeting.does(meeting.rep, '2026-11-24', 'attestation', { says: 'held' });
    expect(one.body.occurrence).toMatchObject({ state: 'scheduled', evidence: 'D', canAttest: true });
    expect((await meeting.on('2026-11-24', meeting.admin)).attestations).toBeNull();
    const both = await meeting.does(meeting.manager, '2026-11-24', 'attestation', { says: 'held' });
    expect(both.body.occurrence).toMatchObject({
      state: 'held_attested',
      evidence: 'B',
      canAttest: false,
      canMove: false,
      attestations: [
        { by: 'manager', says: 'held', absent: null },
        { by: 'rep', says: 'held', absent: null },
      ],
    });
    const late = await meeting.does(meeting.rep, '2026-11-24', 'attestation', { says: 'not_held' });
    expect([late.status, late.body.detail]).toEqual([
      409,
      'This meeting has ended as held attested; that stays.',
    ]);
  });

  test('that it was not held names who was absent', async () => {
    const meeting = await desk.meeting();
    await desk.at('2026-11-24T09:31:00Z', meeting.series);
    const body = { says: 'not_held', absent: 'manager' };
    await meeting.does(meeting.rep, '2026-11-24', 'attestation', body);
    const both = await meeting.does(meeting.manager, '2026-11-24', 'attestation', body);
    expect(both.body.occurrence).toMatchObject({ state: 'no_show_manager', counts: true });
    const wrong = await meeting.does(meeting.rep, '2026-12-01', 'attestation', {
      says: 'held',
      absent: 'rep',
    });
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, 'absent']);
  });

  test('is not taken from an admin, nor after the meeting closed', async () => {
    const meeting = await desk.meeting();
    await desk.at('2026-11-24T09:31:00Z', meeting.series);
    const admin = await meeting.does(meeting.admin, '2026-11-24', 'attestation', { says: 'held' });
    expect(admin.status).toBe(403);
    expect((await meeting.on('2026-11-24')).closesAt).toBe('2026-12-01T23:00:00Z');
    desk.service.clock.at = NOW + 9 * 1440;
    const late = await meeting.does(meeting.rep, '2026-11-24', 'attestation', { says: 'held' });
    expect([late.status, late.body.detail]).toEqual([
      409,
      'Two working days after its week it closed; that stays.',
    ]);
  });
});

describe('an owed meeting', () => {
  test('is found by its key and by its original start, and by nobody it is not for', async () => {
    const meeting = await desk.meeting();
    const { key } = await meeting.on('2026-11-24');
    for (const named of [
      key,
      encodeURIComponent(key),
      '2026-11-24T09:00:00Z',
      '2026-11-24T10:00:00%2B01:00',
    ]) {
      const { status, body } = await meeting.manager.ask('GET', meeting.path(named));
      expect([named, status, body.key]).toEqual([named, 200, key]);
    }
    for (const named of ['9@1', '1@99999999999', 'yesterday', '2026-11-24T09:01:00Z']) {
      const { status, body } = await meeting.manager.ask('GET', meeting.path(named));
      expect([named, status, body.type]).toEqual([named, 404, '/problems/unknown-occurrence']);
    }
    const { stranger, auditor } = meeting.team;
    expect((await stranger.ask('GET', meeting.path(key))).status).toBe(404);
    expect((await stranger.ask('POST', `${meeting.path(key)}/answer`)).status).toBe(404);
    expect((await auditor.ask('GET', meeting.path(key))).body.canMove).toBe(false);
    const move = { start: '2026-11-26T14:00:00Z' };
    expect((await auditor.ask('POST', `${meeting.path(key)}/move`, move)).status).toBe(403);
  });

  test('is listed a page at a time, each once, by week and state', async () => {
    const meeting = await desk.meeting();
    const other = await desk.meeting();
    const keys: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const query: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await meeting.admin.ask('GET', `/api/occurrences?limit=5${query}`);
      keys.push(...body.items.map((item: { key: string }) => item.key));
      next = body.next;
    }
    expect(keys).toHaveLength(12);
    expect(new Set(keys).size).toBe(12);
    await meeting.does(meeting.manager, '2026-12-01', 'move', { start: '2026-12-02T10:00:00Z' });
    const { body } = await meeting.rep.ask('GET', '/api/occurrences?state=moved&until=2026-12-31');
    expect(body.items).toHaveLength(1);
    expect((await meeting.admin.ask('GET', `/api/occurrences?pair=${other.team.pair}`)).body.items).toEqual(
      [],
    );
    expect((await meeting.admin.ask('GET', '/api/occurrences?cursor=nonsense')).status).toBe(400);
    expect((await meeting.admin.ask('GET', '/api/occurrences?from=2026-12-02&until=2026-12-01')).status).toBe(
      400,
    );
  });

  test('has everything that happened to it, and why, in the ledger of its series', async () => {
    const meeting = await desk.meeting();
    await meeting.does(meeting.rep, '2026-11-24', 'cannot-make-it', { category: 'sick', words: 'Flu' });
    const { key } = await meeting.on('2026-11-24');
    const path = `/api/series/${meeting.series}/ledger`;
    const { body } = await meeting.team.auditor.ask('GET', path);
    expect(body.items.map((row: { kind: string }) => row.kind)).toEqual([
      'make series',
      'owe',
      'cannot make it',
      'move',
    ]);
    expect(body.items[2]).toMatchObject({
      occurrence: key,
      actor: meeting.rep.id,
      facts: { by: 'rep', category: 'sick' },
      because: 'The rep cannot make it (sick).',
    });
    expect(JSON.stringify(body)).not.toContain('Flu');
    const page = await meeting.rep.ask('GET', `${path}?limit=3`);
    const rest = await meeting.rep.ask('GET', `${path}?limit=3&cursor=${page.body.next}`);
    expect([page.body.items.length, rest.body.items.length, rest.body.next]).toEqual([3, 1, null]);
    expect((await meeting.team.stranger.ask('GET', path)).status).toBe(404);
  });
});
