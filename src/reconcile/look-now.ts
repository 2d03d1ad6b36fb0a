import { Injectable } from '@nestjs/common';
import { Look } from '../jobs/look.ts';
import type { Looked } from '../jobs/look.ts';
import { PollAccount } from './poll-account.ts';
import { ReconcileSeries } from './reconcile-series.ts';

/** A look without the queue, for a person who waits for the answer. */
@Injectable()
export class LookNow extends Look {
  constructor(
    private readonly reconcile: ReconcileSeries,
    private readonly calendars: PollAccount,
  ) {
    super();
  }

  override async at(series: string): Promise<Looked> {
    const outcome = await this.reconcile.run(series);
    return outcome.kind === 'settled' || outcome.kind === 'taken' ? outcome.kind : 'later';
  }

  override async dryRun(organisation: string, series: string) {
    const looked = await this.reconcile.dryRun(organisation, series);
    return looked && { plan: looked.plan, seen: looked.observed.seen };
  }

  override poll(organisation: string, account: string): Promise<void> {
    return this.calendars.run(organisation, account);
  }
}
