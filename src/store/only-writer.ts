import type { DataSource, QueryRunner } from 'typeorm';
import { Gate } from './gate.ts';

/** Long enough for the other looks at one calendar, short enough that the queue may go on elsewhere. */
const PATIENCE = '5s';
/** PostgreSQL's lock_not_available. */
const WAITED_TOO_LONG = '55P03';

/**
 * Runs `work` while holding a session lock on `what`, on a connection of its own. Those who wait get it in the order
 * they came. The lock dies with the connection, so a killed process frees it by itself.
 * @returns 'taken' where another connection of any process keeps it for longer than `patience`
 */
export function asOnlyWriter<T>(
  dataSource: DataSource,
  what: string,
  work: () => Promise<T>,
  patience = PATIENCE,
): Promise<T | 'taken'> {
  return gateOf(dataSource, what).through(() => asHolder(dataSource, what, work, patience));
}

/**
 * A holder keeps one connection and its work asks for another: were all of them held, nobody could go on. A look may
 * hold one lock of each kind, so each kind gets a quarter of the pool.
 */
function gateOf(dataSource: DataSource, what: string): Gate {
  const kind = what.split(' ', 1)[0]!;
  const gates = known.get(dataSource) ?? new Map<string, Gate>();
  const places = Math.max(1, Math.floor((dataSource.options.poolSize ?? 10) / 4));
  const gate = gates.get(kind) ?? new Gate(places);
  known.set(dataSource, gates.set(kind, gate));
  return gate;
}

const known = new WeakMap<DataSource, Map<string, Gate>>();

async function asHolder<T>(
  dataSource: DataSource,
  what: string,
  work: () => Promise<T>,
  patience: string,
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
