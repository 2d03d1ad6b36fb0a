import { freshDatabase } from '../support/database.ts';
import { startDesk } from '../support/desk.ts';
import type { Meeting } from '../support/desk.ts';
import type { Visitor } from '../support/http.ts';

const database = await freshDatabase();
const desk = await startDesk(database);
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('a series that changes calendars', () => {
  let meeting: Meeting;
  let first: string;
  let second: string;
  beforeEach(async () => {
    desk.outage.away = false;
    meeting = await desk.meeting();
    first = (await meeting.manager.ask('GET', path())).body.account;
    second = await calendarOf(meeting.manager);
  });

  const path = () => `/api/series/${meeting.series}`;
  const move = (who: Visitor, account: string) => who.ask('PATCH', path(), { account });
  const calendarOf = ({ organisation, id: person }: Visitor) =>
    desk.service.store.transaction(organisation, ({ accounts }) =>
      accounts.connect({ person, provider: 'builtin', settings: {}, secret: null, nextPoll: null }),
    );
  const held = async (account: string): Promise<number> => {
    const sql = 'SELECT FROM builtin_resource WHERE account_id = $1 AND NOT deleted';
    return (await desk.service.rows(sql, [account])).length;
  };

  test.each(['manager', 'admin'] as const)('goes where the %s says, within the answer', async (who) => {
    const before = await meeting.on('2026-11-24');
    const { status, body } = await move(meeting[who], second);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: meeting.series,
      account: second,
      calendar: 'done',
      sentence: 'The series moved to another calendar.',
    });
    expect([await held(first), await held(second)]).toEqual([0, 1]);
    expect((await meeting.on('2026-11-24')).slot).toEqual(before.slot);
  });

  test('says in its ledger who moved it, from where and to where', async () => {
    await move(meeting.admin, second);
    const { items } = (await meeting.manager.ask('GET', `${path()}/ledger?limit=100`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'change calendar',
        actor: meeting.admin.id,
        facts: { by: 'admin', from: first, to: second },
        because: 'The series moved to another calendar.',
      }),
    );
    expect(items).toContainEqual(expect.objectContaining({ kind: 'leave calendar', actor: 'perennial' }));
    expect(items.filter(({ kind }: { kind: string }) => kind === 'restore series')).toEqual([]);
  });

  test('is saved, and follows, while no calendar answers', async () => {
    desk.outage.away = true;
    expect((await move(meeting.manager, second)).body).toMatchObject({
      account: second,
      calendar: 'follows',
      sentence: 'Saved; the calendar will follow.',
    });
    expect(desk.service.jobs).toContainEqual({ name: 'reconcile-series', seriesId: meeting.series });
    desk.outage.away = false;
    await desk.settle(meeting.series);
    expect([await held(first), await held(second)]).toEqual([0, 1]);
  });

  test('tells that an old calendar which cannot be opened any more was left as it is', async () => {
    await desk.service.store.transaction(meeting.team.organisation, ({ accounts }) =>
      accounts.setState(first, 'disconnected', 'The calendar server refused this user name or password.'),
    );
    const { body } = await move(meeting.manager, second);
    expect(body.calendar).toBe('done');
    expect(body.sentence).toMatch(/The old one cannot be opened any more/);
  });

  test('is for its manager and admins: a rep and an auditor are told so, a stranger finds nothing', async () => {
    const { rep, auditor, stranger } = meeting.team;
    const tried = async (who: Visitor) => (await move(who, second)).status;
    expect([await tried(rep), await tried(auditor), await tried(stranger)]).toEqual([403, 403, 404]);
    const foreign = await desk.team();
    expect([await tried(foreign.admin), await tried(foreign.manager)]).toEqual([404, 404]);
    expect((await meeting.manager.ask('GET', path())).body.account).toBe(first);
  });

  test('takes a connected calendar of the manager and no other, and names the field', async () => {
    const refused = async (account: string) => {
      const { status, body } = await move(meeting.admin, account);
      expect({ status, type: body.type }).toEqual({ status: 422, type: '/problems/not-possible' });
      return body.errors as unknown;
    };
    const notTheirs = [{ field: 'account', says: 'must be a calendar of the manager' }];
    const foreign = await desk.team();
    expect(await refused(UNKNOWN)).toEqual(notTheirs);
    expect(await refused(await calendarOf(meeting.team.rep))).toEqual(notTheirs);
    expect(await refused(await calendarOf(foreign.manager))).toEqual(notTheirs);
    for (const state of ['paused', 'disconnected'] as const) {
      await desk.service.store.transaction(meeting.team.organisation, ({ accounts }) =>
        accounts.setState(second, state, 'The calendar does not answer.'),
      );
      expect(await refused(second)).toMatchObject([{ field: 'account' }]);
    }
    expect((await move(meeting.manager, 'elsewhere')).status).toBe(400);
  });

  test('does not move to where it lives, nor once its pair has ended, nor where there is none', async () => {
    expect((await move(meeting.manager, first)).body.type).toBe('/problems/conflict');
    const unknown = await meeting.manager.ask('PATCH', `/api/series/${UNKNOWN}`, { account: second });
    expect(unknown.body.type).toBe('/problems/unknown-series');
    await desk.service.store.transaction(meeting.team.organisation, ({ pairs }) =>
      pairs.end(meeting.team.pair, desk.service.clock.now(), 'both_agreed'),
    );
    const ended = await move(meeting.manager, second);
    expect({ status: ended.status, type: ended.body.type }).toEqual({
      status: 409,
      type: '/problems/pair-ended',
    });
  });
});
