import { GoogleWorld } from '../support/google/google-world.ts';
import { GoogleOverTls } from '../support/google/over-tls.ts';
import { calendarContract } from './calendar-contract.ts';

const google = new GoogleOverTls();
beforeAll(() => google.start());
afterAll(() => google.stop());

// The unchanged adapter, at Google's own addresses, over TLS.
calendarContract('Google Calendar', { keepsFiles: false, storesAnything: false }, async () => {
  const { calendar, person, fake } = new GoogleWorld(undefined, undefined, google.network);
  return {
    calendar,
    person,
    files: null,
    writes: () => fake.writes,
    failNextWrite: (what) => fake.faults.next({ on: 'write', what }),
    forgetCursors: () => fake.forgetSyncTokens(),
  };
});
