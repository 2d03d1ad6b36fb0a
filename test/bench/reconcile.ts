import type { Facts } from '../../src/domain/facts.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { ReconcileSeries } from '../../src/reconcile/reconcile-series.ts';
import { FakeCalendar } from '../support/fake-calendar.ts';
import { LINK, OpenCalendars, QuietLog, SetClock, accountOf, newFacts } from '../support/world.ts';
import { LeanStore } from './lean-store.ts';
import { median, nearFloor } from './measure.ts';
import type { Table } from './measure.ts';

const SERIES = 10_000;
const ROUNDS = 10;
const EACH = SERIES / ROUNDS;
const ACCOUNT = accountOf('ana-calendar', 'ana');
const CONTENT = {
  title: 'Ana and Bo',
  block: { text: 'agenda', html: 'agenda' },
  url: LINK,
  invitation: {
    organiser: { name: 'Ana', email: 'ana@acme.test' },
    attendee: { name: 'Bo', email: 'bo@acme.test' },
  },
};

/** Ten thousand series that nobody touched: what one look at all of them costs besides the network. */
export async function unchangedSeries(): Promise<Table> {
  const ours = await settled();
  const peer = await settled();
  const took = { peer: [] as number[], ours: [] as number[], floor: [] as number[] };
  let calls = 0;
  let written = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const names = Array.from({ length: EACH }, (_, i) => nameOf(round * EACH + i));
    took.peer.push(await timed(names, (name) => oneByOne(peer.calendar, peer.store.factsOf(name))));
    const before = [asked(ours.calendar), writes(ours.calendar)] as const;
    took.ours.push(await timed(names, (name) => ours.reconcile.run(name)));
    calls += asked(ours.calendar) - before[0];
    written += writes(ours.calendar) - before[1];
    took.floor.push(await timed(names, (name) => readOnly(ours.calendar, ours.store.factsOf(name))));
  }
  const us = { peer: median(took.peer), ours: median(took.ours), floor: median(took.floor) };
  return {
    title: `Reconcile of ${SERIES.toLocaleString('en')} unchanged series, 12 weeks each, calendar in memory`,
    rows: [
      {
        what: 'each occurrence read and written, one by one',
        microseconds: us.peer,
        note: '24 calls a series',
      },
      { what: 'ours', microseconds: us.ours, note: `all in ${seconds(us.ours)} s` },
      { what: 'floor: the reads alone', microseconds: us.floor },
    ],
    goals: [
      { says: 'writes in an unchanged week: 0', measured: String(written), met: written === 0 },
      {
        says: 'calls for each unchanged series: 1',
        measured: String(calls / SERIES),
        met: calls === SERIES,
      },
      nearFloor(10, us.ours / us.floor),
    ],
  };
}

async function settled() {
  const store = new LeanStore(ACCOUNT);
  const calendar = new FakeCalendar();
  const calendars = new OpenCalendars(new Map([[ACCOUNT.id, calendar]]));
  const clock = new SetClock(minuteFromIso('2026-11-20T08:00Z'));
  const reconcile = new ReconcileSeries({ store, calendars, clock, log: new QuietLog(), link: () => LINK });
  for (let i = 0; i < SERIES; i++) {
    store.add(newFacts({ series: nameOf(i) }));
    await reconcile.run(nameOf(i));
  }
  return { store, calendar, reconcile };
}

function nameOf(i: number): string {
  return `pair-${i}`;
}

async function timed(names: readonly string[], work: (name: string) => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (const name of names) await work(name);
  return ((performance.now() - begin) * 1000) / names.length;
}

function request({ series, occurrences }: Facts, from = 0, to = occurrences.length) {
  return {
    series: { series: series.id, copy: series.copy, rule: series.rule },
    starts: occurrences.slice(from, to).map((o) => startInWeek(series.rule, o.week)!),
    firstWeekday: 1 as const,
    separate: [],
  };
}

function readOnly(calendar: FakeCalendar, facts: Facts): Promise<unknown> {
  return calendar.read(request(facts));
}

/** What a sync without a memory of its own does: look at each event, put each event right. */
async function oneByOne(calendar: FakeCalendar, facts: Facts): Promise<void> {
  const ref = { series: facts.series.id, copy: facts.series.copy };
  for (const [i, o] of facts.occurrences.entries()) {
    const seen = await calendar.read(request(facts, i, i + 1));
    if (seen.kind === 'unreadable' || seen.series.kind === 'gone') return;
    await calendar.placeOccurrence(ref, o.originalStart, { ...CONTENT, slot: o.slot }, seen.series.version);
  }
}

function asked({ calls }: FakeCalendar): number {
  return Object.values(calls).reduce((sum, n) => sum + n, 0);
}

function writes({ calls }: FakeCalendar): number {
  return Object.entries(calls).reduce(
    (sum, [method, n]) => sum + (method.startsWith('place') || method.startsWith('withdraw') ? n : 0),
    0,
  );
}

function seconds(microseconds: number): string {
  return ((microseconds * SERIES) / 1e6).toFixed(1);
}
