import type { Calendars } from '../calendars/calendars.ts';
import type { Plan } from '../domain/plan.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { LoopStores, RememberedSeries, Store } from '../store/store.ts';

/** What the loop needs around it. The link leads to a series' page. */
export interface Surroundings {
  readonly store: Store;
  readonly calendars: Calendars;
  readonly clock: Clock;
  readonly log: Log;
  readonly link: (series: string) => string;
  /**
   * Called whenever nothing is left to do, in the transaction that confirms it: also for a change whose write nobody
   * confirmed because of a crash. Invitations by mail hang here.
   */
  readonly announce?: (stores: LoopStores, plan: Plan, remembered: RememberedSeries) => Promise<void>;
}
