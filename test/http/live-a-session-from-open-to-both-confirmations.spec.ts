import { freshDatabase } from '../support/database.ts';
import { LiveMeeting, TUESDAY, startLive } from '../support/live-meeting.ts';

const database = await freshDatabase();
const desk = await startLive(database);

test('the whole meeting: from the positive to a commitment that both confirmed', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'prepare', positive: 'You let the silence stand.' }, { do: 'start' });
  live.passes(1);
  await live.does(manager, { do: 'next' });
  live.passes(2);
  await live.does(rep, { do: 'add deal', kind: 'stuck', name: 'Globex', question: 'Who signs?' });
  await live.does(manager, { do: 'next' });
  await live.does(manager, { do: 'next step', kind: 'stuck', text: 'Ask for the signer.' });
  live.passes(11);
  await live.does(manager, { do: 'next' });
  await live.does(rep, { do: 'answer', text: 'I talked over the price.' });
  await live.does(manager, { do: 'coach', step: 'ask' }, { do: 'coach', step: 'demonstrate' });
  live.passes(15);
  await live.does(manager, { do: 'next' });
  await live.does(
    rep,
    { do: 'commit', text: 'Pause three seconds after the price.' },
    { do: 'confirm', edit: 1 },
  );
  live.passes(4);
  await live.does(manager, { do: 'confirm', edit: 1 });
  const over = await live.does(manager, { do: 'end' });
  expect(over).toMatchObject({ timer: { is: 'closed' }, outcome: 'complete', missing: ['artifact'] });
  expect(over.blocks.map(({ spent }) => spent / 60_000)).toEqual([1, 2, 11, 15, 4]);
  expect(over.overrun).toBe(60_000);
});

test('F012: both are told alike why the meeting cannot go on, until the positive is written', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep } = live.meeting;
  await live.does(manager, { do: 'start' });
  const said = async () => [(await live.as(manager)).nextLocked, (await live.as(rep)).nextLocked];
  const [theirs, mine] = await said();
  expect(mine).toMatch(/^The meeting goes on when the manager/);
  expect(theirs).toBe(mine);
  const { status, body } = await live.tries(rep, { do: 'next' });
  expect([status, body.detail]).toEqual([409, mine]);
  await live.does(manager, { do: 'prepare', positive: 'You waited.' });
  expect(await said()).toEqual([null, null]);
});

test('a session is opened once, however often and by whomever of the pair', async () => {
  const live = await LiveMeeting.open(desk);
  const { key } = await live.meeting.on(TUESDAY);
  const again = await live.meeting.rep.ask('POST', `${live.meeting.path(key)}/session`);
  expect(again.body).toMatchObject({ session: live.id, you: 'rep' });
});
