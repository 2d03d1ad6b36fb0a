import { World, slot } from '../support/world.ts';

/** Promise 8: three restores of one occurrence in 24 h, then both people are asked. Never fight a person (F055). */
describe('three restores stop and ask', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
    for (let times = 0; times < 4; times++) await deleteMeeting();
  });

  async function deleteMeeting(): Promise<void> {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
  }

  it('puts the meeting back three times and then leaves the calendar as the person left it', async () => {
    expect(world.meeting('2026-11-24').restores).toHaveLength(3);
    expect(world.standing('2026-11-24')).toEqual([]);
  });

  it('asks both, once, and counts every act', async () => {
    await world.settle();
    expect(world.meeting('2026-11-24').asks).toContain('When do you want to meet?');
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(4);
    expect(world.reasons('ask')).toHaveLength(1);
  });

  it('goes on where somebody answers with a time', async () => {
    const to = slot('2026-11-26T13:00Z');
    world.say('manager', { kind: 'move', on: `1@${world.meeting('2026-11-24').originalStart}`, to });
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([to]);
    expect(world.meeting('2026-11-24').asks).toBeNull();
  });

  it('goes on where the person puts the event back by hand', async () => {
    const copy = world.calendar.book.newest('ana-bo')!;
    copy.deleted.clear();
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-26T13:00Z').start);
    await world.settle();
    expect(world.meeting('2026-11-24')).toMatchObject({ asks: null, slot: slot('2026-11-26T13:00Z') });
  });

  it('goes on where the person undoes the deletion, and counts the next one again', async () => {
    const { slot: last } = world.meeting('2026-11-24');
    world.organiser.drag(world.start('2026-11-24'), last.start);
    world.calendar.book.newest('ana-bo')!.deleted.clear();
    await world.settle();
    expect(world.meeting('2026-11-24')).toMatchObject({ asks: null, slot: last });
    await deleteMeeting();
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(5);
  });

  it('leaves the other weeks alone', () => {
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
  });

  it('ends as cancelled where nobody answers until the week has closed', async () => {
    await world.at('2026-11-24T12:00Z');
    await world.at('2026-12-02T12:00Z');
    expect(world.meeting('2026-11-24').state).toBe('cancelled_manager');
  });
});

/** Promise 8 for what takes many meetings away at once: it comes back three times, and is asked about then. */
describe.each([
  ['the whole series', (world: World) => world.organiser.deleteSeries()],
  [
    'this and all following meetings',
    (world: World) => world.organiser.deleteThisAndFollowing(world.start('2026-12-01')),
  ],
])('a person who deletes %s again and again is not fought', (_, remove) => {
  let world: World;
  const acts = () => world.facts.occurrences.flatMap((o) => o.cancelActs);

  beforeEach(async () => {
    world = new World();
    await world.settle();
    for (let times = 0; times < 4; times++) {
      remove(world);
      await world.settle();
    }
  });

  it('puts it back three times and then leaves the calendar as the person left it', async () => {
    expect(acts()).toHaveLength(3);
    const before = world.writes;
    expect(await world.settle()).toMatchObject({ kind: 'settled', writes: 0 });
    expect(world.writes).toBe(before);
    expect(world.standing('2026-12-08')).toEqual([]);
  });

  it('asks once, and says that it stopped', async () => {
    await world.settle();
    expect(world.facts.asks).toMatch(/three times within a day, so we stopped/);
    expect(world.reasons('brake')).toHaveLength(1);
  });

  it('still waits for an answer when the day is over', async () => {
    world.clock.at += 2 * 1440;
    await world.settle();
    expect(world.standing('2026-12-08')).toEqual([]);
    expect(acts()).toHaveLength(3);
  });

  it('puts everything back once somebody said so', async () => {
    await world.store.transaction('acme', ({ accounts }) =>
      accounts.release('ana-calendar', world.clock.at + 60),
    );
    await world.settle();
    expect(world.facts.asks).toBeNull();
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-08T09:00Z')]);
    expect(world.open().filter((o) => o.asks !== null)).toEqual([]);
    expect(acts()).toHaveLength(4);
  });

  it('ends the weeks that pass unanswered', async () => {
    await world.at('2026-12-02T12:00Z');
    expect(world.meeting('2026-11-24').state).not.toMatch(/scheduled|moved/);
  });
});
