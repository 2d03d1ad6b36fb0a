import { minuteFromIso } from '../../src/domain/minute.ts';
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
