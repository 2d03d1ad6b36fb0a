import { minuteFromIso } from '../../src/domain/minute.ts';
import { slotAt } from '../../src/domain/slot.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import { MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import type { Table } from './measure.ts';

const WEEKS = 26;
const TUESDAY = '2026-12-01T10:00';

interface Operation {
  readonly what: string;
  readonly act: (pair: MicrosoftPair) => unknown;
  /** At most so many requests that change something. */
  readonly writes: number;
  /** What a calendar of single events needs for the same 26 weeks. */
  readonly single: number;
}

const OPERATIONS: readonly Operation[] = [
  { what: 'create a series', act: () => {}, writes: 1, single: WEEKS },
  {
    what: 'move one meeting',
    act: (pair) => {
      const to = slotAt(minuteFromIso('2026-12-02T13:00Z'), 30);
      pair.say({ kind: 'move', on: keyOf(pair.meeting('2026-12-01')), to });
    },
    writes: 1,
    single: 1,
  },
  {
    what: 'bring one deleted meeting back, moved',
    act: (pair) => pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY),
    writes: 1,
    single: 1,
  },
  {
    what: 'bring a deleted series back, its next one moved',
    act: (pair) => pair.microsoft.person.deleteEvent(MEETING),
    writes: 2,
    single: WEEKS,
  },
  {
    what: 'put a lost agenda back',
    act: (pair) => pair.microsoft.person.editNotes(MEETING, null, () => ''),
    writes: 1,
    single: WEEKS,
  },
  { what: 'look at an unchanged series', act: () => {}, writes: 0, single: 0 },
];

/** Requests to Graph for each operation, as the fake counted them. */
export async function microsoftCalls(): Promise<Table> {
  const rows: Table['rows'][number][] = [];
  const goals: Table['goals'][number][] = [];
  for (const { what, act, writes: most, single } of OPERATIONS) {
    const pair = new MicrosoftPair();
    if (what !== 'create a series') await pair.settle();
    await act(pair);
    const { fake } = pair.microsoft;
    const [writes, calls] = [fake.writes, fake.log.length];
    await pair.settle();
    const written = fake.writes - writes;
    const reads = fake.log.length - calls - written;
    rows.push({
      what,
      calls: written,
      note: `and ${reads} reads; as ${WEEKS} single events: ${single} writes`,
    });
    goals.push({ says: `${what}: at most ${most} writes`, measured: String(written), met: written <= most });
  }
  return { title: 'Requests to Microsoft Graph per operation', rows, goals };
}
