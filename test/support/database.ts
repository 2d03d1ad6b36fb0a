import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createDataSource, migrate } from '../../src/store/data-source.ts';

const TEMPLATE = 'migrated';

/** Any number; it serialises the makers of the template. */
const TEMPLATE_LOCK = 1;

export interface TestDatabase {
  readonly url: string;
}

/**
 * A migrated database of the test file's own, dropped after its last test. Call it once at the top of the file:
 * `const database = await freshDatabase()`.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  await withServer(makeTemplateOnce);
  return ownDatabase(`TEMPLATE ${TEMPLATE} STRATEGY wal_log`);
}

/** The same without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return ownDatabase('');
}

async function ownDatabase(options: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withServer((server) => server.query(`CREATE DATABASE ${name} ${options}`));
  afterAll(() => withServer((server) => server.query(`DROP DATABASE ${name} WITH (FORCE)`)));
  return { url: urlOf(name) };
}

/** The first test file of a run migrates; renaming at the end keeps a half-made template from being used. */
async function makeTemplateOnce(server: Client): Promise<void> {
  await server.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(server);
  } finally {
    await server.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function makeTemplate(server: Client): Promise<void> {
  const draft = `${TEMPLATE}_${randomUUID().replaceAll('-', '')}`;
  await server.query(`CREATE DATABASE ${draft}`);
  const dataSource = await createDataSource({ url: urlOf(draft), poolSize: 2 }).initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
  await server.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
}

async function withServer<T>(work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_POSTGRES'];
  if (url === undefined)
    throw new Error('The run has no PostgreSQL: start Jest with the configuration of this repository.');
  return url;
}

function urlOf(database: string): string {
  return serverUrl().replace('/postgres?', `/${database}?`);
}
