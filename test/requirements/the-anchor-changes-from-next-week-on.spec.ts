import { minuteFromIso } from '../../src/domain/minute.ts';
import { atNewAnchor } from '../../src/domain/new-anchor.ts';
import type { Anchor } from '../../src/domain/new-anchor.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import { GooglePair } from '../support/google/google-pair.ts';
import { MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { SERIES, slot, World } from '../support/world.ts';

const BECAUSE = 'The manager changed the anchor.';
const BERLIN_THURSDAYS: Anchor = { zone: 'Europe/Berlin', weekday: 4, minuteOfDay: 14 * 60 };
const LISBON_TUESDAYS: Anchor = { zone: 'Europe/Lisbon', weekday: 2, minuteOfDay: 10 * 60 };

async function change(store: MemoryStore, anchor: Anchor, now: number): Promise<void> {
  await store.transaction('acme', async ({ series }) => {
    const { facts, revision } = (await series.load(SERIES, now))!;
    await series.save(revision, facts, atNewAnchor(facts, anchor, now, BECAUSE), now);
  });
}

describe('the anchor changes from the next working week on', () => {
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.settle();
    await world.at('2026-11-23T08:00Z');
  });
  const changeTo = async (anchor: Anchor) => {
    await change(world.store, anchor, world.clock.at);
    await world.settle();
  };

  test('this week stays where it is and every later one stands at the new anchor, once', async () => {
    const before = world.open().map(keyOf);
    await changeTo(BERLIN_THURSDAYS);
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-03T13:00Z')]);
    expect(world.standing('2027-02-02')).toEqual([slot('2027-02-04T13:00Z')]);
    expect(world.open().map(keyOf).slice(0, before.length)).toEqual(before);
    expect(world.facts.series).toMatchObject({ generation: 2, copy: 2 });
    expect(world.calendar.book.copies.size).toBe(1);
  });

  test('nobody cancelled anything, nothing is asked, and another look has nothing to do', async () => {
    await changeTo(BERLIN_THURSDAYS);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(world.facts.asks).toBeNull();
    expect(world.reasons('restore series')).toEqual([]);
    const { writes } = world;
    await world.settle();
    expect(world.writes).toBe(writes);
  });

  test('a later meeting that somebody moved stays where they put it', async () => {
    world.organiser.drag(world.start('2026-12-08'), minuteFromIso('2026-12-09T10:00Z'));
    await world.settle();
    await changeTo(BERLIN_THURSDAYS);
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-09T10:00Z')]);
    expect(world.standing('2026-12-15')).toEqual([slot('2026-12-17T13:00Z')]);
  });

  test('after this week was met, nothing of the new series stands in it', async () => {
    await world.at('2026-11-25T08:00Z');
    await changeTo(BERLIN_THURSDAYS);
    expect(world.standing('2026-11-24')).toEqual([]);
    expect(world.meeting('2026-11-24').slot).toEqual(slot('2026-11-24T09:00Z'));
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-03T13:00Z')]);
  });

  test('a new anchor that this week has passed already leaves this week alone', async () => {
    await world.at('2026-11-23T14:00Z');
    await changeTo({ ...BERLIN_THURSDAYS, weekday: 1, minuteOfDay: 600 });
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-11-30T09:00Z')]);
  });

  test('a week that was excused stays free of meetings', async () => {
    world.say('admin', { kind: 'excuse', on: keyOf(world.meeting('2026-12-08')), excuse: 'sick' });
    await world.settle();
    await changeTo(BERLIN_THURSDAYS);
    expect(world.standing('2026-12-08')).toEqual([]);
    expect(world.meeting('2026-12-08').state).toBe('excused');
  });

  test('rows that come later are owed at the new anchor, under the new generation', async () => {
    await changeTo(BERLIN_THURSDAYS);
    await world.at('2026-12-07T08:00Z');
    const last = world.open().at(-1)!;
    expect(last.generation).toBe(2);
    expect(world.standing('2027-02-23')).toEqual([last.slot]);
  });

  test('every other week stays in its rhythm', async () => {
    const rare = new World({ everyWeeks: 2 });
    await rare.settle();
    await rare.at('2026-11-25T08:00Z');
    await change(rare.store, BERLIN_THURSDAYS, rare.clock.at);
    await rare.settle();
    expect(rare.everything()[0]).toEqual(slot('2026-12-10T13:00Z'));
    expect(rare.everything()[1]).toEqual(slot('2026-12-24T13:00Z'));
  });

  test.each([
    ['Europe/Lisbon', 2, '2026-12-01T10:00Z'],
    ['Pacific/Auckland', 1, '2026-11-29T21:00Z'],
    ['Pacific/Pago_Pago', 5, '2026-12-04T21:00Z'],
  ] as const)('in %s the meetings keep the week that owes them', async (zone, weekday, iso) => {
    await changeTo({ zone, weekday, minuteOfDay: 600 });
    const { slot: at, week } = world.meeting('2026-12-02');
    expect(at).toEqual(slot(iso));
    expect(week.start <= at.start && at.end <= week.end).toBe(true);
    const standing = world.everything().map(({ start }) => start);
    const owed = world.open().map((o) => o.slot.start);
    expect(standing.toSorted((x, y) => x - y).slice(0, owed.length)).toEqual(owed);
  });

  test.each([
    ['Google', GooglePair],
    ['Microsoft', MicrosoftPair],
  ] as const)('at %s one series follows to another zone, and this week keeps its time', async (_, Pair) => {
    const pair = await Pair.settled();
    await pair.at('2026-11-23T08:00Z');
    await change(pair.store, LISBON_TUESDAYS, pair.clock.now());
    await pair.settle();
    expect(pair.standing('2026-11-23')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(pair.standing('2026-11-30')).toEqual([slot('2026-12-01T10:00Z')]);
    expect(pair.standing('2027-02-01')).toEqual([slot('2027-02-02T10:00Z')]);
    expect(pair.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(await pair.settle()).toMatchObject({ kind: 'settled', steps: 0, writes: 0 });
  });
});
