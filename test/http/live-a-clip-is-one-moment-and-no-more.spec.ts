import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/config.ts';
import { freshDatabase } from '../support/database.ts';
import type { Visitor } from '../support/http.ts';
import { LiveMeeting, startLive } from '../support/live-meeting.ts';
import { mp3, mp4, secondsIn, wav, webm } from '../support/recordings.ts';

const database = await freshDatabase();
const desk = await startLive(database, { CLIP_MEGABYTES: '2' });
const { service } = desk;
const {
  dataDir,
  clips: { days: CLIP_DAYS },
} = service.app.get(Config, { strict: false });

interface Sent {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into it freely
  readonly body: any;
}

async function bring(
  live: LiveMeeting,
  recording: Buffer,
  window = '',
  type = 'application/octet-stream',
  who: Visitor = live.meeting.manager,
): Promise<Sent> {
  const response = await fetch(`${service.url}${live.path}/clip${window}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${who.token}`, 'Content-Type': type },
    body: new Uint8Array(recording),
  });
  return { status: response.status, body: await response.json() };
}

async function media(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(service.url + url, { method, headers });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

async function brought(
  recording: Buffer,
  window: string,
): Promise<{ live: LiveMeeting; url: string; type: string }> {
  const live = await LiveMeeting.open(desk);
  const { status, body } = await bring(live, recording, window);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return { live, ...(body.clip.media as { url: string; type: string }) };
}

const range = (from: number, until: number) => Array.from({ length: until - from }, (_, i) => from + i);

test.each([
  ['WAV', async () => wav(50), 'audio/wav', []],
  ['MP3', async () => mp3(50), 'audio/mpeg', []],
  ['MP4', () => mp4(50), 'audio/mp4', []],
  ['WebM with pictures', () => webm(50, 5), 'video/webm', []],
])('F018: of a %s recording only the thirty seconds are kept that somebody chose', async (_, make, type) => {
  const { url, type: sniffed } = await brought(await make(), '?start=12000&end=42000');
  const { status, bytes } = await media(url);
  expect([status, sniffed]).toEqual([200, type]);
  const kept = secondsIn(bytes);
  expect(range(13, 41).filter((second) => !kept.includes(second))).toEqual([]);
  expect(kept.filter((second) => second < 12 || second >= 42)).toEqual([]);
});

test('F018: a clip of 31 s is refused, and so is a whole recording that is longer', async () => {
  const live = await LiveMeeting.open(desk);
  for (const window of ['?start=0&end=31000', '?start=5000', '']) {
    const { status, body } = await bring(live, wav(60), window);
    expect([status, body.type]).toEqual([422, '/problems/not-possible']);
  }
  expect((await bring(live, wav(30))).status).toBe(200);
});

test('what the bytes are decides, never what the sender says they are', async () => {
  const live = await LiveMeeting.open(desk);
  const disguised = await bring(live, Buffer.from('<script>alert(1)</script>'.repeat(50)), '', 'audio/mpeg');
  expect([disguised.status, disguised.body.type]).toEqual([422, '/problems/not-a-recording']);
  const mislabelled = await bring(live, wav(10), '', 'video/mp4');
  expect(mislabelled.body.clip.media.type).toBe('audio/wav');
});

test('a recording that is too large is refused, and no upload is left behind', async () => {
  const live = await LiveMeeting.open(desk);
  const { status, body } = await bring(live, Buffer.alloc(3 * 1_048_576));
  expect([status, body.type]).toEqual([413, '/problems/too-large']);
  expect(readdirSync(join(dataDir, 'uploads'))).toEqual([]);
});

test('ranges are answered exactly, with 206 and 416, and HEAD without the bytes', async () => {
  const { url } = await brought(wav(10), '');
  const whole = await media(url);
  const size = whole.bytes.length;
  const part = async (header: string) => {
    const { status, headers, bytes } = await media(url, { Range: header });
    return [status, headers.get('content-range'), bytes.equals(whole.bytes) ? 'all' : bytes.length];
  };
  expect(await part('bytes=0-1')).toEqual([206, `bytes 0-1/${size}`, 2]);
  expect(await part(`bytes=${size - 10}-`)).toEqual([206, `bytes ${size - 10}-${size - 1}/${size}`, 10]);
  expect(await part('bytes=-7')).toEqual([206, `bytes ${size - 7}-${size - 1}/${size}`, 7]);
  expect(await part(`bytes=0-${size + 99}`)).toEqual([206, `bytes 0-${size - 1}/${size}`, 'all']);
  expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, 0]);
  expect(await part('bytes=9-3')).toEqual([200, null, 'all']);
  expect(await part('bytes=0-1,4-5')).toEqual([200, null, 'all']);
  const middle = await media(url, { Range: 'bytes=100-65535' });
  expect(middle.bytes.equals(whole.bytes.subarray(100, 65_536))).toBe(true);
  const head = await media(url, {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([
    200,
    String(size),
    0,
  ]);
});

test('a part of a clip that is no longer the same is never sent: If-Range', async () => {
  const { url } = await brought(wav(10), '');
  const etag = (await media(url)).headers.get('etag')!;
  expect((await media(url, { Range: 'bytes=0-1', 'If-Range': etag })).status).toBe(206);
  expect((await media(url, { Range: 'bytes=0-1', 'If-Range': '"another"' })).status).toBe(200);
  expect((await media(url, { 'If-None-Match': etag })).status).toBe(304);
});

test('a range that crosses sealed parts is put together again', async () => {
  const { url } = await brought(wav(29), '');
  const { bytes } = await media(url);
  expect(bytes.length).toBeGreaterThan(262_144);
  const across = await media(url, { Range: 'bytes=262100-262200' });
  expect(across.bytes.equals(bytes.subarray(262_100, 262_201))).toBe(true);
});

test('its address runs out and is renewed; one that was altered opens nothing', async () => {
  const { live, url } = await brought(wav(10), '');
  live.passes(11);
  expect((await media(url)).status).toBe(404);
  const renewed = (await live.as()).clip!.media!.url;
  expect(renewed).not.toBe(url);
  expect((await media(renewed)).status).toBe(200);
  expect((await media(`${renewed}x`)).status).toBe(404);
  const other = await brought(wav(5), '');
  expect((await media(renewed.split('?')[0]! + '?' + other.url.split('?')[1]!)).status).toBe(404);
});

test('a transcript excerpt alone is an artifact, and lines of a clip lie inside it', async () => {
  const live = await LiveMeeting.open(desk);
  const { rep } = live.meeting;
  const lines = [
    { at: 4000, speaker: 'Bo', text: 'And the price is…' },
    { at: 0, speaker: 'Kim', text: 'What does it cost?' },
  ];
  const { body } = await rep.ask('PUT', `${live.path}/clip/transcript`, { lines });
  expect(body.clip).toMatchObject({ media: null, duration: 8000, by: 'rep' });
  expect(body.clip.transcript[0].text).toBe('What does it cost?');
  await bring(live, wav(10));
  const outside = [{ at: 10_001, speaker: 'Bo', text: 'Later.' }];
  const refused = await rep.ask('PUT', `${live.path}/clip/transcript`, { lines: outside });
  expect(refused.status).toBe(422);
});

test('one clip at a time: the next takes the place of the last, whose bytes are gone', async () => {
  const { live, url } = await brought(wav(10), '');
  await bring(live, mp3(5));
  expect((await media(url)).status).toBe(404);
  const [left] = await service.rows<{ count: string }>('SELECT count(*) FROM clip WHERE session_id = $1', [
    live.id,
  ]);
  expect(left!.count).toBe('1');
});

test('when its time is over the recording is said to be gone, and its words stay', async () => {
  const { live } = await brought(wav(10), '');
  const { manager, rep } = live.meeting;
  const lines = [{ at: 0, speaker: 'Kim', text: 'What does it cost?' }];
  await rep.ask('PUT', `${live.path}/clip/transcript`, { lines });
  live.passes(CLIP_DAYS * 24 * 60 - 1);
  expect((await live.as(rep)).clip).toMatchObject({ gone: false, media: { type: 'audio/wav' } });
  live.passes(1);
  expect((await live.as(manager)).clip).toMatchObject({ gone: true, media: null, transcript: lines });
});

test('the bytes lie sealed in the database', async () => {
  const { live } = await brought(wav(10), '');
  const parts = await service.rows<{ sealed: Buffer }>(
    'SELECT sealed FROM clip_part p JOIN clip c ON c.id = p.clip_id WHERE c.session_id = $1',
    [live.id],
  );
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.flatMap(({ sealed }) => secondsIn(sealed))).toEqual([]);
});

test('both play the same moment: the start lies a little ahead and either side can hold it', async () => {
  const { live } = await brought(wav(10), '');
  const { manager, rep } = live.meeting;
  const playing = await live.does(manager, { do: 'play', position: 2000 });
  expect(playing.playback).toMatchObject({ is: 'playing', position: 2000, at: playing.now + 1200 });
  live.passes(0.1);
  const held = await live.does(rep, { do: 'hold' });
  expect(held.playback).toMatchObject({ is: 'paused', position: 2000 + 6000 - 1200 });
  expect((await live.does(rep, { do: 'back up', milliseconds: 5000 })).playback?.position).toBe(1800);
});
