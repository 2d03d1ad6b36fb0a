import { execFileSync, fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A server in a process of its own. */
export interface Served {
  readonly port: number;
  /** Resident kilobytes of its process, its garbage collected. */
  rss(): Promise<number>;
  stop(): Promise<void>;
}

const COLLECTING = [
  '--expose-gc',
  '--import',
  pathToFileURL(join(import.meta.dirname, 'collecting.ts')).href,
];
const ROOT = join(import.meta.dirname, '..', '..');

/** The built service itself, on this database. */
export async function serveProduct(databaseUrl: string, key: Buffer): Promise<Served> {
  const port = await freePort();
  const child = fork(join(ROOT, 'dist', 'src', 'main.js'), {
    cwd: ROOT,
    execArgv: COLLECTING,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      SECRETS_KEY: key.toString('base64'),
      PORT: String(port),
      ROLE: 'web',
      DEMO: 'false',
      LOG_LEVEL: 'error',
      LOG_FORMAT: 'json',
    },
  });
  await answering(port);
  return served(child, port);
}

/** Bare ws: rooms in memory, and nothing else. */
export async function serveWs(bytes: number): Promise<Served> {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, 'ws-peer.ts'), [String(port), String(bytes)], {
    execArgv: COLLECTING,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise((resolve) => void child.once('message', resolve));
  return served(child, port);
}

function served(child: ChildProcess, port: number): Served {
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  return {
    port,
    rss: async () => {
      const collected = new Promise((resolve) => void child.once('message', resolve));
      child.send('collect');
      await collected;
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString());
    },
    stop: async () => {
      child.kill();
      await gone;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
  throw new Error('The service did not come up within 30 s.');
}
