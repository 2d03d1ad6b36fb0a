import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { minuteToIso } from '../../domain/minute.ts';
import { Queue } from '../../jobs/queue.ts';
import { PostgresStore } from '../../store/postgres-store.ts';
import type { AccountHealth } from '../../store/health-lookups.ts';
import type { Caller } from '../access/caller.ts';
import { Clock } from '../clock.ts';
import { Log } from '../log.ts';
import { rootFolder } from '../root.ts';
import type { HealthView } from './health.api.ts';

/** How long the database or the queue may take to answer before they count as away. */
const PATIENCE_MS = 5_000;

/** Asks what the service stands on how it is. */
@Injectable()
export class Health implements OnModuleDestroy {
  readonly #version = versionOf(join(rootFolder(), 'package.json'));
  #stopping = false;

  constructor(
    private readonly store: PostgresStore,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  /** @param caller sees why their organisation's accounts are in trouble, when they are an admin */
  async look(caller: Caller | null): Promise<HealthView> {
    const [accounts, jobs] = await Promise.all([
      this.#answers('the database', () => this.store.health.accounts(this.clock.now())),
      this.#answers('the queue', () => this.queue.counts()),
    ]);
    return {
      live: true,
      ready: accounts !== null && jobs !== null && !this.#stopping,
      version: this.#version,
      database: { answers: accounts !== null },
      queue: { answers: jobs !== null, jobs: [...(jobs ?? [])] },
      accounts: (accounts ?? []).map((account) => accountFor(caller, account)),
    };
  }

  async ready(): Promise<boolean> {
    if (this.#stopping) return false;
    const [database, queue] = await Promise.all([
      this.#answers('the database', () => this.store.health.ping()),
      this.#answers('the queue', () => this.queue.counts()),
    ]);
    return database !== null && queue !== null;
  }

  /** The service takes no more work while it drains. */
  onModuleDestroy(): void {
    this.#stopping = true;
  }

  async #answers<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`${what} took too long`)), PATIENCE_MS);
    try {
      return await Promise.race([ask(), late]);
    } catch (err) {
      this.log.warn({ err, what }, 'something does not answer');
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
}

function accountFor(caller: Caller | null, account: AccountHealth): HealthView['accounts'][number] {
  const { id, provider, state, because, verifiedAt, writtenAt, watched } = account;
  const mayKnow = caller?.organisation === account.organisation && caller.roles.includes('admin');
  return {
    id,
    provider,
    state,
    ...(mayKnow && { because }),
    ...(watched !== null && { watched }),
    verifiedAt: verifiedAt === null ? null : minuteToIso(verifiedAt),
    writtenAt: writtenAt === null ? null : minuteToIso(writtenAt),
  };
}

function versionOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
