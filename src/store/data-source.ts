import { DataSource } from 'typeorm';
import { People1764000000001 } from '../../migrations/1764000000001-people.ts';
import { CalendarAccounts1764000000002 } from '../../migrations/1764000000002-calendar-accounts.ts';
import { Series1764000000003 } from '../../migrations/1764000000003-series.ts';
import { Happenings1764000000004 } from '../../migrations/1764000000004-happenings.ts';
import { Ledger1764000000005 } from '../../migrations/1764000000005-ledger.ts';
import { Access1764000000006 } from '../../migrations/1764000000006-access.ts';
import { Senior1764000000007 } from '../../migrations/1764000000007-senior.ts';
import { Told1764000000008 } from '../../migrations/1764000000008-told.ts';
import { Vendors1764000000009 } from '../../migrations/1764000000009-vendors.ts';
import { Sessions1764000000020 } from '../../migrations/1764000000020-sessions.ts';
import { FormerHomes1764000000030 } from '../../migrations/1764000000030-former-homes.ts';
import { ReleasesEnd1764000000031 } from '../../migrations/1764000000031-releases-end.ts';
import { VendorIds1764000000032 } from '../../migrations/1764000000032-vendor-ids.ts';
import { SaveSession1764000000033 } from '../../migrations/1764000000033-save-session.ts';
import { Deep601764000000034 } from '../../migrations/1764000000034-deep-60.ts';

export interface DatabaseSettings {
  readonly url: string;
  /** Connections; at least two for each job that runs at once, because a calendar's writer holds one. */
  readonly poolSize?: number;
}

/** A data source that is not connected yet: `await createDataSource({ url }).initialize()`. */
export function createDataSource({ url, poolSize = 20 }: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'perennial',
    installExtensions: false,
    synchronize: false,
    migrations: [
      People1764000000001,
      CalendarAccounts1764000000002,
      Series1764000000003,
      Happenings1764000000004,
      Ledger1764000000005,
      Access1764000000006,
      Senior1764000000007,
      Told1764000000008,
      Vendors1764000000009,
      Sessions1764000000020,
      FormerHomes1764000000030,
      ReleasesEnd1764000000031,
      VendorIds1764000000032,
      SaveSession1764000000033,
      Deep601764000000034,
    ],
  });
}

/** Any number nobody else in this database would lock by chance. */
const MIGRATION_LOCK = 7_364_001_764;

/** Brings the schema up to date. Processes that start together wait for each other; one migrates. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
