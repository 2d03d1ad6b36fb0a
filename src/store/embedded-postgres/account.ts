import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Where root keeps what another account must be able to enter. */
export const SHARED_PLACE = '/var/lib/perennial';

/** initdb looks its account up in the password file, and this one stands in that of every Linux. */
const NOBODY = 65_534;

/** The operating system's account that runs the server. PostgreSQL refuses to run as root. */
export interface Account {
  /** Empty where the server runs as whoever started Perennial. */
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

export function serverAccount(): Account {
  return { ids: process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {} };
}

/**
 * The folder for the database's files inside `dataDir`, made when missing, private to the account. Where the account
 * cannot reach `dataDir` (root's closed home), a link leads to a folder of this installation in the shared place.
 */
export function databaseFolder(dataDir: string, account: Account): string {
  const folder = join(realpathSync(dataDir), 'postgres');
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
    if (canEnter(realpathSync(dataDir), account)) mkdirSync(folder, { mode: 0o700 });
    else symlinkSync(makeSharedFolder(), folder);
  }
  const real = realpathSync(folder);
  give(real, account);
  return real;
}

/** Makes a folder the account's own and closes it to everybody else. */
export function give(folder: string, account: Account): void {
  const { uid, gid } = account.ids;
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  chmodSync(folder, 0o700);
}

function makeSharedFolder(): string {
  const folder = join(SHARED_PLACE, `database-${randomUUID()}`);
  mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

function canEnter(folder: string, account: Account): boolean {
  if (account.ids.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...account.ids, cwd: '/' }).status === 0;
}
