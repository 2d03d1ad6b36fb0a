import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres/embedded-postgres.ts';
import type { EmbeddedPostgres } from '../../src/store/embedded-postgres/embedded-postgres.ts';
import { stopOrphan } from '../../src/store/embedded-postgres/orphan.ts';

const PREFIX = 'perennial-test-';

/** Durability is another test's business; here a crash loses nothing that anybody wants. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** One PostgreSQL for a whole Jest run, in a folder of its own that goes away with it. */
export async function startTestServer(): Promise<{ server: EmbeddedPostgres; stop: () => Promise<void> }> {
  await clearAwayKilledRuns();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(folder, { settings: FAST });
  return {
    server,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function clearAwayKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (runs(Number(name.slice(PREFIX.length).split('-')[0]))) continue;
    await stopOrphan(join(tmpdir(), name, 'postgres', 'cluster'));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
