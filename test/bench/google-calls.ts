import { GooglePair, MEETING } from '../support/google/google-pair.ts';
import { slot } from '../support/world.ts';
import type { Table } from './measure.ts';

const WEEKS = 26;

interface Operation {
  readonly what: string;
  readonly act: (pair: GooglePair) => unknown;
  /** At most so many writes. */
  readonly goal: number;
  /** What the same costs in a calendar of single events, from the thriftiest to the usual. */
  readonly single: string;
}

const AGAIN = 'as one of 26 single events: 1';

const OPERATIONS: readonly Operation[] = [
  { what: 'create', act: () => {}, goal: 1, single: `as ${WEEKS} single events: ${WEEKS} to ${3 * WEEKS}` },
  { what: 'move one meeting', act: moveOne, goal: 1, single: AGAIN },
  {
    what: 'bring one deleted meeting back, moved',
    act: ({ google }) => google.person.deleteOccurrence(MEETING, '2026-12-01T10:00'),
    goal: 1,
    single: AGAIN,
  },
  {
    what: 'the same where Google will not un-cancel it',
    act: ({ google }) => {
      google.primary.writer.manners.uncancel = 403;
      return google.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    },
    goal: 2,
    single: AGAIN,
  },
  {
    what: 'bring a deleted series back, its next one moved',
    act: ({ google }) => google.person.deleteEvent(MEETING),
    goal: 2,
    single: `as ${WEEKS} single events: ${WEEKS} to ${3 * WEEKS}`,
  },
  {
    what: 'put a lost agenda back',
    act: ({ google }) => google.person.editNotes(MEETING, null, () => ''),
    goal: 1,
    single: `as ${WEEKS} single events: ${WEEKS}`,
  },
  { what: 'an unchanged look', act: () => {}, goal: 0, single: `as ${WEEKS} single events: 0` },
];

/** Requests that really go to Google for each operation on a series of half a year. */
export async function googleCalls(): Promise<Table> {
  const rows: { what: string; calls: number; note: string }[] = [];
  const goals: Table['goals'][number][] = [];
  for (const { what, act, goal, single } of OPERATIONS) {
    const pair = new GooglePair();
    if (what !== 'create') await pair.settle();
    await act(pair);
    const { fake, calls } = pair.google;
    const [writes, all] = [fake.writes, calls.made];
    await pair.settle();
    const written = fake.writes - writes;
    const reads = calls.made - all - written;
    rows.push({ what, calls: written, note: `and ${reads} reads; ${single}` });
    goals.push({ says: `${what}: at most ${goal}`, measured: String(written), met: written <= goal });
  }
  return { title: `Requests to Google that write, for a series of ${WEEKS} weeks`, rows, goals };
}

function moveOne(pair: GooglePair): void {
  const on = `1@${pair.meeting('2026-12-01').originalStart}` as const;
  pair.say({ kind: 'move', on, to: slot('2026-12-02T13:00Z') });
}
