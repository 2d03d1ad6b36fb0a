import fc from 'fast-check';
import { IcalendarCalendar } from '../../src/calendars/icalendar/icalendar-calendar.ts';
import type { Calendar } from '../../src/calendars/calendar.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Seen } from '../../src/domain/observation.ts';
import { startOf } from '../../src/domain/weekly.ts';
import { toWall } from '../../src/domain/zone.ts';
import { CalendarClient } from '../support/calendar-client.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { MemoryResources } from '../support/memory-resources.ts';
import { Organiser } from '../support/organiser.ts';
import { NOW, REF, REP, TAG, TITLE, TUESDAYS, aSeries, anOccurrence } from './a-series.ts';

const WEEKS = 5;
const STARTS = Array.from({ length: WEEKS }, (_, n) => startOf(TUESDAYS, n));
const HOUR = 60;

/** A person's act, or a write of ours, on the n-th meeting. */
type Deed = OnOne | { readonly do: 'delete series' } | { readonly do: 'recovery' };
type OnOne =
  | { readonly do: 'delete' | 'decline' | 'withdraw'; readonly n: number }
  | { readonly do: 'drag'; readonly n: number; readonly hours: number }
  | { readonly do: 'place'; readonly n: number; readonly hours: number };

const n = fc.integer({ min: 0, max: WEEKS - 1 });
const hours = fc.integer({ min: 1, max: 90 });
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constantFrom('delete' as const, 'decline', 'withdraw'), n }),
    fc.record({ do: fc.constant('drag' as const), n, hours }),
    fc.record({ do: fc.constant('place' as const), n, hours }),
    fc.constant({ do: 'recovery' as const }),
  ),
  { maxLength: 6 },
);

interface Hands {
  delete(start: Minute): Promise<void> | void;
  drag(start: Minute, to: Minute): Promise<void> | void;
  decline(start: Minute): Promise<void> | void;
  deleteSeries(): Promise<void> | void;
}

function wall(minute: Minute): `${string}T${string}` {
  const at = toWall(TUESDAYS.zone, minute);
  return new Temporal.PlainDateTime(1970, 1, 1)
    .add({ minutes: at })
    .toString({ smallestUnit: 'minute' }) as 'T';
}

function fake(): { calendar: Calendar; hands: Hands } {
  const calendar = new FakeCalendar();
  const organiser = new Organiser(calendar.book, REF.series);
  const hands: Hands = {
    delete: (start) => organiser.deleteOccurrence(start),
    drag: (start, to) => organiser.drag(start, to),
    decline: (start) => organiser.answer(start, 'declined'),
    deleteSeries: () => organiser.deleteSeries(),
  };
  return { calendar, hands };
}

function real(): { calendar: Calendar; hands: Hands } {
  const resources = new MemoryResources();
  const owner = { zone: TUESDAYS.zone, emails: ['ana@example.com'] };
  const client = new CalendarClient(resources.raw);
  const hands: Hands = {
    delete: (start) => client.deleteOccurrence(TITLE, wall(start)),
    drag: (start, to) => client.drag(TITLE, wall(start), wall(to)),
    decline: (start) => client.answer(TITLE, wall(start), REP, 'DECLINED'),
    deleteSeries: () => client.deleteEvent(TITLE),
  };
  return { calendar: new IcalendarCalendar(resources, owner, () => NOW), hands };
}

function read(calendar: Calendar): Promise<Seen> {
  return calendar.read({ series: { ...REF, rule: TUESDAYS }, starts: STARTS, separate: [TAG] });
}

async function carryOut({ calendar, hands }: ReturnType<typeof fake>, deed: Deed): Promise<void> {
  if (deed.do === 'delete series') return hands.deleteSeries();
  if (deed.do === 'recovery') {
    await calendar.placeSeparate(TAG, anOccurrence({ start: STARTS[2]! + 240, end: STARTS[2]! + 270 }), null);
    return;
  }
  const start = STARTS[deed.n]!;
  const seen = await read(calendar);
  if (seen.kind !== 'complete' || seen.series.kind === 'gone') return;
  const { version } = seen.series;
  if (deed.do === 'place') {
    const at = { start: start + deed.hours * HOUR, end: start + deed.hours * HOUR + 30 };
    await calendar.placeOccurrence(REF, start, anOccurrence(at), version);
    return;
  }
  // Nobody can take hold of what does not stand there.
  if (seen.occurrences.get(start)?.kind === 'gone') return;
  if (deed.do === 'drag') await hands.drag(start, start + deed.hours * HOUR);
  else if (deed.do === 'withdraw') await calendar.withdrawOccurrence(REF, start, version);
  else if (deed.do === 'delete') await hands.delete(start);
  else await hands.decline(start);
}

/** What a reading says, without the words that are each server's own. */
function meaning(seen: Seen): unknown {
  if (seen.kind === 'unreadable') return seen.kind;
  const plain = (event: object) => ({ ...event, version: null, proof: null });
  const each = (events: ReadonlyMap<unknown, object>) =>
    [...events].map(([key, event]) => [key, plain(event)]);
  return { series: plain(seen.series), occurrences: each(seen.occurrences), separate: each(seen.separate) };
}

/** All that is proven on the calendar in memory holds only as far as it means what a real one means. */
describe('the calendar in memory means what the iCalendar adapter means', () => {
  it('whatever people and the loop do', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, fc.boolean(), async (what, endsDeleted) => {
        const both = [fake(), real()] as const;
        for (const each of both) {
          await each.calendar.placeSeries(REF, aSeries(), null);
          for (const deed of what) await carryOut(each, deed);
          if (endsDeleted) await carryOut(each, { do: 'delete series' });
        }
        const [ours, theirs] = [await read(both[0].calendar), await read(both[1].calendar)];
        expect(meaning(ours)).toEqual(meaning(theirs));
        expect(await both[0].calendar.standing([REF])).toEqual(await both[1].calendar.standing([REF]));
        const window = { start: STARTS[0]! - 7 * 1440, end: STARTS[WEEKS - 1]! + 7 * 1440 };
        const busy = { series: null, tags: [] };
        expect(await both[0].calendar.busy(window, busy)).toEqual(await both[1].calendar.busy(window, busy));
      }),
      { numRuns: 60 },
    );
  });
});
