import { World, slot } from '../support/world.ts';

/** Promise 4: a decline is a request to move, an automatic one blames nobody. */
describe('a decline asks for a move', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('moves the meeting and counts no cancel', async () => {
    world.organiser.answer(world.start('2026-11-24'), 'declined');
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [] });
    expect(world.reasons('move')).toEqual([expect.stringContaining('counts as no cancel')]);
  });

  it('stays where it is when no other time suits both, and asks once', async () => {
    world.organiser.takeTime('offsite', slot('2026-11-23T00:00Z', 5 * 1440));
    world.organiser.answer(world.start('2026-11-24'), 'declined');
    await world.settle();
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.reasons('propose')).toHaveLength(1);
  });

  it('proposes slots after an automatic decline, moves nothing and blames nobody', async () => {
    world.organiser.answer(world.start('2026-11-24'), 'declined automatically');
    await world.settle();
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'scheduled', cancelActs: [] });
    expect(world.reasons('propose')).toEqual([expect.stringContaining('both free on')]);
  });

  it('answers a decline of the moved meeting too, and never makes a recovery of declines', async () => {
    for (const day of ['2026-11-24', '2026-11-24', '2026-12-01']) {
      world.organiser.answer(world.start(day), 'declined');
      await world.settle();
    }
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:30Z')]);
    expect(world.facts.recoveries).toEqual([]);
  });

  it('takes a drag by the organiser for the answer to a decline, and leaves it there', async () => {
    const to = slot('2026-11-26T13:00Z');
    world.organiser.answer(world.start('2026-11-24'), 'declined');
    world.organiser.drag(world.start('2026-11-24'), to.start);
    await world.settle();
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([to]);
  });

  it('leaves an accepted meeting alone', async () => {
    world.organiser.answer(world.start('2026-11-24'), 'accepted');
    expect(await world.settle()).toMatchObject({ steps: 0 });
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
  });
});
