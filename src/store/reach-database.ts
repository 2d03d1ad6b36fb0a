import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startOwnDatabase } from './embedded-postgres/own-database.ts';

export interface ReachedDatabase {
  readonly url: string;
  /** Leaves it as it was found: running, or stopped again. */
  readonly leave: () => Promise<void>;
}

/** For a command beside the service: the given database, else our own, which the service may be running already. */
export async function reachDatabase(settings: {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
}): Promise<ReachedDatabase> {
  const url = settings.databaseUrl ?? (await runningOn(settings.dataDir));
  if (url !== null) return { url, leave: async () => {} };
  const own = await startOwnDatabase(settings.dataDir);
  return { url: own.url, leave: own.stop };
}

/** PostgreSQL writes its socket's folder into the fifth line of postmaster.pid. */
async function runningOn(dataDir: string): Promise<string | null> {
  try {
    const pidFile = readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
    const url = `postgres://postgres@localhost/perennial?host=${encodeURIComponent(pidFile.split('\n')[4]!)}`;
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.end();
    return url;
  } catch {
    return null;
  }
}
