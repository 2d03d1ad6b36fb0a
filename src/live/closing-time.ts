import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Config } from '../config.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { PostgresStore } from '../store/postgres-store.ts';
import { Sessions } from './sessions.ts';

/** What one round takes on; the rest is due still. */
const A_ROUND = 500;

/** Closes sessions whose two hours are over and forgets what is kept for days alone. Several processes may do it. */
@Injectable()
export class ClosingTime implements OnApplicationBootstrap, OnModuleDestroy {
  #tick: NodeJS.Timeout | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly store: PostgresStore,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    const tick = (): void =>
      void this.round().catch((err: unknown) => this.log.error({ err }, 'sessions could not be closed'));
    this.#tick = setInterval(tick, this.config.sweepSeconds * 1000);
  }

  onModuleDestroy(): void {
    if (this.#tick) clearInterval(this.#tick);
  }

  async round(): Promise<void> {
    await this.store.forgetOld(this.clock.now());
    for (const { organisation, session } of await this.store.dueSessions(
      this.clock.milliseconds(),
      A_ROUND,
    )) {
      await this.sessions.closeInTime(organisation, session).catch(async (err: unknown) => {
        this.log.error({ err, session }, 'a session could not be closed');
        await this.sessions.closeLater(organisation, session);
      });
    }
  }
}
