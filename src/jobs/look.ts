import type { Seen } from '../domain/observation.ts';
import type { Plan } from '../domain/plan.ts';

/** How a look ended: nothing left to do; somebody else is at it; or the queue has to go on later. */
export type Looked = 'settled' | 'taken' | 'later';

/** A look at a series, or a calendar, at once, for somebody who waits for the answer. The queue looks at it in any case. */
export abstract class Look {
  abstract at(series: string): Promise<Looked>;

  /** What a look would do now and what it sees; changes nothing. Null for a series that does not exist. */
  abstract dryRun(organisation: string, series: string): Promise<{ plan: Plan; seen: Seen } | null>;

  /** Reads an account's calendar now; its state tells how that went. */
  abstract poll(organisation: string, account: string): Promise<void>;
}
