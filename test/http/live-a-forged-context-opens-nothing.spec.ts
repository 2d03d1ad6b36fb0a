import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { LiveMeeting, startLive } from '../support/live-meeting.ts';
import { sealContext } from '../support/zoom/app-context.ts';

const APP = { clientId: 'app', clientSecret: 'secret' };

const pages = mkdtempSync(join(tmpdir(), 'pages-'));
writeFileSync(join(pages, 'index.html'), '<!doctype html><head></head><p>Desk</p>');
writeFileSync(join(pages, 'meeting.html'), '<!doctype html><head></head><p>Panel</p>');
afterAll(() => rmSync(pages, { recursive: true }));

const database = await freshDatabase();
const panel = await startService(database, [], { pages });
const desk = await startLive(database, {
  ZOOM_CLIENT_ID: APP.clientId,
  ZOOM_CLIENT_SECRET: APP.clientSecret,
});
const { service } = desk;
const live = await LiveMeeting.open(desk);
const { rep, team } = live.meeting;
await service.store.transaction(team.organisation, ({ zoom }) => zoom.link(rep.id, 'bo', 0));

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** What Zoom would give out about the rep, who is known here, in this meeting. */
function contextOf(change: object = {}, secret = APP.clientSecret): string {
  const now = service.clock.milliseconds();
  const who = { typ: 'meeting', uid: 'bo', mid: 'meeting==' };
  const valid = { iss: 'marketplace.zoom.us', aud: APP.clientId, ts: now, exp: now + 600_000 };
  return sealContext({ ...who, ...valid, ...change }, secret);
}

/** Every length and every part of it lies somewhere in these bytes. */
function changed(change: (bytes: Buffer) => Buffer | void): string {
  const bytes = Buffer.from(contextOf(), 'base64');
  return (change(bytes) ?? bytes).toString('base64');
}

/** `iv length u8 | iv 12 | aad length u16 | aad 7 | text length i32 | text | tag 16`. */
const AT = { ivLength: 0, iv: 1, aadLength: 13, aad: 15, textLength: 22, text: 26 };
const flip = (bytes: Buffer, at: number): void => void (bytes[at]! ^= 1);

const FORGED: Readonly<Record<string, () => string>> = {
  'a flipped byte of the vector': () => changed((bytes) => flip(bytes, AT.iv)),
  'a flipped byte of what is said beside it': () => changed((bytes) => flip(bytes, AT.aad)),
  'a flipped byte of the text': () => changed((bytes) => flip(bytes, AT.text)),
  'a flipped byte of the tag': () => changed((bytes) => flip(bytes, bytes.length - 1)),
  'no vector': () => changed((bytes) => void bytes.writeUInt8(0, AT.ivLength)),
  'a vector longer than the rest': () => changed((bytes) => void bytes.writeUInt8(255, AT.ivLength)),
  'a length beyond the end': () => changed((bytes) => void bytes.writeUInt16LE(65_535, AT.aadLength)),
  'a text of two thousand million bytes': () =>
    changed((bytes) => void bytes.writeInt32LE(2 ** 31 - 1, AT.textLength)),
  'a text of less than nothing': () => changed((bytes) => void bytes.writeInt32LE(-1, AT.textLength)),
  'an end in the middle of a length': () => changed((bytes) => bytes.subarray(0, AT.textLength + 2)),
  'an end before the tag': () => changed((bytes) => bytes.subarray(0, -16)),
  'more after its end': () => changed((bytes) => Buffer.concat([bytes, Buffer.of(0)])),
  'another app’s name': () => contextOf({ aud: 'another' }),
  'another issuer': () => contextOf({ iss: 'zoom.example' }),
  'another secret': () => contextOf({}, 'guess'),
  'a time that is over': () => contextOf({ exp: service.clock.milliseconds() }),
  'a time that is over, in seconds': () => contextOf({ exp: seconds(service.clock.milliseconds()) - 1 }),
  'no end': () => contextOf({ exp: undefined }),
  'a uid that is no text': () => contextOf({ uid: ['bo'] }),
  'no claims at all': () => sealContext([], APP.clientSecret),
  'nothing but letters': () => 'A'.repeat(65_536),
};

const enter = (context: string) => service.ask('POST', '/sign-in/zoom', { body: { context } });

/** All that the sender of a context can tell an answer by, their own address and the time aside. */
async function answerTo(context: string): Promise<string> {
  const { status, headers, body } = await enter(context);
  const told = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return JSON.stringify([status, told, { ...body, instance: null }]);
}

test('whole and valid it lets the rep in, its end in seconds or milliseconds', async () => {
  expect((await enter(contextOf())).body).toMatchObject({ is: 'in', you: 'rep', session: live.id });
  const exp = seconds(service.clock.milliseconds()) + 60;
  expect((await enter(contextOf({ exp }))).body).toMatchObject({ is: 'in', session: live.id });
});

test.each(Object.keys(FORGED))('with %s: 401, and the same to the letter as any other', async (how) => {
  const answer = await answerTo(FORGED[how]!());
  expect(JSON.parse(answer)).toMatchObject([401, expect.anything(), { type: '/problems/not-recognised' }]);
  expect(answer).toBe(await answerTo(contextOf({}, 'another guess')));
});

test('a guest, and somebody whom nobody knows here, get the same way in', async () => {
  const [guest, unknown] = [{ uid: undefined }, { uid: 'nobody' }].map((change) => contextOf(change));
  expect((await enter(guest!)).body).toEqual({ is: 'not linked' });
  expect(await answerTo(guest!)).toBe(await answerTo(unknown!));
});

test('the page is shown whatever comes with it, and a header too large ends that request alone', async () => {
  const open = async (context: string): Promise<number> =>
    (await panel.ask('GET', '/meeting', { headers: { 'X-Zoom-App-Context': context } })).status;
  for (const [how, forge] of Object.entries(FORGED))
    if (how !== 'nothing but letters') expect([how, await open(forge())]).toEqual([how, 200]);
  expect(await open('A'.repeat(8192))).toBe(200);
  expect(await open('A'.repeat(65_536))).toBe(431);
  expect(await open(contextOf())).toBe(200);
});
