import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, startOf } from './processes.ts';

/** Somebody else works in the data folder; nothing was touched. */
export class DataFolderTaken extends Error {
  override readonly name = 'DataFolderTaken';

  constructor(dataDir: string, pid: number) {
    super(
      `Perennial is already running on the data folder ${dataDir} (process ${pid}). ` +
        'Nothing was changed. Stop that one first, or set DATA_DIR to another folder.',
    );
  }
}

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one that got the same number. */
  readonly started: string;
  readonly key: string;
}

const STEP_MS = 100;

/**
 * Takes the data folder for this process until `release`. A lock left behind by a killed process is taken over.
 * @param patienceMs how long to wait for an owner that may just be stopping
 * @throws {DataFolderTaken}
 */
export async function lockDataFolder(dataDir: string, patienceMs: number): Promise<{ release(): void }> {
  let patience = patienceMs;
  const path = join(dataDir, 'perennial.lock');
  const me: Owner = { pid: process.pid, started: startOf(process.pid), key: randomUUID() };
  const draft = `${path}.${me.key}`;
  writeFileSync(draft, JSON.stringify(me));
  try {
    while (!claimed(draft, path)) {
      const owner = readOwner(path);
      if (owner === null || !isAlive(owner.pid, owner.started)) takeAway(path, owner);
      else if (patience <= 0) throw new DataFolderTaken(dataDir, owner.pid);
      else await pause(STEP_MS);
      patience -= STEP_MS;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (readOwner(path)?.key === me.key) rmSync(path, { force: true });
    },
  };
}

/** A link appears whole or not at all, so nobody ever reads half a lock. */
function claimed(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Two starts may find the same dead lock: what was renamed must be what was read, else it is put back. */
function takeAway(path: string, dead: Owner | null): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (readOwner(aside)?.key !== dead?.key) linkSync(aside, path);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readOwner(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return null;
  }
}
