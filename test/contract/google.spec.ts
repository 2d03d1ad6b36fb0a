import { GoogleWorld } from '../support/google/google-world.ts';
import { calendarContract } from './calendar-contract.ts';

calendarContract('Google Calendar', { keepsFiles: false, storesAnything: false }, async () => {
  const { calendar, person, fake } = new GoogleWorld();
  return {
    calendar,
    person,
    files: null,
    writes: () => fake.writes,
    failNextWrite: (what) => fake.faults.next({ on: 'write', what }),
    forgetCursors: () => fake.forgetSyncTokens(),
  };
});
