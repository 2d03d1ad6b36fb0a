import type { Calendar } from '../../src/calendars/calendar.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { userLimit } from '../support/google/faults.ts';
import type { Fault } from '../support/google/faults.ts';
import { GoogleBook } from '../support/google/google-book.ts';
import type { Network } from '../support/google/google-world.ts';
import { GoogleWorld } from '../support/google/google-world.ts';
import { TestClock } from '../support/test-clock.ts';
import type { History } from './history.ts';

const UNCANCEL = [200, 403, 404, 410] as const;
const TROUBLE = 0.02;
const FORGETS = 0.01;
/** A list that is empty with 200. */
const EMPTY = 0.02;
const CALENDAR_METHODS = [
  'read placeSeries withdrawSeries placeOccurrence withdrawOccurrence placeSeparate withdrawSeparate busy changes',
  'standing',
]
  .join(' ')
  .split(' ') as (keyof Calendar)[];

/**
 * The manager's calendar of a history, at Google: the unchanged adapter, every request of which parks on its way and
 * may fail, with a person who edits what Google stores.
 */
export class SimulatedGoogle extends FakeCalendar {
  override readonly book: GoogleBook;
  readonly world: GoogleWorld;

  constructor(history: History, seed: number) {
    super();
    const { scheduler, weather, clock } = history;
    const clockAtGoogle = new TestClock(clock.at);
    const network: Network = (fake) => async (input, init) => {
      const url = new URL(input as string);
      await scheduler.park(`${init?.method} ${url.pathname.slice(-40)}`);
      clockAtGoogle.advance(clock.at - clockAtGoogle.now());
      const chance = (probability: number) => weather.faults && scheduler.chance(probability);
      fake.faults.clear();
      if (chance(TROUBLE)) fake.faults.next(scheduler.pick(TROUBLES)!);
      if (chance(FORGETS)) fake.forgetSyncTokens();
      // An empty answer to "what changed" loses a change for good: then only the regular look can help.
      this.world.primary.lister.empty =
        chance(EMPTY) && (history.crew.losesJobs || !url.searchParams.has('syncToken'));
      return fake.fetch(input, init);
    };
    this.world = new GoogleWorld('ana@acme.test', clockAtGoogle, network);
    const { writer } = this.world.primary;
    writer.overwritten = this.clobbered;
    writer.manners.uncancel = UNCANCEL[seed % UNCANCEL.length]!;
    this.book = new GoogleBook(this.world.primary);
    const { calendar } = this.world;
    for (const method of CALENDAR_METHODS) {
      Object.assign(this, { [method]: (calendar[method] as () => unknown).bind(calendar) });
    }
  }
}

const TROUBLES: readonly Fault[] = [
  { on: 'any', what: 'before' },
  { on: 'any', what: 'after commit' },
  { on: 'any', what: userLimit(60) },
];
