import type { DataSource, QueryRunner } from 'typeorm';

/** Long enough for the other looks at one calendar, short enough that the queue may go on elsewhere. */
const PATIENCE = '5s';
/** PostgreSQL's lock_not_available. */
const WAITED_TOO_LONG = '55P03';

/**
 * Runs `work` while holding a session lock on `what`, on a connection of its own. Those who wait get it in the order
 * they came. The lock dies with the connection, so a killed process frees it by itself.
 * @returns 'taken' where another connection of any process keeps it for longer than `patience`
 */
export async function asOnlyWriter<T>(
  dataSource: DataSource,
  what: string,
  work: () => Promise<T>,
  patience = PATIENCE,
): Promise<T | 'taken'> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await locked(runner, what, patience))) return 'taken';
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [what]);
    }
  } finally {
    await runner.release();
  }
}

async function locked(runner: QueryRunner, what: string, patience: string): Promise<boolean> {
  try {
    await runner.query("SELECT set_config('lock_timeout', $1, false)", [patience]);
    await runner.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [what]);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === WAITED_TOO_LONG) return false;
    throw error;
  } finally {
    await runner.query("SELECT set_config('lock_timeout', '0', false)");
  }
}
