import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Client } from 'pg';
import { SESSION_CHANNEL } from '../../src/store/sessions.ts';
import { SessionNewsWire } from '../../src/store/session-news.ts';
import { freshDatabase } from '../support/database.ts';

const { url } = await freshDatabase();

/** Stands between the wire and the database, and can fall silent without closing anything. */
async function between() {
  const { searchParams } = new URL(url);
  const database = `${searchParams.get('host')}/.s.PGSQL.5432`;
  let silent = false;
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const [mute, far] = [silent, connect(database)];
    sockets.push(near, far);
    near.on('data', (data) => mute || silent || far.write(data));
    far.on('data', (data) => mute || silent || near.write(data));
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  through.search = '';
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    fallSilent: () => void (silent = true),
    /** For those who connect anew. */
    speak: () => void (silent = false),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a wire that falls silent without a word is noticed, made anew, and everybody looks at what was missed', async () => {
  const line = await between();
  const heard: number[] = [];
  const failed = Promise.withResolvers<unknown>();
  const missedSome = Promise.withResolvers<void>();
  const news = Promise.withResolvers<void>();
  const wire = new SessionNewsWire(
    line.url,
    {
      heard: ({ revision }) => {
        heard.push(revision);
        news.resolve();
      },
      missedSome: () => missedSome.resolve(),
      failed: (error) => failed.resolve(error),
    },
    200,
  );
  await wire.start();
  line.fallSilent();
  expect(String(await failed.promise)).toMatch(/timeout/i);
  line.speak();
  await missedSome.promise;
  const speaker = new Client({ connectionString: url });
  await speaker.connect();
  await speaker.query(`SELECT pg_notify('${SESSION_CHANNEL}', 'acme session 7')`);
  await news.promise;
  expect(heard).toEqual([7]);
  await speaker.end();
  await wire.stop();
  line.close();
});
