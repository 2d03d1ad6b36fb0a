import { openCaldav } from '../../src/calendars/caldav/open-caldav.ts';
import { atClient } from '../support/calendar-client.ts';
import { FaultyFetch } from '../support/faulty-fetch.ts';
import { Radicale } from '../support/radicale.ts';
import { TestClock } from '../support/test-clock.ts';
import { NOW } from './a-series.ts';
import { calendarContract } from './calendar-contract.ts';
import type { World } from './world.ts';

let radicale: Radicale;
let calendars = 0;
// The account's call budget refills with the clock, which only tests move.
const clock = new TestClock(NOW);

beforeAll(async () => {
  radicale = await Radicale.start();
});
afterAll(() => radicale.stop());

const makeWorld = async (): Promise<World> => {
  const calendarUrl = await radicale.makeCalendar('ana', `calendar-${++calendars}`);
  const network = new FaultyFetch();
  clock.advance(1);
  const owner = { zone: 'Europe/Berlin', emails: ['ana@example.com'] };
  return {
    calendar: openCaldav({ ...radicale.login('ana'), calendarUrl }, { clock, fetch: network.fetch, owner }),
    ...atClient(radicale.raw('ana', calendarUrl)),
    writes: () => network.writes,
    failNextWrite: (fault) => {
      network.fault = fault;
    },
    forgetCursors: () => radicale.forgetSyncTokens(),
  };
};

calendarContract('CalDAV on Radicale', { keepsFiles: true, storesAnything: false }, makeWorld);
