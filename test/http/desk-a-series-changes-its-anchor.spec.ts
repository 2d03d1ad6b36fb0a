import { PeopleModule } from '../../src/people/people.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';
import type { Visitor } from '../support/http.ts';

const desk = await startDesk(await freshDatabase(), [PeopleModule]);
const THURSDAYS = { weekday: 4, time: '14:00' };
const START = desk.service.clock.at;

describe('a series that changes its anchor', () => {
  let meeting: Meeting;
  beforeEach(async () => {
    desk.service.clock.at = START;
    meeting = await desk.meeting();
  });

  const path = () => `/api/series/${meeting.series}`;
  const change = (who: Visitor, anchor: object) => who.ask('PATCH', path(), { anchor });

  test.each(['manager', 'admin'] as const)(
    'follows the %s from next week on, within the answer',
    async (who) => {
      await desk.at('2026-11-23T10:00Z', meeting.series);
      const { status, body } = await change(meeting[who], THURSDAYS);
      expect([status, body.calendar]).toEqual([200, 'done']);
      expect(body.anchor).toEqual({ ...THURSDAYS, zone: 'Europe/Berlin' });
      expect(body.sentence).toMatch(
        /changed the anchor: from next week on you meet on Thursday at 14:00, Berlin time/,
      );
      expect((await meeting.on('2026-11-24')).slot.start).toBe('2026-11-24T09:00:00Z');
      const moved = await meeting.on('2026-12-03');
      expect(moved).toMatchObject({ state: 'scheduled', slot: { start: '2026-12-03T13:00:00Z' } });
      const { items } = (await meeting.manager.ask('GET', `${path()}/ledger?limit=100`)).body;
      expect(items).toContainEqual(
        expect.objectContaining({
          kind: 'change anchor',
          actor: meeting[who].id,
          facts: { by: who, zone: 'Europe/Berlin', weekday: 4, minuteOfDay: 840 },
        }),
      );
    },
  );

  test('outside the working week is refused, naming the field; the same anchor is a conflict', async () => {
    const tried = async (anchor: object) => {
      const { status, body } = await change(meeting.manager, anchor);
      return [status, body.errors?.[0].field ?? body.type];
    };
    expect(await tried({ weekday: 6, time: '10:00' })).toEqual([422, 'anchor.weekday']);
    expect(await tried({ weekday: 5, time: '23:45' })).toEqual([422, 'anchor.time']);
    expect(await tried({ weekday: 2, time: '10:00' })).toEqual([409, '/problems/conflict']);
    expect((await meeting.manager.ask('GET', path())).body.anchor.time).toBe('10:00');
  });

  test('takes one thing at a time, and no word of a rep or an auditor', async () => {
    const both = { anchor: THURSDAYS, account: '00000000-0000-4000-8000-000000000000' };
    expect((await meeting.manager.ask('PATCH', path(), both)).status).toBe(400);
    expect((await meeting.manager.ask('PATCH', path(), {})).status).toBe(400);
    const { rep, auditor, stranger } = meeting.team;
    const tried = async (who: Visitor) => (await change(who, THURSDAYS)).status;
    expect([await tried(rep), await tried(auditor), await tried(stranger)]).toEqual([403, 403, 404]);
  });

  test('stays on its own clock when its manager moves abroad, and says so until the anchor follows', async () => {
    const { admin, manager } = meeting;
    expect((await manager.ask('GET', path())).body.warning).toBeNull();
    const zone = 'Europe/Lisbon';
    expect((await admin.ask('PATCH', `/api/people/${manager.id}`, { zone })).status).toBe(200);
    const { body } = await manager.ask('GET', path());
    expect(body.anchor.zone).toBe('Europe/Berlin');
    expect(body.warning).toBe('The series stays on Berlin time; change its anchor to follow.');
    const { items } = (await manager.ask('GET', `${path()}/ledger?limit=100`)).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'zone stays')).toHaveLength(1);
    const followed = await change(manager, { weekday: 2, time: '10:00', zone });
    expect(followed.body).toMatchObject({ warning: null, anchor: { zone } });
    expect((await meeting.on('2026-12-01')).slot.start).toBe('2026-12-01T10:00:00Z');
  });
});
