import { minuteFromIso } from '../../src/domain/minute.ts';
import { World, slot } from '../support/world.ts';

/** A pair can end: what follows is no longer owed, with a reason; what happened stays. */
describe('a pair that ended owes nothing more', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    await world.at('2026-12-03T09:00Z');
    const endedAt = minuteFromIso('2026-12-03T09:00Z');
    world.store.change('ana-bo', (facts) => ({ ...facts, series: { ...facts.series, endedAt } }));
    await world.settle();
  });

  it('excuses every meeting after the end, with the reason', () => {
    const after = world.facts.occurrences.filter((o) => o.originalStart > world.clock.at);
    expect(after.length).toBeGreaterThan(8);
    for (const o of after) expect(o).toMatchObject({ state: 'excused', excuse: 'pair_ended' });
    expect(new Set(world.reasons('excuse'))).toEqual(
      new Set(['The pair ended, so this meeting is no longer owed.']),
    );
  });

  it('cuts the series with one write and leaves what was', () => {
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(world.everything()).toHaveLength(2);
  });

  it('owes nothing in later weeks and counts nobody who deletes what is left', async () => {
    const owed = world.facts.occurrences.length;
    world.organiser.deleteSeries();
    await world.at('2027-02-01T09:00Z');
    expect(world.facts.occurrences).toHaveLength(owed);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toHaveLength(1);
    expect(world.everything()).toEqual([]);
  });

  it('keeps its history', () => {
    expect(world.meeting('2026-11-24')).toMatchObject({ cancelActs: [{ by: 'manager' }] });
    expect(world.meeting('2026-11-24').state).not.toBe('excused');
  });

  it('takes a series that never met out of the calendar, and that is all', async () => {
    world = new World();
    await world.settle();
    world.store.change('ana-bo', (facts) => ({
      ...facts,
      series: { ...facts.series, endedAt: world.clock.at },
    }));
    await world.settle();
    expect(world.calendar.book.copies.size).toBe(0);
    expect(world.facts.placed).toMatchObject({ endsBefore: world.clock.at });
    expect(await world.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });
});
