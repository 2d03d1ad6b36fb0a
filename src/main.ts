import './platform/node-version.ts';
import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { AppModule } from './app.module.ts';
import { completeConfig, ConfigError, readSettings } from './config.ts';
import type { Config, Settings } from './config.ts';
import { demoSignIns, foundDemo } from './demo/demo-organisation.ts';
import { Queue } from './jobs/queue.ts';
import type { Routes } from './platform/api/routes.ts';
import { createHttpApp } from './platform/http.ts';
import { SystemClock } from './platform/clock.ts';
import { createLog, NestLog } from './platform/log.ts';
import type { Log } from './platform/log.ts';
import { Opened } from './platform/opened.ts';
import { secretsKeyIn } from './platform/secrets-key.ts';
import { createDataSource, migrate } from './store/data-source.ts';
import { DataFolderTaken } from './store/embedded-postgres/lock.ts';
import { startOwnDatabase } from './store/embedded-postgres/own-database.ts';
import { PostgresStore } from './store/postgres-store.ts';

/** How long the drain may take before the process ends anyway; below the 30 s that most supervisors grant. */
const DRAIN_MS = 25_000;

/** One process of Perennial, from its settings to its last breath. */
class Perennial {
  readonly #log: Log;
  readonly #opened: Opened;
  #stopping = false;

  constructor(private readonly settings: Settings) {
    this.#log = createLog(settings);
    this.#opened = new Opened(this.#log);
  }

  async start(): Promise<void> {
    const config = await this.#openDatabase();
    const { store, queue } = await this.#openStore(config.databaseUrl);
    const ground = { config, store, clock: new SystemClock(), log: this.#log };
    if (config.demo) await this.#furnishDemo(ground);
    const furnish = (routes: Routes): DynamicModule =>
      AppModule.over({ config, log: this.#log, store, queue, routes });
    const app = await createHttpApp(furnish, { logger: new NestLog(this.#log) });
    this.#opened.add('service', () => app.close());
    await app.listen(config.port, config.host);
    const listening = await app.getUrl();
    this.#log.info({ role: config.role, url: config.baseUrl, listening }, 'Perennial is ready');
    for (const { name, link } of config.demo ? await demoSignIns(ground) : [])
      console.log(`  ${name}: ${link}`);
  }

  async #openStore(url: string): Promise<{ store: PostgresStore; queue: Queue }> {
    const dataSource = createDataSource({ url });
    await dataSource.initialize().catch((cause: Error) => {
      throw new DatabaseUnusable(cause);
    });
    this.#opened.add('database connections', () => dataSource.destroy());
    this.#log.info({}, 'bringing the database up to date');
    await migrate(dataSource);
    const queue = new Queue({ url }, this.#log);
    await queue.start();
    this.#opened.add('queue', () => queue.stop());
    return { store: new PostgresStore(dataSource, queue.enqueue), queue };
  }

  /** Before the worker starts: the demo's past is lived on a clock of its own. */
  async #furnishDemo(ground: Parameters<typeof foundDemo>[0]): Promise<void> {
    this.#log.info({}, 'looking for an organisation; an empty database gets a demo');
    if (await foundDemo(ground)) this.#log.info({}, 'the demo organisation is ready');
  }

  /** Takes no more work, finishes what runs, closes the database last. */
  async stop(because: string, code: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#log.info({ because }, 'stopping');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    await this.#opened.closeAll();
    this.#log.info({}, 'stopped');
    process.exit(code);
  }

  /** A database of our own where none was given, with a key of our own where none was given. */
  async #openDatabase(): Promise<Config> {
    const { dataDir, databaseUrl, secretsKey } = this.settings;
    if (databaseUrl !== null && secretsKey !== null) {
      return completeConfig(this.settings, { databaseUrl, secretsKey });
    }
    this.#log.info({ dataDir }, 'starting the database');
    const database = await startOwnDatabase(dataDir);
    this.#opened.add('database', database.stop);
    void database.gone.then(() => this.stop('the database is gone', 1));
    return completeConfig(this.settings, {
      databaseUrl: database.url,
      secretsKey: secretsKey ?? secretsKeyIn(dataDir),
    });
  }

  /** Says why the process cannot go on, unless it is on its way out already, and stops it. */
  async fail(error: unknown): Promise<void> {
    if (!this.#stopping) complain(error);
    await this.stop('it cannot go on', 1);
  }
}

/** The address is not repeated: it holds a password. */
class DatabaseUnusable extends Error {
  constructor(cause: Error) {
    super(`The database that DATABASE_URL names cannot be used: ${cause.message}`, { cause });
  }
}

/** What a person can mend is said in a sentence; anything else shows where it came from. */
function complain(error: unknown): void {
  const mendable = [ConfigError, DataFolderTaken, DatabaseUnusable].some((kind) => error instanceof kind);
  console.error(mendable ? (error as Error).message : error);
}

async function main(): Promise<void> {
  const perennial = new Perennial(readSettings());
  const stop = (because: string): void => void perennial.stop(because, 0);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  // The launcher holds the other end of this channel: when it was killed, nobody is left to stop us.
  process.on('disconnect', () => stop('the launcher is gone'));
  process.on('uncaughtException', (error) => void perennial.fail(error));
  await perennial.start().catch((error: unknown) => perennial.fail(error));
}

await main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
