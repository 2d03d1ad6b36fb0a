import type { DataSource } from 'typeorm';

/**
 * Runs `work` while holding a session lock on `what`, on a connection of its own. The lock dies with the
 * connection, so a killed process frees it by itself.
 * @returns 'taken', without waiting, where another connection of any process holds it
 */
export async function asOnlyWriter<T>(
  dataSource: DataSource,
  what: string,
  work: () => Promise<T>,
): Promise<T | 'taken'> {
  const runner = dataSource.createQueryRunner();
  try {
    const [lock] = (await runner.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine', [
      what,
    ])) as [{ mine: boolean }];
    if (!lock.mine) return 'taken';
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [what]);
    }
  } finally {
    await runner.release();
  }
}
