import { startEmbeddedPostgres } from '../../src/store/embedded-postgres/embedded-postgres.ts';

// Holds a database until it is killed: `node hold-database.ts FOLDER`.
const server = await startEmbeddedPostgres(process.argv[2] ?? '', { patienceMs: 0 });
process.stdout.write(`holding ${server.url('postgres')}\n`);
