import { createDataSource, migrate } from './data-source.ts';
import { PostgresStore } from './postgres-store.ts';
import { reachDatabase } from './reach-database.ts';

/** Opens the store for a command beside the service, brings the schema up to date, and leaves all as it was found. */
export async function withStore<T>(
  settings: { readonly databaseUrl: string | null; readonly dataDir: string },
  work: (store: PostgresStore) => Promise<T>,
): Promise<T> {
  const database = await reachDatabase(settings);
  const dataSource = createDataSource({ url: database.url, poolSize: 2 });
  try {
    await dataSource.initialize();
    await migrate(dataSource);
    return await work(new PostgresStore(dataSource, async () => {}));
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.leave();
  }
}
