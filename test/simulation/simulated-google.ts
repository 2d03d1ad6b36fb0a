import type { Calendar } from '../../src/calendars/calendar.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { userLimit } from '../support/google/faults.ts';
import type { Fault } from '../support/google/faults.ts';
import { GoogleBook } from '../support/google/google-book.ts';
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
    this.world = new GoogleWorld(
      'ana@acme.test',
      clockAtGoogle,
      ({ fetch, faults }) =>
        async (input, init) => {
          await scheduler.park(`${init?.method} ${new URL(input as string).pathname.slice(-40)}`);
          clockAtGoogle.advance(clock.at - clockAtGoogle.now());
          faults.clear();
          if (weather.faults && scheduler.chance(TROUBLE)) faults.next(scheduler.pick(TROUBLES)!);
          return fetch(input, init);
        },
    );
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
