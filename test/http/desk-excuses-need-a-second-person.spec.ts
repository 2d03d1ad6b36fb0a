import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';

const desk = await startDesk(await freshDatabase());

describe('an excuse', () => {
  test('that the manager asks for waits until the rep agrees; never by the manager alone', async () => {
    const meeting = await desk.meeting();
    const asked = await meeting.does(meeting.manager, '2026-11-24', 'excuse', { excuse: 'leave' });
    expect(asked.body.sentence).toBe('Saved; the rep or an admin has to agree.');
    expect(asked.body.occurrence).toMatchObject({
      state: 'scheduled',
      excuseRequest: { excuse: 'leave', by: meeting.manager.id, answer: null },
      canAnswerExcuse: false,
    });
    const alone = await meeting.does(meeting.manager, '2026-11-24', 'excuse/answer', { agree: true });
    expect(alone.status).toBe(403);
    expect((await meeting.on('2026-11-24', meeting.rep)).canAnswerExcuse).toBe(true);
    const agreed = await meeting.does(meeting.rep, '2026-11-24', 'excuse/answer', { agree: true });
    expect(agreed.body.occurrence).toMatchObject({ state: 'excused', excuse: 'leave', counts: false });
  });

  test('that the rep asks for is the manager’s to refuse, and can be asked for again', async () => {
    const meeting = await desk.meeting();
    await meeting.does(meeting.rep, '2026-11-24', 'excuse', { excuse: 'sick' });
    expect((await meeting.does(meeting.rep, '2026-11-24', 'excuse', { excuse: 'leave' })).status).toBe(409);
    const refused = await meeting.does(meeting.manager, '2026-11-24', 'excuse/answer', { agree: false });
    expect(refused.body.occurrence.state).toBe('scheduled');
    expect((await meeting.does(meeting.manager, '2026-11-24', 'excuse/answer', { agree: true })).status).toBe(
      409,
    );
    expect((await meeting.does(meeting.rep, '2026-11-24', 'excuse', { excuse: 'leave' })).status).toBe(200);
  });

  test('of an admin needs nobody else; public holidays are for admins only', async () => {
    const meeting = await desk.meeting();
    const holiday = { excuse: 'public_holiday' };
    expect((await meeting.does(meeting.manager, '2026-11-24', 'excuse', holiday)).status).toBe(403);
    const { body } = await meeting.does(meeting.admin, '2026-12-01', 'excuse', { excuse: 'sick' });
    expect(body.occurrence).toMatchObject({ state: 'excused', excuse: 'sick' });
    const { status } = await meeting.does(meeting.admin, '2026-12-01', 'excuse', { excuse: 'sick' });
    expect(status).toBe(409);
  });

  test('role_skip is for senior reps only, and never two weeks in a row (F084)', async () => {
    const junior = await desk.meeting();
    const skip = { excuse: 'role_skip' };
    const refused = await junior.does(junior.admin, '2026-11-24', 'excuse', skip);
    expect([refused.status, refused.body.errors[0].says]).toEqual([422, 'role_skip is for senior reps']);

    const senior = await desk.meeting({ senior: true });
    expect((await senior.does(senior.admin, '2026-12-01', 'excuse', skip)).body.occurrence.state).toBe(
      'excused',
    );
    for (const day of ['2026-11-24', '2026-12-08']) {
      const { status, body } = await senior.does(senior.admin, day, 'excuse', skip);
      expect([status, body.errors[0].says]).toEqual([422, 'role_skip is never taken two weeks in a row']);
    }
    expect((await senior.does(senior.rep, '2026-12-15', 'excuse', skip)).status).toBe(200);
    await senior.does(senior.admin, '2026-12-22', 'excuse', skip);
    const { status } = await senior.does(senior.manager, '2026-12-15', 'excuse/answer', { agree: true });
    expect(status).toBe(422);
  });
});
