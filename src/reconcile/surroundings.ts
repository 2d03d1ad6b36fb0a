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
  /** Told after every confirmed write, in its transaction: invitations by e-mail hang here. */
  readonly announce?: (stores: LoopStores, plan: Plan, remembered: RememberedSeries) => Promise<void>;
}
