import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres/embedded-postgres.ts';
import { launch, temporaryDataFolder } from '../support/launch.ts';
import type { Launched } from '../support/launch.ts';

async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  // A killed server ends the connection in its own way; the answer to the question is what counts.
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

function hold(dataDir: string): Launched {
  return launch(['test/support/hold-database.ts', dataDir]);
}

async function urlOf(holder: Launched): Promise<string> {
  const [, url] = await holder.says(/holding (\S+)/);
  return url ?? '';
}

test('what was written survives kill -9 of Perennial, whose orphaned database blocks nobody', async () => {
  const dataDir = temporaryDataFolder();
  const killed = hold(dataDir);
  const url = await urlOf(killed);
  await ask(url, 'CREATE TABLE kept AS SELECT generate_series(1, 100) AS number');
  killed.process.kill('SIGKILL');
  await killed.ended;

  const next = await startEmbeddedPostgres(dataDir, { patienceMs: 0 });
  expect(await ask(next.url('postgres'), 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 100 }]);
  await next.stop();
});

test('what was written survives kill -9 of the database itself', async () => {
  const dataDir = temporaryDataFolder();
  const first = await startEmbeddedPostgres(dataDir);
  await ask(first.url('postgres'), 'CREATE TABLE kept AS SELECT generate_series(1, 100) AS number');
  const [postmaster] = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split(
    '\n',
  );
  process.kill(Number(postmaster), 'SIGKILL');
  await first.gone;

  const next = await startEmbeddedPostgres(dataDir, { patienceMs: 0 });
  expect(await ask(next.url('postgres'), 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 100 }]);
  await next.stop();
});

test('a second start on the same folder refuses in a sentence and harms nothing', async () => {
  const dataDir = temporaryDataFolder();
  const first = hold(dataDir);
  const url = await urlOf(first);
  await ask(url, 'CREATE TABLE kept (number int)');
  const second = hold(dataDir);

  expect(await second.ended).not.toBe(0);
  expect(second.said()).toContain(
    `Perennial is already running on the data folder ${dataDir} (process ${first.process.pid})`,
  );
  expect(await ask(url, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 0 }]);
  first.process.kill('SIGKILL');
  await first.ended;
  await (await startEmbeddedPostgres(dataDir)).stop();
});

test('of many that start at once on a folder whose owner was killed, one gets it', async () => {
  const dataDir = temporaryDataFolder();
  const killed = hold(dataDir);
  await urlOf(killed);
  killed.process.kill('SIGKILL');
  await killed.ended;

  const starters = [1, 2, 3, 4].map(() => hold(dataDir));
  const outcomes = await Promise.all(
    starters.map((starter) =>
      Promise.race([urlOf(starter).catch(() => 'refused'), starter.ended.then(() => 'refused')]),
    ),
  );
  const winner = outcomes.findIndex((outcome) => outcome !== 'refused');

  expect(outcomes.filter((outcome) => outcome !== 'refused')).toHaveLength(1);
  expect(await ask(outcomes[winner] ?? '', 'SELECT 1 AS answer')).toEqual([{ answer: 1 }]);
  starters[winner]?.process.kill('SIGKILL');
  await starters[winner]?.ended;
  await (await startEmbeddedPostgres(dataDir)).stop();
});

test('a process number that now belongs to another program is left alone', async () => {
  const dataDir = temporaryDataFolder();
  await (await startEmbeddedPostgres(dataDir)).stop();
  const stranger = launch(['-e', 'setInterval(() => {}, 1000)']);
  writeFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), `${stranger.process.pid}\n`);
  writeFileSync(
    join(dataDir, 'perennial.lock'),
    JSON.stringify({ pid: stranger.process.pid, started: 'another time', key: 'gone' }),
  );

  const next = await startEmbeddedPostgres(dataDir, { patienceMs: 0 });
  expect(await ask(next.url('postgres'), 'SELECT 1 AS answer')).toEqual([{ answer: 1 }]);
  expect(stranger.process.exitCode).toBeNull();
  await next.stop();
  stranger.process.kill();
  await stranger.ended;
});

test('it runs in a folder that only its owner may enter, such as a clone under /root', async () => {
  const home = mkdtempSync(join(tmpdir(), 'perennial-home-'));
  chmodSync(home, 0o700);
  const dataDir = join(home, 'clone', '.data');
  mkdirSync(dataDir, { recursive: true });

  const first = await startEmbeddedPostgres(dataDir);
  await ask(first.url('postgres'), 'CREATE TABLE kept (number int)');
  await first.stop();
  const second = await startEmbeddedPostgres(dataDir);
  expect(await ask(second.url('postgres'), 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 0 }]);
  await second.stop();

  rmSync(realpathSync(join(dataDir, 'postgres')), { recursive: true });
  rmSync(home, { recursive: true });
});

test('a path too long for a socket is no obstacle', async () => {
  const dataDir = join(temporaryDataFolder(), 'a'.repeat(60), 'b'.repeat(60));

  const server = await startEmbeddedPostgres(dataDir);
  expect(await ask(server.url('postgres'), 'SELECT 1 AS answer')).toEqual([{ answer: 1 }]);
  await server.stop();
});
