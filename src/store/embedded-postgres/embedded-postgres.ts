import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { databaseFolder, give, serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { findBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { lockDataFolder } from './lock.ts';
import { stopOrphan } from './orphan.ts';

export interface EmbeddedPostgres {
  /** The server's superuser on a database; `postgres` always exists. */
  url(database: string): string;
  /** Resolves when the server stopped by itself, for whoever cannot live without it. */
  readonly gone: Promise<void>;
  /** Lets running statements fail, writes everything down and gives the data folder free. */
  readonly stop: () => Promise<void>;
}

/** A socket's path may have 107 bytes at most; PostgreSQL appends 16 of its own. */
const LONGEST_SOCKET_FOLDER = 90;

export interface StartOptions {
  /** Further server settings, `name=value`. */
  readonly settings?: readonly string[];
  /** How long to wait for an earlier owner of the folder that may just be stopping; 3 s unless told. */
  readonly patienceMs?: number;
}

/**
 * Starts a PostgreSQL of our own on `dataDir` (made when missing), reachable through a private socket only. As root
 * the server runs as nobody. A server left behind by a killed process is stopped first.
 * @throws {DataFolderTaken} when a living process owns the folder; nothing was touched then
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  { settings = [], patienceMs = 3000 }: StartOptions = {},
): Promise<EmbeddedPostgres> {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const lock = await lockDataFolder(folder, patienceMs);
  try {
    const account = serverAccount();
    const cluster = join(databaseFolder(folder, account), 'cluster');
    await stopOrphan(cluster);
    const binaries = findBinaries(account);
    if (!existsSync(cluster)) initialise(binaries, cluster, account);
    const sockets = socketFolder(cluster, account);
    const server = launch(binaries, cluster, sockets, settings, account);
    await ready(server);
    return running(server, sockets, cluster, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Made aside and renamed when whole: a kill in between leaves nothing that looks like a database. */
function initialise({ initdb }: Binaries, cluster: string, account: Account): void {
  const partial = `${cluster}.making`;
  rmSync(partial, { recursive: true, force: true });
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const made = spawnSync(initdb, ['-D', partial, '-U', 'postgres', '-A', 'trust', ...locale], {
    ...account.ids,
    cwd: '/',
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`PostgreSQL could not make its files in ${cluster}: ${made.stderr}`);
  renameSync(partial, cluster);
}

function socketFolder(cluster: string, account: Account): string {
  if (Buffer.byteLength(cluster) <= LONGEST_SOCKET_FOLDER) return cluster;
  const folder = mkdtempSync(join(tmpdir(), 'perennial-'));
  give(folder, account);
  return folder;
}

/** In a session of its own, so that Ctrl-C reaches Perennial alone and the server stops last. */
function launch(
  { postgres }: Binaries,
  cluster: string,
  sockets: string,
  options: readonly string[],
  account: Account,
): ChildProcess {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${sockets}`,
    'shared_buffers=64MB',
    ...options,
  ];
  return spawn(postgres, ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    ...account.ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolveReady, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
      if (said.includes('ready to accept connections')) resolveReady();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL stopped while starting (${code}): ${said}`)));
  });
}

function running(
  server: ChildProcess,
  sockets: string,
  cluster: string,
  lock: { release(): void },
): EmbeddedPostgres {
  const gone = new Promise<void>((settle) => {
    server.once('exit', () => {
      if (sockets !== cluster) rmSync(sockets, { recursive: true, force: true });
      lock.release();
      settle();
    });
  });
  return {
    url: (database) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(sockets)}`,
    gone,
    stop: async () => {
      server.kill('SIGINT');
      await gone;
    },
  };
}
