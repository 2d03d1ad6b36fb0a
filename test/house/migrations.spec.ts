import { createDataSource, migrate } from '../../src/store/data-source.ts';
import { emptyDatabase, freshDatabase } from '../support/database.ts';

const empty = await emptyDatabase();
const fresh = await freshDatabase();

async function tablesOf(url: string): Promise<readonly string[]> {
  const dataSource = await createDataSource({ url, poolSize: 2 }).initialize();
  const rows = await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  await dataSource.destroy();
  return rows.map((row) => row.name);
}

test('three processes that start at once on an empty database migrate it once', async () => {
  const processes = [1, 2, 3].map(() => createDataSource({ url: empty.url, poolSize: 2 }));
  await Promise.all(processes.map(async (each) => migrate(await each.initialize())));
  await Promise.all(processes.map((each) => each.destroy()));

  expect(await tablesOf(empty.url)).toEqual(await tablesOf(fresh.url));
  expect(await tablesOf(empty.url)).toContain('series');
});
