import { ClosingTime } from '../../src/live/closing-time.ts';
import { freshDatabase } from '../support/database.ts';
import { EventStream } from '../support/event-stream.ts';
import { LiveMeeting, TUESDAY, startLive } from '../support/live-meeting.ts';

const database = await freshDatabase();
const desk = await startLive(database);
const { service } = desk;

/** Stands in everything that somebody writes. */
const CANARY = 'canary-7f3';

/** Somebody writes wherever there is a place to write. */
async function talkative(live: LiveMeeting): Promise<void> {
  const { manager, rep } = live.meeting;
  const say = (what: string) => `${CANARY} ${what}`;
  await live.does(manager, { do: 'prepare', positive: say('positive'), notes: say('manager’s notes') });
  await live.does(rep, { do: 'prepare', notes: say('rep’s notes') });
  await live.does(manager, { do: 'start' });
  await live.does(
    rep,
    { do: 'notice', text: say('noticed') },
    { do: 'add deal', kind: 'stuck', name: say('deal'), question: say('question') },
    { do: 'next step', kind: 'stuck', text: say('next step') },
    { do: 'answer', text: say('answer') },
    { do: 'answer career', text: say('career') },
    { do: 'commit', text: say('commitment') },
    { do: 'confirm', edit: 1 },
  );
  const last = { command: { do: 'notice', text: say('noticed again') } };
  const key = { 'Idempotency-Key': `said in ${live.id}` };
  expect((await rep.ask('POST', `${live.path}/commands`, last, key)).status).toBe(200);
  const lines = [{ at: 0, speaker: say('speaker'), text: say('line') }];
  expect((await rep.ask('PUT', `${live.path}/clip/transcript`, { lines })).status).toBe(200);
  await live.does(manager, { do: 'mark career', flat: false }, { do: 'confirm', edit: 1 }, { do: 'end' });
}

test('nobody but the pair finds the session, whichever way they ask', async () => {
  const live = await LiveMeeting.open(desk);
  const { admin, auditor, stranger } = live.meeting.team;
  const elsewhere = await service.person(await service.organisation('Globex'), ['manager', 'rep', 'admin']);
  const { key } = await live.meeting.on(TUESDAY);
  for (const who of [admin, auditor, stranger, elsewhere]) {
    const asked = await Promise.all([
      who.ask('GET', live.path),
      who.ask('POST', `${live.path}/commands`, { expected: 1, command: { do: 'start' } }),
      who.ask('PUT', `${live.path}/clip/transcript`, { lines: [{ at: 0, speaker: '', text: 'x' }] }),
      who.ask('POST', `${live.meeting.path(key)}/session`),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const stream = await EventStream.open(`${service.url}${live.path}/stream`, who.token);
    expect(stream.response.status).toBe(404);
  }
});

test('what anybody says is in no table, no log and no answer that is not the pair’s', async () => {
  const live = await LiveMeeting.open(desk);
  await talkative(live);
  const { admin, auditor } = live.meeting.team;
  const { key } = await live.meeting.on(TUESDAY);
  for (const who of [admin, auditor]) {
    const seen = await Promise.all([
      who.ask('GET', live.meeting.path(key)),
      who.ask('GET', `/api/series/${live.meeting.series}/ledger`),
      who.ask('GET', `/api/occurrences?series=${live.meeting.series}`),
    ]);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain(CANARY);
  }
  const tables = await service.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  for (const { name } of tables) {
    const rows = await service.rows(`SELECT to_jsonb(t) AS row FROM ${name} t`);
    expect([name, JSON.stringify(rows).includes(CANARY)]).toEqual([name, false]);
  }
  expect(service.lines.join('\n')).not.toContain(CANARY);
  expect(JSON.stringify(await live.as())).toContain(CANARY);
});

test('neither side’s preparation is in what the other receives', async () => {
  const live = await LiveMeeting.open(desk);
  await talkative(live);
  const [theirs, mine] = [await live.as(live.meeting.manager), await live.as(live.meeting.rep)];
  expect(JSON.stringify(mine)).not.toContain('positive');
  expect(JSON.stringify(mine)).not.toMatch(/manager’s notes|flat/);
  expect(JSON.stringify(theirs)).not.toContain('rep’s notes');
});

test('an admin sees that it was done, and when', async () => {
  const live = await LiveMeeting.open(desk);
  await talkative(live);
  const seen = await live.meeting.on(TUESDAY, live.meeting.admin);
  expect(seen.session).toMatchObject({
    outcome: 'complete',
    artifact: true,
    inspected: false,
    commitment: 'confirmed',
    startedAt: '2026-11-24T09:00:00Z',
  });
  expect(seen.session?.blocks).toHaveLength(5);
  expect(seen.session?.missing).toEqual([]);
});

test('of one that is over, an admin sees what is missing and that it began before its slot', async () => {
  const live = await LiveMeeting.open(desk, undefined, TUESDAY, 24 * 60);
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'start' }, { do: 'end' });
  await live.does(rep, { do: 'commit', text: CANARY }, { do: 'confirm', edit: 1 });
  live.passes(121);
  await service.app.get(ClosingTime, { strict: false }).round();
  const seen = await live.meeting.on(TUESDAY, live.meeting.admin);
  expect(seen).toMatchObject({
    state: 'scheduled',
    session: {
      startedAt: '2026-11-23T09:00:00Z',
      commitment: 'written',
      missing: ['artifact', 'manager_ack'],
    },
  });
});

test('a link lets one person into one session, and nowhere else', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  const { key } = await live.meeting.on(TUESDAY);
  const opened = await rep.ask('POST', `${live.meeting.path(key)}/session`);
  const link = (opened.body.link as string).split('#link=')[1]!;
  const entered = await service.ask('POST', '/sign-in/link', { body: { link } });
  expect(entered.body).toMatchObject({ is: 'in', you: 'rep', session: live.id });
  expect(entered.body.view).toEqual(await live.as(rep));
  const { token } = entered.body as { token: string };
  expect((await service.ask('GET', live.path, { token })).body.you).toBe('rep');
  expect((await service.ask('GET', '/api/occurrences', { token })).status).toBe(403);
  const next = await LiveMeeting.open(desk, live.meeting, '2026-12-01');
  expect((await service.ask('GET', next.path, { token })).status).toBe(401);
  expect((await manager.ask('GET', next.path)).status).toBe(200);
  const forged = `${link.slice(0, -3)}${link.endsWith('AAA') ? 'BBB' : 'AAA'}`;
  expect((await service.ask('POST', '/sign-in/link', { body: { link: forged } })).status).toBe(401);
});

test('a session’s token opens no other session of the same person', async () => {
  const live = await LiveMeeting.open(desk);
  const { key } = await live.meeting.on('2026-12-01');
  const second = await live.meeting.rep.ask('POST', `${live.meeting.path(key)}/session`);
  const link = (second.body.link as string).split('#link=')[1]!;
  const { body } = await service.ask('POST', '/sign-in/link', { body: { link } });
  expect((await service.ask('GET', live.path, { token: body.token as string })).status).toBe(404);
});
