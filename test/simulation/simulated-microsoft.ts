import type { Calendar } from '../../src/calendars/calendar.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { Refused } from '../support/microsoft/answer.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';
import { OutlookBook } from '../support/microsoft/outlook-book.ts';
import { responseOf } from '../support/microsoft/over-the-wire.ts';
import { TestClock } from '../support/test-clock.ts';
import type { History } from './history.ts';

const TROUBLE = 0.02;
const TROUBLES = ['before', 'after commit', 'asked to wait'] as const;
const METHODS = [
  ...(['read', 'placeSeries', 'withdrawSeries', 'placeOccurrence', 'withdrawOccurrence'] as const),
  ...(['placeSeparate', 'withdrawSeparate', 'busy', 'changes', 'standing'] as const),
];

/**
 * The manager's calendar of a history, at Microsoft: the unchanged adapter, every request of which parks on its way
 * and may fail, with a person who edits what Exchange stores.
 */
export class SimulatedMicrosoft extends FakeCalendar {
  override readonly book: OutlookBook;
  readonly world: MicrosoftWorld;

  constructor({ scheduler, weather, clock }: History, seed: number) {
    super();
    const there = new TestClock(clock.at);
    this.world = new MicrosoftWorld('ana@acme.test', there, (fake) => async (input, init) => {
      const request = new Request(input, init);
      await scheduler.park(`${request.method} ${new URL(request.url).pathname.slice(-40)}`);
      there.advance(clock.at - there.now());
      const trouble = weather.faults && scheduler.chance(TROUBLE) ? scheduler.pick(TROUBLES) : undefined;
      if (trouble === 'before') throw new TypeError('fetch failed');
      if (trouble === 'asked to wait') {
        const { status, headers, body } = new Refused(429, 'ApplicationThrottled', '', {
          'Retry-After': '60',
        }).answer();
        return Response.json(body, { status, headers: headers ?? {} });
      }
      const response = await responseOf(fake, request);
      if (trouble === 'after commit') throw new TypeError('fetch failed');
      return response;
    });
    const { fake, mailbox, calendar } = this.world;
    fake.answersForDeleted = seed % 3 === 0;
    fake.overwritten = this.clobbered;
    this.book = new OutlookBook(mailbox);
    for (const method of METHODS) {
      Object.assign(this, { [method]: (calendar[method] as Calendar['read']).bind(calendar) });
    }
  }
}
