import { LiveModule } from '../../src/live/live.module.ts';
import { freshDatabase } from '../support/database.ts';
import type { PostgresStore } from '../../src/store/postgres-store.ts';
import { EventStream } from '../support/event-stream.ts';
import { startService } from '../support/http.ts';
import { LiveMeeting, startLive } from '../support/live-meeting.ts';

const database = await freshDatabase();
const desk = await startLive(database);
const { service } = desk;
/** A second process on the same database. */
const other = await startService(database, [LiveModule]);

const open: EventStream[] = [];

async function follow(
  live: LiveMeeting,
  token: string,
  from = service.url,
  headers = {},
): Promise<EventStream> {
  const stream = await EventStream.open(`${from}${live.path}/stream`, token, headers);
  open.push(stream);
  return stream;
}

/** The next reading of a session fails. @returns whether it has */
function failOnce(store: PostgresStore): () => boolean {
  let failed = false;
  store.readSession = () => {
    failed = true;
    Reflect.deleteProperty(store, 'readSession');
    return Promise.reject(new Error('No connection is left'));
  };
  return () => failed;
}

afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

test('both sides see the same revision, each with their own preparation alone', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  const theirs = await follow(live, manager.token);
  const mine = await follow(live, rep.token);
  const { revision } = await live.does(manager, { do: 'prepare', positive: 'Well asked.' }, { do: 'start' });
  const [one, two] = await Promise.all([
    theirs.until(({ id }) => id === String(revision)),
    mine.until(({ id }) => id === String(revision)),
  ]);
  expect(one.data).toMatchObject({
    you: 'manager',
    timer: { is: 'running' },
    preparation: { positive: 'Well asked.' },
  });
  expect(two.data).toMatchObject({ you: 'rep', timer: { is: 'running' }, preparation: { notes: '' } });
  expect(JSON.stringify(mine.events)).not.toContain('Well asked.');
});

test('what one process does the screens of another show', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  const elsewhere = await follow(live, rep.token, other.url);
  const { revision } = await live.does(manager, { do: 'start' });
  const { data } = await elsewhere.until(({ id }) => id === String(revision));
  expect(data).toMatchObject({ timer: { is: 'running' }, done: { by: 'manager' } });
});

test('a screen whose session could not be read when it changed shows the change all the same', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  const elsewhere = await follow(live, rep.token, other.url);
  await elsewhere.until(() => true);
  const failed = failOnce(other.store);
  const { revision } = await live.does(manager, { do: 'start' });
  await elsewhere.until(({ id }) => id === String(revision));
  expect(failed()).toBe(true);
});

test('a reload joins nobody twice, and a screen that has the revision is not sent it again', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager } = live.meeting;
  const first = await follow(live, manager.token);
  const { id, data } = await first.until(() => true);
  first.close();
  live.passes(1);
  const again = await follow(live, manager.token, service.url, { 'Last-Event-ID': id });
  await live.does(manager, { do: 'start' });
  await again.until((event) => event.data.timer.is === 'running');
  expect(again.events.map((event) => Number(event.id))).toEqual([Number(id) + 1]);
  expect((await live.as()).arrived).toEqual(data.arrived);
});

test('polling is the same: the session where it is newer, and nothing where it is not', async () => {
  const live = await LiveMeeting.open(desk);
  const { rep, manager } = live.meeting;
  const { revision } = await live.as(rep);
  expect((await rep.ask('GET', `${live.path}?after=${revision}`)).status).toBe(204);
  await live.does(manager, { do: 'start' });
  const newer = await rep.ask('GET', `${live.path}?after=${revision}`);
  expect([newer.status, newer.body.revision]).toEqual([200, revision + 1]);
});

test('two devices start at once: one start, and the second gets the session as it is', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager } = live.meeting;
  const { revision } = await live.as();
  const [one, two] = await Promise.all([
    live.tries(manager, { do: 'start' }, revision),
    live.tries(manager, { do: 'start' }, revision),
  ]);
  const [won, lost] = one.status === 200 ? [one, two] : [two, one];
  expect(won.body).toMatchObject({ revision: revision + 1, timer: { is: 'running' } });
  expect(lost).toMatchObject({
    status: 409,
    body: { type: '/problems/session-moved-on', current: { revision: revision + 1, you: 'manager' } },
  });
});

test('the same command sent twice under one key is done once', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager } = live.meeting;
  const { revision } = await live.does(manager, { do: 'start' });
  const body = { expected: revision, command: { do: 'extend', seconds: 60 } };
  const key = { 'Idempotency-Key': 'extend-once' };
  const one = await manager.ask('POST', `${live.path}/commands`, body, key);
  const two = await manager.ask('POST', `${live.path}/commands`, body, key);
  expect([one.status, two.status, two.body.revision]).toEqual([200, 200, revision + 1]);
  expect((await live.as()).blocks[0]!.seconds).toBe(120);
});

test('who did what is said by name, and the words of one side need no revision', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  const view = await live.does(manager, { do: 'start' }, { do: 'extend', seconds: 120 });
  expect(view.done?.sentence).toBe('Ana added 2 min to Open, from Coaching');
  const draft = await rep.ask('POST', `${live.path}/commands`, { command: { do: 'commit', text: 'Pause.' } });
  expect(draft.body.commitment).toMatchObject({ text: 'Pause.', edit: 1 });
  const blind = await rep.ask('POST', `${live.path}/commands`, { command: { do: 'pause' } });
  expect(blind).toMatchObject({ status: 400, body: { errors: [{ field: 'expected' }] } });
});
