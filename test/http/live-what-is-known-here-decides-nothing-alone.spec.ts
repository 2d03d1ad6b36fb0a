import { Client } from 'pg';
import { LiveModule } from '../../src/live/live.module.ts';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { LiveMeeting, startLive, TUESDAY } from '../support/live-meeting.ts';

const database = await freshDatabase();
const desk = await startLive(database);
/** A second process on the same database. */
const other = await startService(database, [LiveModule]);

/** A session that the first process has changed last, so that it knows it. */
async function known() {
  const live = await LiveMeeting.open(desk);
  const { revision } = await live.does(live.meeting.manager, { do: 'start' }, { do: 'pause' });
  const { manager, rep, team } = live.meeting;
  return { live, revision, manager, rep, team };
}

async function elsewhere(path: string, token: string, body: object, key?: object): Promise<number> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...key };
  const { status } = await fetch(`${other.url}${path}/commands`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return status;
}

const { service } = desk;
const { store } = service;

/** As though the process were gone after the next transaction and its claim. @returns what brings it back */
function onlyOneTransaction(): () => void {
  const whole = store.transaction.bind(store);
  let left = 2;
  store.transaction = (organisation, work) =>
    left-- > 0 ? whole(organisation, work) : Promise.reject(new Error('The process is gone'));
  return () => void Reflect.deleteProperty(store, 'transaction');
}

/** The manager's token for this session alone, which outlives their leaving. */
async function sessionTokenOf({ meeting }: LiveMeeting): Promise<string> {
  const { key } = await meeting.on(TUESDAY);
  const { body } = await meeting.manager.ask('POST', `${meeting.path(key)}/session`);
  const link = new URL(body.link as string).hash.slice('#link='.length);
  const entered = await service.ask('POST', '/sign-in/link', { body: { link } });
  return entered.body.token as string;
}

test('what another process did meanwhile is not overwritten, and the answer shows it', async () => {
  const { live, revision, manager, rep } = await known();
  expect(
    await elsewhere(live.path, rep.token, { expected: revision, command: { do: 'extend', seconds: 60 } }),
  ).toBe(200);
  const late = await live.tries(manager, { do: 'resume' }, revision);
  expect(late).toMatchObject({ status: 409, body: { current: { revision: revision + 1 } } });
  expect((await live.as()).blocks[0]).toMatchObject({ seconds: 120 });
});

test('of two acts on one revision, in two processes at once, one is done', async () => {
  const { live, revision, manager, rep } = await known();
  const [here, there] = await Promise.all([
    live.tries(manager, { do: 'extend', seconds: 60 }, revision),
    elsewhere(live.path, rep.token, { expected: revision, command: { do: 'extend', seconds: 60 } }),
  ]);
  expect([here.status, there].toSorted((a, b) => a - b)).toEqual([200, 409]);
  const session = await live.as();
  expect([session.revision, session.blocks[0]!.seconds]).toEqual([revision + 1, 120]);
});

test('somebody who left is shut out at once, though the session is known here', async () => {
  const { live, revision, manager, team } = await known();
  const token = await sessionTokenOf(live);
  await store.transaction(team.organisation, async ({ people }) => {
    await people.change(manager.id, { active: false });
  });
  const body = { expected: revision, command: { do: 'resume' } };
  const left = await service.ask('POST', `${live.path}/commands`, { token, body });
  expect([left.status, left.body.type]).toEqual([404, '/problems/unknown-session']);
});

test('a command that is repeated under its key is done once and answered alike', async () => {
  const { live, revision, manager } = await known();
  const body = { expected: revision, command: { do: 'extend', seconds: 60 } };
  const key = { 'Idempotency-Key': 'known-once' };
  const [one, two] = [
    await manager.ask('POST', `${live.path}/commands`, body, key),
    await manager.ask('POST', `${live.path}/commands`, body, key),
  ];
  expect([one.status, two.status, two.body.revision]).toEqual([200, 200, revision + 1]);
  expect((await live.as()).revision).toBe(revision + 1);
});

test('a key whose command came too late stays free for the next one', async () => {
  const { live, revision, manager, rep } = await known();
  const pause = { expected: revision, command: { do: 'extend', seconds: 60 } };
  expect(await elsewhere(live.path, rep.token, pause)).toBe(200);
  const key = { 'Idempotency-Key': 'late' };
  expect((await manager.ask('POST', `${live.path}/commands`, pause, key)).status).toBe(409);
  const again = { ...pause, expected: revision + 1 };
  expect((await manager.ask('POST', `${live.path}/commands`, again, key)).status).toBe(200);
});

test('one key in two processes at once is one act, and both are answered', async () => {
  const { live, revision, manager } = await known();
  const key = { 'Idempotency-Key': 'in two places' };
  const body = { expected: revision, command: { do: 'extend', seconds: 60 } };
  const [here, there] = await Promise.all([
    manager.ask('POST', `${live.path}/commands`, body, key),
    elsewhere(live.path, manager.token, body, key),
  ]);
  expect([here.status, there]).toEqual([200, 200]);
  const session = await live.as();
  expect([session.revision, session.blocks[0]!.seconds]).toEqual([revision + 1, 120]);
});

test('words that are known here overwrite none that were written elsewhere meanwhile', async () => {
  const { live, manager, rep } = await known();
  const mine = { do: 'prepare', notes: 'Ask about the renewal.' };
  const written = async (who: typeof manager) => (await live.as(who)).preparation.notes;
  expect((await manager.ask('POST', `${live.path}/commands`, { command: mine })).status).toBe(200);
  expect(
    await elsewhere(live.path, rep.token, { command: { do: 'prepare', notes: 'I am stuck at Acme.' } }),
  ).toBe(200);
  const again = { do: 'prepare', positive: 'Calm on the phone.' };
  expect((await manager.ask('POST', `${live.path}/commands`, { command: again })).status).toBe(200);
  expect([await written(manager), await written(rep)]).toEqual([
    'Ask about the renewal.',
    'I am stuck at Acme.',
  ]);
  const stored = await service.rows(`SELECT pair || manager || rep AS words FROM session_words
                                     WHERE session_id = '${live.id}'`);
  expect(JSON.stringify(stored)).not.toContain('renewal');
});

test('an act that the ledger keeps is answered in its own transaction, so that no crash comes between', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager } = live.meeting;
  const { revision } = await live.as();
  const body = { expected: revision, command: { do: 'start' } };
  const key = { 'Idempotency-Key': 'started' };
  const restored = onlyOneTransaction();
  const first = await manager.ask('POST', `${live.path}/commands`, body, key);
  restored();
  const again = await manager.ask('POST', `${live.path}/commands`, body, key);
  expect([first.status, again.body]).toEqual([200, first.body]);
});

test('what is answered again under a key is what was answered first, though the meeting has gone on', async () => {
  const { live, revision, manager } = await known();
  const body = { expected: revision, command: { do: 'extend', seconds: 60 } };
  const key = { 'Idempotency-Key': 'first answer' };
  const first = await manager.ask('POST', `${live.path}/commands`, body, key);
  await live.does(manager, { do: 'resume' });
  const again = await manager.ask('POST', `${live.path}/commands`, body, key);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
});

test('an act on a session that somebody holds for long is told so, and holds nobody else up', async () => {
  const { live, revision, manager } = await known();
  await service.rows(
    `ALTER FUNCTION save_session(uuid, uuid, int4, jsonb, jsonb, jsonb, int8, text, text, text, uuid, text, text,
                                 int4, int4, jsonb) SET lock_timeout = '50ms'`,
  );
  const holder = new Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM session WHERE id = $1 FOR UPDATE', [live.id]);
  const held = await live.tries(manager, { do: 'resume' }, revision);
  expect([held.status, held.body.type]).toEqual([409, '/problems/still-running']);
  await holder.query('ROLLBACK');
  await holder.end();
  expect((await live.tries(manager, { do: 'resume' }, revision)).status).toBe(200);
});
