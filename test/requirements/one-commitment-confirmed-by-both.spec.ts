import { ClosingTime } from '../../src/live/closing-time.ts';
import type { Answer, Visitor } from '../support/http.ts';
import { freshDatabase } from '../support/database.ts';
import { LiveMeeting, TUESDAY, startLive } from '../support/live-meeting.ts';

const database = await freshDatabase();
const desk = await startLive(database);
const { service } = desk;
const closing = service.app.get(ClosingTime, { strict: false });

interface Row {
  readonly kind: string;
  readonly facts: Record<string, unknown>;
  readonly actor: string;
  readonly because: string;
}

function ledgerOf(live: LiveMeeting): Promise<Row[]> {
  return service.rows<Row>(
    `SELECT kind, facts, actor, because FROM ledger WHERE series_id = $1 AND kind ~ 'session|commitment' ORDER BY seq`,
    [live.meeting.series],
  );
}

const status = async (answer: Promise<Answer>): Promise<number> => (await answer).status;

async function committed(live: LiveMeeting, text: string): Promise<void> {
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'prepare', positive: 'Calm opening.' }, { do: 'start' });
  await live.does(rep, { do: 'commit', text }, { do: 'confirm', edit: 1 });
  await live.does(manager, { do: 'confirm', edit: 1 }, { do: 'end' });
}

test('F041: the manager writes no commitment, and nobody confirms another edit than the one they read', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'start' });
  expect(await status(live.tries(manager, { do: 'commit', text: 'Mine.' }))).toBe(403);
  await live.does(rep, { do: 'commit', text: 'Pause.' });
  await live.does(manager, { do: 'confirm', edit: 1 });
  const { commitment } = await live.does(rep, { do: 'commit', text: 'Pause three seconds.' });
  expect(commitment).toMatchObject({ edit: 2, confirmed: { manager: false, rep: false } });
  expect(await status(live.tries(manager, { do: 'confirm', edit: 1 }))).toBe(409);
});

test('F014, F015: the next meeting shows last week’s commitment and waits for its inspection', async () => {
  const first = await LiveMeeting.open(desk);
  await committed(first, 'Pause three seconds.');
  const next = await LiveMeeting.open(desk, first.meeting, '2026-12-01');
  const { manager, rep } = next.meeting;
  expect((await next.as(rep)).inspection.last?.text).toBe('Pause three seconds.');
  await next.does(manager, { do: 'start' });
  expect(await status(next.tries(rep, { do: 'commit', text: 'Ask twice.' }))).toBe(409);
  await next.does(manager, { do: 'inspect', tried: 'partly' });
  expect(await status(next.tries(rep, { do: 'commit', text: 'Ask twice.' }))).toBe(200);
});

test('F017: a third deal is refused', async () => {
  const live = await LiveMeeting.open(desk);
  const add = (kind: 'stuck' | 'exciting') =>
    ({ do: 'add deal', kind, name: 'Globex', question: '' }) as const;
  await live.does(live.meeting.rep, add('stuck'), add('exciting'));
  expect(await status(live.tries(live.meeting.rep, add('exciting')))).toBe(422);
  expect(
    await status(live.tries(live.meeting.manager, { do: 'change deal', kind: 'stuck', name: 'x' })),
  ).toBe(403);
});

test('F043: both can confirm for two hours after the end; then it closes with what is missing named', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'start' });
  await live.does(rep, { do: 'commit', text: 'Pause.' });
  live.passes(31);
  await live.does(manager, { do: 'end' });
  live.passes(119);
  await closing.round();
  await live.does(rep, { do: 'confirm', edit: 1 });
  live.passes(1);
  await closing.round();
  expect(await live.as()).toMatchObject({
    timer: { is: 'closed' },
    outcome: 'ack_missing',
    missing: ['artifact', 'manager_ack'],
  });
  expect(await status(live.tries(manager, { do: 'confirm', edit: 1 }))).toBe(409);
  expect((await live.as(rep)).commitment.text).toBe('Pause.');
});

test('a session that nobody ended closes by itself, with the draft kept', async () => {
  const live = await LiveMeeting.open(desk);
  await live.does(live.meeting.manager, { do: 'start' });
  await live.does(live.meeting.rep, { do: 'commit', text: 'Pau' });
  live.passes(149);
  await closing.round();
  expect((await live.as()).timer.is).toBe('running');
  live.passes(1);
  await closing.round();
  expect(await live.as()).toMatchObject({ timer: { is: 'closed' }, commitment: { text: 'Pau' } });
});

test('one that was never started closes without a word, and is open again when its meeting was moved', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager } = live.meeting;
  live.passes(31 + 120);
  await closing.round();
  expect((await live.as()).outcome).toBe('never_started');
  expect(await ledgerOf(live)).toEqual([]);
  const { key } = await live.meeting.on(TUESDAY);
  const body = { start: '2026-11-26T09:00:00Z' };
  expect((await manager.ask('POST', `${live.meeting.path(key)}/move`, body)).status).toBe(200);
  await manager.ask('POST', `${live.meeting.path(key)}/session`);
  expect((await live.as()).timer.is).toBe('waiting');
  live.passes(60);
  await closing.round();
  expect((await live.as()).timer.is).toBe('waiting');
});

test('the ledger says what was done and by whom, and the chain holds', async () => {
  const live = await LiveMeeting.open(desk);
  await committed(live, 'Pause.');
  const { manager, rep, team } = live.meeting;
  const rows = await ledgerOf(live);
  const who = (person: Visitor) => person.id;
  expect(rows.map(({ kind, actor }) => [kind, actor])).toEqual([
    ['start session', who(manager)],
    ['confirm commitment', who(rep)],
    ['confirm commitment', who(manager)],
    ['close session', who(manager)],
  ]);
  expect(rows.at(-1)?.facts).toMatchObject({
    outcome: 'complete',
    commitment: 'confirmed',
    missing: 'artifact',
  });
  expect(rows.at(-1)?.because).toBe('The session is over; missing: a clip.');
  expect(await service.store.verifyLedger(team.organisation)).toMatchObject({ kind: 'whole' });
});
