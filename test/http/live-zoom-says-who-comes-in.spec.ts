import { MeetingPlatform } from '../../src/meetings/meeting-platform.ts';
import { freshDatabase } from '../support/database.ts';
import type { Answer } from '../support/http.ts';
import { LiveMeeting, startLive } from '../support/live-meeting.ts';
import { sealContext } from '../support/zoom/app-context.ts';
import { ZoomOAuthServer } from '../support/zoom/oauth-server.ts';

const APP = { clientId: 'app', clientSecret: 'secret' };
const PAGE = 'https://perennial.test/meeting';

const database = await freshDatabase();
const oauth = await ZoomOAuthServer.start(APP.clientId, APP.clientSecret);
const desk = await startLive(database, {
  ZOOM_CLIENT_ID: APP.clientId,
  ZOOM_CLIENT_SECRET: APP.clientSecret,
});
const { service } = desk;
/** The product's own Zoom, which asks the server of this test. */
Object.assign(service.app.get(MeetingPlatform, { strict: false }), {
  addresses: { signIn: oauth.url, api: oauth.url },
});

let count = 0;

function contextOf(uid: string | undefined, mid: string, more: object = {}): string {
  const now = service.clock.milliseconds();
  const claims = {
    typ: 'meeting',
    mid,
    iss: 'marketplace.zoom.us',
    aud: APP.clientId,
    ts: now,
    exp: now + 600_000,
  };
  return sealContext({ ...claims, ...(uid !== undefined && { uid }), ...more }, APP.clientSecret);
}

const enter = (body: object): Promise<Answer> => service.ask('POST', '/sign-in/zoom', { body });

/** Somebody allows Zoom once to say who they are. */
async function authorize(email: string, uid: string, mid: string, change: object = {}): Promise<Answer> {
  const { body } = await service.ask('POST', '/sign-in/zoom/challenge');
  const code = `code ${++count}`;
  const granted = {
    account: uid,
    email,
    verified: 1,
    verifier: body.codeChallenge as string,
    redirectUri: PAGE,
  };
  oauth.grant(code, { ...granted, ...change });
  const sent = { code, state: body.state as string, redirectUri: PAGE, context: contextOf(uid, mid) };
  return service.ask('POST', '/sign-in/zoom/code', { body: sent });
}

async function emailOf(person: string): Promise<string> {
  const [row] = await service.rows<{ email: string }>('SELECT email FROM person WHERE id = $1', [person]);
  return row!.email;
}

/** A meeting whose two people have used the panel before. */
async function linked(): Promise<{ live: LiveMeeting; manager: string; rep: string; mid: string }> {
  const live = await LiveMeeting.open(desk);
  const n = ++count;
  const uids = { manager: `m${n}`, rep: `r${n}`, mid: `meeting ${n}==` };
  for (const side of ['manager', 'rep'] as const) {
    const { body } = await authorize(await emailOf(live.meeting[side].id), uids[side], `before ${n}`);
    expect(body.is).toBe('in');
  }
  return { live, ...uids };
}

test('somebody new is linked once, by the address that Zoom has verified, and known from then on', async () => {
  const live = await LiveMeeting.open(desk);
  const email = await emailOf(live.meeting.rep.id);
  expect((await enter({ context: contextOf('bo', 'x') })).body).toEqual({ is: 'not linked' });
  expect((await authorize(email, 'bo', 'x')).body).toMatchObject({ is: 'in', you: 'rep', session: live.id });
  const again = await enter({ context: contextOf('bo', 'x') });
  expect(again.body).toMatchObject({ is: 'in', you: 'rep', session: live.id });
  const view = await service.ask('GET', live.path, { token: again.body.token as string });
  expect(view.body.you).toBe('rep');
});

test('both sides of one Zoom meeting are in the same session', async () => {
  const { live, manager, rep, mid } = await linked();
  const [theirs, mine] = await Promise.all([
    enter({ context: contextOf(manager, mid) }),
    enter({ context: contextOf(rep, mid) }),
  ]);
  expect(theirs.body).toMatchObject({ is: 'in', you: 'manager', session: live.id });
  expect(mine.body).toMatchObject({ is: 'in', you: 'rep', session: live.id });
});

test('a third participant of the same Zoom meeting finds nothing', async () => {
  const { manager, mid } = await linked();
  await enter({ context: contextOf(manager, mid) });
  const third = await service.person(await service.organisation('Globex'), ['rep'], {
    email: 'eve@globex.test',
  });
  expect((await authorize('eve@globex.test', 'eve', mid)).body).toEqual({ is: 'no meeting' });
  expect(third.id).toBeDefined();
  expect((await enter({ context: contextOf('nobody', mid) })).body).toEqual({ is: 'not linked' });
  expect((await enter({ context: contextOf(undefined, mid) })).body).toEqual({ is: 'not linked' });
});

test.each([
  ['expired', () => contextOf('x', 'y', { exp: service.clock.milliseconds() - 1 })],
  ['of another app', () => contextOf('x', 'y', { aud: 'another' })],
  ['cut short', () => contextOf('x', 'y').slice(0, 60)],
  ['of 64 KB', () => 'A'.repeat(65_536)],
  ['forged', () => sealContext({ uid: 'x' }, 'guess')],
])('a context that is %s is refused like any other, and says nothing more', async (_, make) => {
  const { status, body } = await enter({ context: make() });
  expect([status, body.type]).toEqual([401, '/problems/not-recognised']);
});

test('a context is exchanged once: a reload at once is the same, later it is worth nothing', async () => {
  const { live, rep, mid } = await linked();
  const context = contextOf(rep, mid);
  expect((await enter({ context })).body.is).toBe('in');
  expect((await enter({ context })).body.is).toBe('in');
  live.passes(2);
  expect((await enter({ context })).status).toBe(401);
});

test('an address that Zoom has not verified, another account, a code twice: nobody is linked', async () => {
  const live = await LiveMeeting.open(desk);
  const email = await emailOf(live.meeting.rep.id);
  expect((await authorize(email, 'n1', 'x', { verified: 0 })).status).toBe(401);
  expect((await authorize(email, 'n2', 'x', { account: 'somebody else' })).status).toBe(401);
  expect((await authorize(email, 'n3', 'x', { verifier: 'another' })).status).toBe(401);
  expect((await enter({ context: contextOf('n1', 'x') })).body).toEqual({ is: 'not linked' });
});

test('whoever is linked stays linked to that account', async () => {
  const { live } = await linked();
  const { body } = await authorize(await emailOf(live.meeting.rep.id), 'a second account', 'x');
  expect(body).toEqual({ is: 'not linked' });
});

test('where it could be two meetings, the person says which', async () => {
  const { live, manager, mid } = await linked();
  const { team } = live.meeting;
  service.clock.at -= 1440;
  const second = await service.person(team.organisation, ['rep'], { name: 'Cy' });
  const pair = await service.store.transaction(team.organisation, ({ pairs }) =>
    pairs.add(team.manager.id, second.id),
  );
  const made = await team.manager.ask('POST', '/api/series', { pair, anchor: { weekday: 2, time: '10:30' } });
  expect(made.status).toBe(201);
  service.clock.at += 1440;
  const { body } = await enter({ context: contextOf(manager, mid) });
  expect(body.is).toBe('choose');
  expect(body.meetings.map((each: { with: string }) => each.with)).toEqual(['Bo', 'Cy']);
  const { series, key } = body.meetings[1];
  const chosen = await enter({ context: contextOf(manager, mid), occurrence: { series, key } });
  expect(chosen.body).toMatchObject({ is: 'in', you: 'manager' });
  expect(chosen.body.session).not.toBe(live.id);
});
