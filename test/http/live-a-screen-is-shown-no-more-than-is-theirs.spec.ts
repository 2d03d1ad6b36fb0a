import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { ClosingTime } from '../../src/live/closing-time.ts';
import { KnownSessions } from '../../src/live/known-sessions.ts';
import { Screens } from '../../src/live/screens.ts';
import { freshDatabase } from '../support/database.ts';
import { EventStream } from '../support/event-stream.ts';
import { LiveMeeting, startLive, TUESDAY } from '../support/live-meeting.ts';

const desk = await startLive(await freshDatabase());
const { service } = desk;
const known = service.app.get(KnownSessions, { strict: false });
const screens = service.app.get(Screens, { strict: false });

const follow = (live: LiveMeeting, token: string) =>
  EventStream.open(`${service.url}${live.path}/stream`, token);

/** The next reading of a session waits for the test. */
function heldReading() {
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { store } = service;
  const read = store.readSession.bind(store);
  store.readSession = async (organisation, session) => {
    Reflect.deleteProperty(store, 'readSession');
    begun.resolve();
    await held.promise;
    return read(organisation, session);
  };
  return { begun: begun.promise, goOn: held.resolve };
}

/** A token for this session alone, as the personal link gives it. */
async function passOf({ meeting }: LiveMeeting): Promise<string> {
  const { key } = await meeting.on(TUESDAY);
  const { body } = await meeting.manager.ask('POST', `${meeting.path(key)}/session`);
  const link = new URL(body.link as string).hash.slice('#link='.length);
  return (await service.ask('POST', '/sign-in/link', { body: { link } })).body.token as string;
}

test('whoever left is shown nothing more, on a screen that was open before', async () => {
  const live = await LiveMeeting.open(desk);
  const { manager, rep, team } = live.meeting;
  const [theirs, mine] = [await follow(live, manager.token), await follow(live, rep.token)];
  await Promise.all([theirs.until(() => true), mine.until(() => true)]);
  await service.store.transaction(team.organisation, ({ people }) =>
    people.change(manager.id, { active: false }),
  );
  const { revision } = await live.does(rep, { do: 'answer career', text: 'I think of leaving.' });
  await theirs.over;
  expect(JSON.stringify(theirs.events)).not.toContain('I think of leaving.');
  await mine.until(({ id }) => id === String(revision));
  mine.close();
});

test.each([
  ['a pass for the meeting', passOf, 4 * 60],
  ['a token that may be taken back', ({ meeting }: LiveMeeting) => meeting.rep.token, 60],
])('a screen that was opened with %s is closed when its time is over', async (_, tokenOf, minutes) => {
  const live = await LiveMeeting.open(desk);
  const stream = await follow(live, await tokenOf(live));
  await stream.until(() => true);
  live.passes(minutes);
  await stream.over;
});

test('a reader who goes while their screen is being opened is not kept, nor are the words', async () => {
  const live = await LiveMeeting.open(desk);
  const reading = heldReading();
  const opened = Promise.withResolvers<void>();
  const open = screens.opening.bind(screens);
  screens.opening = (...asked) => open(...asked).finally(opened.resolve);
  const connected = once(service.app.getHttpServer(), 'connection');
  const headers = { Authorization: `Bearer ${live.meeting.rep.token}` };
  const request = get(`${service.url}${live.path}/stream`, { headers, agent: false });
  request.on('error', () => {});
  const [near] = (await connected) as [Socket];
  await reading.begun;
  request.destroy();
  await once(near, 'close');
  reading.goOn();
  await opened.promise;
  Reflect.deleteProperty(screens, 'opening');
  expect(known.at(live.id, null)).toBeNull();
});

test('words lie open in memory only while somebody is at work on them', async () => {
  const live = await LiveMeeting.open(desk);
  await live.does(live.meeting.manager, { do: 'prepare', notes: 'Ask about the renewal.' });
  expect(known.at(live.id, null)).not.toBeNull();
  const later = await LiveMeeting.open(desk);
  later.passes(61);
  await later.does(later.meeting.manager, { do: 'start' });
  expect(known.at(live.id, null)).toBeNull();
});

test('one session that cannot be closed keeps no other from closing, and nothing from being forgotten', async () => {
  const [broken, good] = [await LiveMeeting.open(desk), await LiveMeeting.open(desk)];
  for (const live of [broken, good]) await live.does(live.meeting.manager, { do: 'start' });
  await service.rows(`UPDATE session_words SET pair = 'nobody can open this' WHERE session_id = $1`, [
    broken.id,
  ]);
  await service.rows(`UPDATE session SET closes_at = 1 WHERE id = $1`, [broken.id]);
  good.passes(24 * 60);
  await service.app.get(ClosingTime, { strict: false }).round();
  expect((await good.as()).timer.is).toBe('closed');
  const [row] = await service.rows<{ closes_at: string }>('SELECT closes_at FROM session WHERE id = $1', [
    broken.id,
  ]);
  expect(Number(row!.closes_at)).toBe((service.clock.now() + 24 * 60) * 60_000);
});
