import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOf } from './processes.ts';

const STEP_MS = 25;

/** How long each kind of stop may take before the next one, PostgreSQL's "fast", "immediate" and the kernel's own. */
const STOPS = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

/**
 * Stops a server that outlived the process that started it. Only called by whoever holds the data folder's lock, so
 * no living Perennial uses it. A number that now belongs to another program is left alone, its stale file removed.
 */
export async function stopOrphan(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  for (const { signal, waitMs } of STOPS) {
    if (!serves(pid, cluster)) break;
    process.kill(pid, signal);
    for (let waited = 0; waited < waitMs && serves(pid, cluster); waited += STEP_MS) await pause(STEP_MS);
  }
  rmSync(file, { force: true });
}

/** The server's command line names its folder: see the start in `embedded-postgres.ts`. */
function serves(pid: number, cluster: string): boolean {
  return commandOf(pid).includes(`-D ${cluster} `);
}
