import { World, slot } from '../support/world.ts';

/** Promise 2: dragging the event out of its week would take the week's meeting away. */
describe('a drag out of the week is a cancel act', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('brings the meeting back into its own week, to a free slot', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-12-02T09:00Z').start);
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
  });

  it('counts once', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-12-02T09:00Z').start);
    await world.settle();
    await world.settle();
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
    expect(world.reasons('move')).toEqual([expect.stringContaining('dragged out of its week')]);
  });

  it('counts the weekend after the week as out of it', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-28T09:00Z').start);
    await world.settle();
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
  });

  it('counts a second drag to the very same place as a second act', async () => {
    for (let times = 0; times < 2; times++) {
      world.organiser.drag(world.start('2026-11-24'), slot('2026-12-02T09:00Z').start);
      await world.settle();
    }
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(2);
  });

  it('ends as cancelled and leaves no event behind where the week has no slot left', async () => {
    world.organiser.takeTime('offsite', slot('2026-11-23T00:00Z', 5 * 1440));
    world.organiser.drag(world.start('2026-11-24'), slot('2026-12-02T09:00Z').start);
    await world.settle();
    expect(world.meeting('2026-11-24').state).toBe('cancelled_manager');
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
  });
});
