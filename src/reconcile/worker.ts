import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config.ts';
import { Queue } from '../jobs/queue.ts';
import { NotYet } from '../jobs/not-yet.ts';
import { Clock } from '../platform/clock.ts';
import { Log } from '../platform/log.ts';
import { Store } from '../store/store.ts';
import { KeepWatch } from './keep-watch.ts';
import { PollAccount } from './poll-account.ts';
import { ReconcileSeries } from './reconcile-series.ts';
import { TellOwner } from './tell-owner.ts';

/** What a calendar asks us to wait longer than this is left to a later job, not to the queue's own retries. */
const RETRY_SECONDS = 30;

/** Takes jobs from the queue in every process whose role includes the work. */
@Injectable()
export class Worker implements OnApplicationBootstrap {
  constructor(
    @Inject(Config) private readonly config: Config,
    private readonly queue: Queue,
    private readonly store: Store,
    private readonly reconcile: ReconcileSeries,
    private readonly poll: PollAccount,
    private readonly watch: KeepWatch,
    private readonly tell: TellOwner,
    private readonly clock: Clock,
    @Inject(Log) private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') return;
    await this.queue.work('reconcile-series', ({ seriesId }) => this.lookAt(seriesId), 4);
    await this.queue.work('poll-account', ({ accountId }) => this.forAccount(accountId, this.poll), 4);
    await this.queue.work('keep-watch', ({ accountId }) => this.forAccount(accountId, this.watch), 2);
    await this.queue.work('tell-owner', ({ accountId }) => this.forAccount(accountId, this.tell), 1);
  }

  private async lookAt(seriesId: string): Promise<void> {
    const outcome = await this.reconcile.run(seriesId);
    this.log.debug({ seriesId, ...outcome }, 'series looked at');
    if (outcome.kind === 'taken') throw new NotYet('somebody else is writing to this calendar');
    if (outcome.kind !== 'again') return;
    if (outcome.afterSeconds <= RETRY_SECONDS) throw new NotYet(outcome.because);
    const after = this.clock.now() + Math.ceil(outcome.afterSeconds / 60);
    const home = await this.store.homeOfSeries(seriesId);
    await this.store.transaction(home!.organisation, ({ jobs }) =>
      jobs.enqueue({ name: 'reconcile-series', seriesId }, { after }),
    );
  }

  private async forAccount(
    accountId: string,
    work: { run(organisation: string, account: string): Promise<void> },
  ): Promise<void> {
    const organisation = await this.store.organisationOfAccount(accountId);
    if (organisation) await work.run(organisation, accountId);
  }
}
