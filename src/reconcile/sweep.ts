import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Config } from '../config.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { PostgresStore } from '../store/postgres-store.ts';

/** What one sweep takes on; the rest is due still and comes with the next. */
const A_SWEEP = 500;

/**
 * Looks for series, accounts and watches that are due and enqueues them, and nothing else: with every notification lost, time
 * alone brings everything round. Several processes may sweep; the queue keeps one job for each.
 */
@Injectable()
export class Sweep implements OnApplicationBootstrap {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly ticks: SchedulerRegistry,
    private readonly store: PostgresStore,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') return;
    const tick = (): void =>
      void this.sweep().catch((err: unknown) => this.log.error({ err }, 'the sweep failed'));
    this.ticks.addInterval('sweep', setInterval(tick, this.config.sweepSeconds * 1000));
    tick();
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const { organisation, series } of await this.store.dueSeries(now, A_SWEEP)) {
      await this.store.transaction(organisation, ({ jobs }) =>
        jobs.enqueue({ name: 'reconcile-series', seriesId: series }),
      );
    }
    for (const { organisation, account } of await this.store.dueAccounts(this.clock.exact(), A_SWEEP)) {
      await this.store.transaction(organisation, ({ jobs }) =>
        jobs.enqueue({ name: 'poll-account', accountId: account }),
      );
    }
    for (const { organisation, account } of await this.store.vendors.dueWatches(
      this.clock.exact(),
      A_SWEEP,
    )) {
      await this.store.transaction(organisation, ({ jobs }) =>
        jobs.enqueue({ name: 'keep-watch', accountId: account }),
      );
    }
  }
}
