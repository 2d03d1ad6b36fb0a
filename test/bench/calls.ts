import { World, slot } from '../support/world.ts';
import type { Table } from './measure.ts';

const WEEKS = 12;

interface Operation {
  readonly what: string;
  readonly act: (world: World) => void;
  /** At most so many writes. */
  readonly goal: number;
  /** What a calendar of single events needs for the same. */
  readonly single: number;
}

const OPERATIONS: readonly Operation[] = [
  { what: 'create a series', act: () => {}, goal: 1, single: WEEKS },
  {
    what: 'move one meeting',
    act: (world) =>
      world.say('rep', {
        kind: 'move',
        on: `1@${world.meeting('2026-12-01').originalStart}`,
        to: slot('2026-12-02T13:00Z'),
      }),
    goal: 1,
    single: 1,
  },
  {
    what: 'bring one deleted meeting back, moved',
    act: (world) => world.organiser.deleteOccurrence(world.start('2026-12-01')),
    goal: 1,
    single: 1,
  },
  {
    what: 'bring a deleted series back, its next one moved',
    act: (world) => world.organiser.deleteSeries(),
    goal: 2,
    single: WEEKS,
  },
  { what: 'an unchanged week', act: () => {}, goal: 0, single: 0 },
];

/** Calls to the calendar for each operation, counted on the calendar (P6). */
export async function callsPerOperation(): Promise<Table> {
  const rows: { what: string; calls: number; note: string }[] = [];
  const goals: Table['goals'][number][] = [];
  for (const { what, act, goal, single } of OPERATIONS) {
    const world = new World();
    if (what !== 'create a series') await world.settle();
    act(world);
    const { writes } = world;
    await world.settle();
    const calls = world.writes - writes;
    rows.push({ what, calls, note: `as ${WEEKS} single events: ${single}` });
    goals.push({ says: `${what}: at most ${goal}`, measured: String(calls), met: calls <= goal });
  }
  return { title: 'Calendar writes per operation', rows, goals };
}
