import { SessionWords } from '../../src/live/session-words.ts';
import { freshDatabase } from '../support/database.ts';
import { MONDAY } from '../support/http.ts';
import { LiveMeeting, TUESDAY, startLive } from '../support/live-meeting.ts';

const desk = await startLive(await freshDatabase());
const { service } = desk;

/** Stands in what the rep says about themselves. */
const CANARY = 'canary-5e1';

async function deepSession(): Promise<LiveMeeting> {
  service.clock.at = MONDAY;
  return LiveMeeting.open(desk, await desk.meeting({}, 'deep_60'));
}

test('F119: an hour from the check-in to a commitment that both confirmed', async () => {
  const live = await deepSession();
  const { manager, rep } = live.meeting;
  const begun = await live.does(manager, { do: 'prepare', positive: 'You waited.' }, { do: 'start' });
  expect(begun.blocks.map(({ name, planned }) => [name, planned])).toEqual([
    ['Check-in', 300],
    ['Performance', 600],
    ['Deep skill', 1200],
    ['Resilience', 900],
    ['Action planning', 600],
  ]);
  for (const minutes of [5, 10, 20]) {
    live.passes(minutes);
    await live.does(manager, { do: 'next' });
  }
  const { resilience, blocks, current } = await live.does(rep, { do: 'answer resilience', text: 'Rest.' });
  expect(resilience).toEqual({ question: blocks[current]!.prompts[0], answer: 'Rest.' });
  live.passes(15);
  const last = await live.does(manager, { do: 'next' });
  expect([last.done?.sentence, last.askForCommitmentAt]).toEqual([
    'Ana went on to Action planning',
    last.now,
  ]);
  await live.does(rep, { do: 'commit', text: 'Count to five.' }, { do: 'confirm', edit: 1 });
  live.passes(10);
  await live.does(manager, { do: 'confirm', edit: 1 });
  const over = await live.does(manager, { do: 'end' });
  expect(over).toMatchObject({ outcome: 'complete', missing: ['artifact'], overrun: 0 });
});

test('F060: ten minutes for the deals are the cap here too, with its cues', async () => {
  const view = await (await deepSession()).as();
  expect(view.blocks.map(({ cues }) => cues)).toEqual([[], [300, 480, 600], [], [], []]);
});

test('F119: what the rep says about resilience is theirs to write and for the two alone', async () => {
  const live = await deepSession();
  const { manager, rep, team } = live.meeting;
  await live.does(manager, { do: 'prepare', positive: 'You waited.' }, { do: 'start' });
  expect((await live.tries(manager, { do: 'answer resilience', text: 'Tired.' })).status).toBe(403);
  await live.does(rep, { do: 'answer resilience', text: `${CANARY} nights` });
  expect((await live.as(manager)).resilience?.answer).toBe(`${CANARY} nights`);
  await live.does(rep, { do: 'commit', text: 'Wait.' }, { do: 'confirm', edit: 1 });
  await live.does(manager, { do: 'confirm', edit: 1 }, { do: 'end' });

  const elsewhere = await service.person(await service.organisation('Globex'), ['manager', 'rep', 'admin']);
  for (const who of [team.admin, team.auditor, team.stranger, elsewhere])
    expect((await who.ask('GET', live.path)).status).toBe(404);
  const { key } = await live.meeting.on(TUESDAY);
  for (const who of [team.admin, team.auditor]) {
    const seen = await Promise.all([
      who.ask('GET', live.meeting.path(key)),
      who.ask('GET', `/api/series/${live.meeting.series}/ledger`),
      who.ask('GET', '/api/audit/cadence?from=2026-11-23&until=2026-11-29'),
      who.ask('GET', `/api/occurrences?series=${live.meeting.series}`),
    ]);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain(CANARY);
  }
});

test('F119: it is sealed in every table and in no line of the log', async () => {
  const live = await deepSession();
  await live.does(live.meeting.rep, { do: 'answer resilience', text: `${CANARY} sealed` });
  const tables = await service.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  for (const { name } of tables) {
    const rows = await service.rows(`SELECT to_jsonb(t) AS row FROM ${name} t`);
    expect([name, JSON.stringify(rows).includes(CANARY)]).toEqual([name, false]);
  }
  expect(service.lines.join('\n')).not.toContain(CANARY);
  expect(JSON.stringify(await live.as())).toContain(`${CANARY} sealed`);
});

test('a weekly meeting asks nothing about resilience and keeps no answer', async () => {
  const live = await LiveMeeting.open(desk);
  expect((await live.as()).resilience).toBeNull();
  const { status } = await live.tries(live.meeting.rep, { do: 'answer resilience', text: 'x' });
  expect(status).toBe(422);
});

test('a session that began when there was one format only goes on as that', async () => {
  const live = await LiveMeeting.open(desk);
  const { rep, manager } = live.meeting;
  const pair = { lastCommitment: '', noticed: '', stuck: null, exciting: null, answer: '', career: 'Sharp.' };
  const words = {
    pair: { ...pair, commitment: '', transcript: [] },
    manager: { positive: 'You waited.', notes: '', flat: null },
    rep: { notes: '' },
  };
  const seals = service.app.get(SessionWords, { strict: false });
  const sealed = seals.close(live.id, words as unknown as Parameters<typeof seals.close>[1]);
  await service.rows(`UPDATE session SET facts = facts - 'format' WHERE id = $1`, [live.id]);
  await service.rows('UPDATE session_words SET pair = $2, manager = $3, rep = $4 WHERE session_id = $1', [
    live.id,
    sealed.pair,
    sealed.manager,
    sealed.rep,
  ]);
  const view = await live.as(rep);
  expect(view.blocks.map(({ name }) => name)).toContain('Career and close');
  expect([view.career.answer, view.resilience]).toEqual(['Sharp.', null]);
  expect((await live.does(manager, { do: 'start' }, { do: 'next' })).current).toBe(1);
});
