import { World, slot } from '../support/world.ts';

/** Promise 2: "cannot make it", said in Perennial, is a cancel act and becomes a move. */
describe('somebody says in Perennial that they cannot make it', () => {
  let world: World;
  const key = () => `1@${world.meeting('2026-11-24').originalStart}` as const;

  beforeEach(async () => {
    world = new World();
    await world.settle();
    world.say('rep', { kind: 'cannot-make-it', on: key(), category: 'customer_emergency' });
  });

  it('moves the meeting and counts one act of the one who said it', async () => {
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.meeting('2026-11-24').cancelActs).toMatchObject([{ by: 'rep' }]);
  });

  it('answers the act once, however often it is looked at', async () => {
    await world.settle();
    await world.settle();
    expect(world.facts.acts).toEqual([]);
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
  });

  it('ends as cancelled by that side where no slot is left', async () => {
    world.repCalendar.book.foreign.set('training', slot('2026-11-23T00:00Z', 5 * 1440));
    await world.settle();
    expect(world.meeting('2026-11-24').state).toBe('cancelled_rep');
    expect(world.standing('2026-11-24')).toEqual([]);
  });
});
