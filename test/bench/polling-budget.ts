import { GooglePair } from '../support/google/google-pair.ts';
import { MemoryAccounts } from '../support/memory-accounts.ts';
import type { Table } from './measure.ts';

const CALENDARS = 10_000;
/** Of one manager. */
const SERIES = 8;
/** Google's threshold for a project's day. */
const THRESHOLD = 1_000_000;
const DAYS = 4;

/** Requests a day of ten thousand calendars at Google in which nothing happens, as the loop asks by its own clock. */
export async function pollingBudget(): Promise<Table> {
  const watched = await quietDays(true);
  const unwatched = await quietDays(false);
  return {
    title: `Requests a day for ${CALENDARS.toLocaleString('en')} calendars at Google in which nothing happens`,
    rows: [
      row('polls, where calendars tell of changes themselves', watched.polls * CALENDARS),
      row('polls, where none can tell', unwatched.polls * CALENDARS),
      row(`regular looks, ${SERIES} series in each calendar`, watched.looks * CALENDARS * SERIES),
    ],
    goals: [
      {
        says: `polls take at most half of the day’s ${THRESHOLD.toLocaleString('en')}`,
        measured: (watched.polls * CALENDARS).toLocaleString('en'),
        met: watched.polls * CALENDARS <= THRESHOLD / 2,
      },
    ],
  };
}

/** Requests of one calendar with one series, a day. */
async function quietDays(isWatched: boolean): Promise<{ polls: number; looks: number }> {
  const { prototype } = MemoryAccounts;
  const kept = Object.getOwnPropertyDescriptor(prototype, 'isWatched')!;
  Object.assign(prototype, { isWatched: async () => isWatched });
  const pair = await GooglePair.settled();
  await pair.poll();
  const { polls, looks } = await pair.livesFor(DAYS * 1440);
  Object.defineProperty(prototype, 'isWatched', kept);
  return { polls: polls / DAYS, looks: looks / DAYS };
}

function row(what: string, calls: number) {
  return { what, calls: Math.round(calls), note: `${Math.round(calls / 1440)} a minute` };
}
