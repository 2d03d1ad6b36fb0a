import { minuteFromIso } from '../../src/domain/minute.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { Organiser } from '../support/organiser.ts';
import { SERIES, World } from '../support/world.ts';

/** Promise 8: a run that would put back more than 30 % of an account, and more than 10, stops and asks. */
describe('brakes stop what looks like a fault', () => {
  const NAMES = Array.from({ length: 12 }, (_, i) => `pair-${i}`);
  let world: World;

  beforeEach(async () => {
    world = new World();
    for (const series of NAMES) world.add({ series });
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
  });

  function emptyCalendar(): void {
    for (const series of [SERIES, ...NAMES]) new Organiser(world.calendar.book, series).deleteSeries();
  }

  it('writes nothing and counts nothing when every series of an account is gone at once', async () => {
    emptyCalendar();
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
    expect(world.calendar.book.copies.size).toBe(0);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(world.facts.asks).toContain('13 of the 13 series');
  });

  it('asks once', async () => {
    emptyCalendar();
    await world.settle();
    await world.settle();
    expect(world.reasons('brake')).toHaveLength(1);
  });

  it('goes on by itself when the calendar shows its events again', async () => {
    const before = new Map(world.calendar.book.copies);
    emptyCalendar();
    await world.settle();
    for (const [key, copy] of before) world.calendar.book.copies.set(key, copy);
    await world.settle();
    expect(world.facts.asks).toBeNull();
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(world.reasons('release')).toHaveLength(1);
  });

  it('puts everything back once a person looked and said so', async () => {
    emptyCalendar();
    await world.settle();
    await world.store.transaction('acme', ({ accounts }) =>
      accounts.release('ana-calendar', minuteFromIso('2026-11-20T09:00Z')),
    );
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
    expect(world.calendar.book.copies.size).toBe(13);
    expect(world.facts.asks).toBeNull();
  });

  /** Somebody looked, and says that everything should stand. */
  async function release(): Promise<void> {
    await world.store.transaction('acme', ({ accounts }) =>
      accounts.release('ana-calendar', world.clock.at + 60),
    );
  }

  it('asks again within the hour when everything is gone again after it was put back', async () => {
    emptyCalendar();
    await world.settle();
    await release();
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
    world.clock.at += 10;
    emptyCalendar();
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
    expect(world.calendar.book.copies.size).toBe(0);
    expect(world.facts.asks).toContain('13 of the 13 series');
    await release();
    for (const series of [SERIES, ...NAMES]) await world.settle(series);
    expect(world.calendar.book.copies.size).toBe(13);
  });

  it('counts after a release only what is taken out after it', async () => {
    world = new World();
    await world.settle();
    const deleteMeetings = async (from: number, until: number): Promise<void> => {
      world.clock.at += 5;
      for (const o of world.open().slice(from, until)) {
        world.organiser.deleteOccurrence(startInWeek(world.facts.placed!.rule, o.week)!);
      }
      await world.settle();
    };
    await deleteMeetings(0, 11);
    expect(world.facts.asks).toContain('11 of the 12 meetings');
    await release();
    await world.settle();
    expect(world.everything().length).toBeGreaterThan(11);
    await deleteMeetings(0, 10);
    expect(world.facts.asks).toBeNull();
    await deleteMeetings(10, 11);
    expect(world.facts.asks).toContain('11 of the 12 meetings');
  });

  it('restores a few series without asking', async () => {
    for (const series of NAMES.slice(0, 3)) new Organiser(world.calendar.book, series).deleteSeries();
    for (const series of NAMES) await world.settle(series);
    expect(world.calendar.book.copies.size).toBe(13);
  });

  it('stops one series too, when eleven of its twelve meetings are deleted one by one', async () => {
    world = new World();
    await world.settle();
    for (const o of world.open().slice(0, 11)) world.organiser.deleteOccurrence(o.originalStart);
    await world.settle();
    expect(world.facts.asks).toContain('11 of the 12 meetings');
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
  });

  it('still lets a person say that they cannot make it while the brake holds', async () => {
    emptyCalendar();
    await world.settle();
    world.say('rep', {
      kind: 'cannot-make-it',
      on: `1@${world.meeting('2026-11-24').originalStart}`,
      category: 'sick',
    });
    await world.settle();
    expect(world.facts.acts).toHaveLength(1);
  });
});
