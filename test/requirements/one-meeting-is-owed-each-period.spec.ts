import { within } from '../../src/domain/slot.ts';
import { World, slot } from '../support/world.ts';

/** Promise 1: every series owes one occurrence per period; the row exists from the start. */
describe('one meeting is owed each period', () => {
  it('writes twelve weeks down before anybody acts (F001)', async () => {
    const world = new World();
    await world.settle();
    expect(world.open()).toHaveLength(12);
  });

  it('owes one every other week where the pair meets every other week', async () => {
    const world = new World({ everyWeeks: 2 });
    await world.settle();
    expect(world.open().map((o) => o.slot)).toEqual(
      ['2026-11-24', '2026-12-08', '2026-12-22', '2027-01-05', '2027-01-19', '2027-02-02'].map((day) =>
        slot(`${day}T09:00Z`),
      ),
    );
  });

  it('goes on owing as time passes, with no write for it', async () => {
    const world = new World();
    await world.settle();
    await world.at('2027-02-05T09:00Z');
    expect(world.meeting('2027-04-20')).toMatchObject({ state: 'scheduled' });
    expect(world.writes).toBe(1);
  });

  it('owes the weeks that passed while nobody looked as well', async () => {
    const world = new World();
    await world.settle();
    await world.at('2027-04-30T09:00Z');
    const owed = world.facts.occurrences.map((o) => o.originalStart);
    expect(owed).toEqual(owed.toSorted((a, b) => a - b));
    expect(owed.length).toBe(23 + 12);
  });

  it('owes each once, also where the organisation stopped working on the day of the anchor', async () => {
    const world = new World({ firstDay: '2026-11-27' });
    await world.settle();
    world.store.change('ana-bo', (facts) => ({
      ...facts,
      week: { ...facts.week, workingDays: [7, 1, 2, 3, 4] },
    }));
    expect(await world.at('2026-12-11T12:00Z')).toMatchObject({ kind: 'settled' });
    const { occurrences } = world.facts;
    expect(new Set(occurrences.map((o) => o.originalStart)).size).toBe(occurrences.length);
    expect(occurrences.filter((o) => !within(o.slot, o.week))).toEqual([]);
  });
});
