import './platform/node-version.ts';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.ts';
import { completeConfig, ConfigError, readSettings } from './config.ts';
import type { Config, Settings } from './config.ts';
import { createLog, NestLog } from './platform/log.ts';
import type { Log } from './platform/log.ts';
import { secretsKeyIn } from './platform/secrets-key.ts';
import { createDataSource, migrate } from './store/data-source.ts';
import { DataFolderTaken } from './store/embedded-postgres/lock.ts';
import { startOwnDatabase } from './store/embedded-postgres/own-database.ts';

/** How long the drain may take before the process ends anyway; below the 30 s that most supervisors grant. */
const DRAIN_MS = 25_000;

let stopping = false;

/** What was opened, in order; closed in the opposite order, whether the start got through or not. */
const opened: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];

try {
  const settings = readSettings();
  await start(settings, createLog(settings));
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof DataFolderTaken;
  console.error(expected ? error.message : error);
  stopping = true;
  await closeAll();
  process.exit(1);
}

async function start(settings: Settings, log: Log): Promise<void> {
  stopWhenAsked(log);
  const config = await openDatabase(settings, log);
  const dataSource = await createDataSource({ url: config.databaseUrl }).initialize();
  opened.push({ what: 'connections', close: () => dataSource.destroy() });
  log.info({}, 'bringing the database up to date');
  await migrate(dataSource);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(config, log),
    new FastifyAdapter(),
    {
      rawBody: true,
      logger: new NestLog(log),
      abortOnError: false,
    },
  );
  opened.push({ what: 'service', close: () => app.close() });
  await app.listen(config.port, config.host);
  log.info({ role: config.role, url: config.baseUrl, listening: await app.getUrl() }, 'Perennial is ready');
}

/** A database of our own where none was given, with a key of our own where none was given. */
async function openDatabase(settings: Settings, log: Log): Promise<Config> {
  const { dataDir } = settings;
  if (settings.databaseUrl !== null && settings.secretsKey !== null) {
    return completeConfig(settings, { databaseUrl: settings.databaseUrl, secretsKey: settings.secretsKey });
  }
  log.info({ dataDir }, 'starting the database');
  const database = await startOwnDatabase(dataDir);
  opened.push({ what: 'database', close: database.stop });
  void database.gone.then(() => stop(log, 'the database is gone', 1));
  const secretsKey = settings.secretsKey ?? secretsKeyIn(dataDir);
  return completeConfig(settings, { databaseUrl: database.url, secretsKey });
}

function stopWhenAsked(log: Log): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => void stop(log, signal, 0));
  // The launcher holds the other end of this channel: when it was killed, nobody is left to stop us.
  process.on('disconnect', () => void stop(log, 'the launcher is gone', 0));
}

/** Takes no more work, finishes what runs, closes the database last. */
async function stop(log: Log, because: string, code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ because }, 'stopping');
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await closeAll();
  log.info({}, 'stopped');
  process.exit(code);
}

async function closeAll(): Promise<void> {
  for (const { what, close } of opened.splice(0).reverse()) {
    await close().catch((error: unknown) => console.error(`could not close the ${what}:`, error));
  }
}
