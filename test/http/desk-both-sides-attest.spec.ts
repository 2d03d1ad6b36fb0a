import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());
const NOW = desk.service.clock.at;
beforeEach(() => {
  desk.service.clock.at = NOW;
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
      evidence: 'C',
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
