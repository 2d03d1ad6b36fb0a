import { launch, temporaryDataFolder } from '../support/launch.ts';
import type { Launched } from '../support/launch.ts';

const READY = /listening: "(http:[^"]+)"/;

function start(dataDir: string): Launched {
  return launch(['bin/run.cjs', 'dist/src/main.js'], { DATA_DIR: dataDir, PORT: '0', DEMO: 'false' });
}

async function answers(perennial: Launched): Promise<number> {
  const [, url] = await perennial.says(READY);
  return (await fetch(`${url}/health`)).status;
}

test('npm start serves, refuses a second one on its folder, and SIGTERM ends it in order', async () => {
  const dataDir = temporaryDataFolder();
  const first = start(dataDir);
  expect(await answers(first)).toBe(200);

  const second = start(dataDir);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('Perennial is already running on the data folder');
  expect(await answers(first)).toBe(200);

  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(first.said()).toContain('stopped');
}, 120_000);

test('a launcher that is killed takes the service and the database with it', async () => {
  const dataDir = temporaryDataFolder();
  const killed = start(dataDir);
  await answers(killed);
  killed.process.kill('SIGKILL');
  await killed.ended;
  expect(killed.said()).toContain('the launcher is gone');

  const next = start(dataDir);
  expect(await answers(next)).toBe(200);
  next.process.kill('SIGINT');
  expect(await next.ended).toBe(0);
}, 120_000);

test('settings that cannot be used are all named before anything is touched', async () => {
  const refused = launch(['bin/run.cjs', 'dist/src/main.js'], { PORT: 'http', ROLE: 'boss' });

  expect(await refused.ended).toBe(1);
  expect(refused.said()).toMatch(/PORT must be[^]*ROLE must be/);
});
