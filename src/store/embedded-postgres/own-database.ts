import { Client } from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';

const NAME = 'perennial';

/** The database of an installation that was given none. */
export interface OwnDatabase extends Pick<EmbeddedPostgres, 'gone' | 'stop'> {
  readonly url: string;
}

/** @throws {DataFolderTaken} when another Perennial lives in `dataDir` */
export async function startOwnDatabase(dataDir: string): Promise<OwnDatabase> {
  const server = await startEmbeddedPostgres(dataDir);
  try {
    await createDatabase(server.url('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: server.url(NAME), gone: server.gone, stop: server.stop };
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
  } finally {
    await client.end();
  }
}
