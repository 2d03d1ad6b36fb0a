import { World, slot } from '../support/world.ts';

/** Promise 5: states due, booked, met, late, failed; a held recovery clears the counter. */
describe('a recovery is met, late or failed', () => {
  let world: World;

  async function deleteMeeting(day: string): Promise<void> {
    world.organiser.deleteOccurrence(world.start(day));
    await world.settle();
  }

  /** Both meetings were deleted, and the second is to be the recovery. */
  async function booked(): Promise<void> {
    world = new World();
    await world.settle();
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
  }

  /** The second meeting ended as cancelled, and an event of its own stands on Friday. */
  async function separate(): Promise<void> {
    world = new World();
    await world.settle();
    await deleteMeeting('2026-11-24');
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', 5 * 1440));
    await deleteMeeting('2026-12-01');
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', 4 * 1440));
    await world.settle();
  }

  it('is met when it was held in time', async () => {
    await booked();
    world.bothHeld('2026-12-01');
    await world.at('2026-12-01T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'met' }]);
  });

  it('clears the counter when it was held: the next cancel is the first again', async () => {
    await booked();
    world.bothHeld('2026-12-01');
    await world.at('2026-12-01T12:00Z');
    await deleteMeeting('2026-12-08');
    expect(world.facts.recoveries).toHaveLength(1);
  });

  it('is late when people moved it behind its date and then held it', async () => {
    await separate();
    const [recovery] = world.facts.recoveries;
    expect(recovery).toMatchObject({ is: { kind: 'separate', slot: slot('2026-12-04T08:00Z') } });
    world.organiser.dragSeparate(`ana-bo/recovery/${recovery!.second}`, slot('2026-12-07T09:00Z').start);
    await world.settle();
    for (const by of ['manager', 'rep'] as const)
      world.store.attest('ana-bo', recovery!.second, { by, says: 'held', absent: null }, 'recovery');
    await world.at('2026-12-07T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'late' }]);
  });

  it('is met by an event of its own', async () => {
    await separate();
    const [recovery] = world.facts.recoveries;
    for (const by of ['manager', 'rep'] as const)
      world.store.attest('ana-bo', recovery!.second, { by, says: 'held', absent: null }, 'recovery');
    expect(world.meeting('2026-12-01').state).toBe('cancelled_manager');
    await world.at('2026-12-04T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'met' }]);
    expect(world.meeting('2026-12-01').state).toBe('recovered');
    expect(world.reasons('close')).toContain('Its recovery meeting was held instead.');
  });

  it('has failed when nobody says within two working days that it was held', async () => {
    await separate();
    await world.at('2026-12-05T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked' }]);
    await world.at('2026-12-10T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'failed' }]);
    expect(world.reasons('end recovery')).toEqual(['The recovery meeting was not held.']);
  });

  it('has failed when no time was ever found', async () => {
    world = new World();
    await world.settle();
    await deleteMeeting('2026-11-24');
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', 5 * 1440));
    await deleteMeeting('2026-12-01');
    await world.at('2026-12-04T17:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'failed' }]);
  });

  it('has failed when the meeting that was to be it was not held', async () => {
    await booked();
    for (const by of ['manager', 'rep'] as const)
      world.attest('2026-12-01', { by, says: 'not_held', absent: 'rep' });
    await world.at('2026-12-07T12:00Z');
    expect(world.meeting('2026-12-01').state).toBe('no_show_rep');
    expect(world.facts.recoveries).toMatchObject([{ state: 'failed' }]);
  });

  it('does not clear the counter when it failed: the next cancel makes another', async () => {
    await booked();
    await world.at('2026-12-08T06:00Z');
    await world.at('2026-12-11T06:00Z');
    await deleteMeeting('2026-12-15');
    expect(world.facts.recoveries).toMatchObject([{ state: 'failed' }, { state: 'booked' }]);
  });

  it('gets an event of its own where the meeting that was to be it ended unheld with time left', async () => {
    await booked();
    for (const by of ['manager', 'rep'] as const)
      world.attest('2026-12-01', { by, says: 'not_held', absent: 'rep' });
    await world.at('2026-12-01T12:00Z');
    expect(world.meeting('2026-12-01').state).toBe('no_show_rep');
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked', is: { kind: 'separate' } }]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T08:30Z'), slot('2026-12-01T14:00Z')]);
  });

  it('is due again where that one ended and nothing is free, and is booked as soon as something is', async () => {
    await booked();
    world.organiser.takeTime('offsite', slot('2026-12-01T10:00Z', 4 * 1440));
    for (const by of ['manager', 'rep'] as const)
      world.attest('2026-12-01', { by, says: 'not_held', absent: 'rep' });
    await world.at('2026-12-01T12:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'due', is: null }]);
    world.organiser.giveTimeBack('offsite');
    await world.settle();
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked', is: { kind: 'separate' } }]);
  });

  it('never takes the very time that somebody had just deleted', async () => {
    world = new World();
    await world.settle();
    await deleteMeeting('2026-11-24');
    world.organiser.takeTime('before', slot('2026-11-30T00:00Z', 33 * 60));
    world.organiser.takeTime('after', slot('2026-12-01T09:35Z', 4 * 1440));
    await deleteMeeting('2026-12-01');
    expect(world.meeting('2026-12-01').state).toBe('cancelled_manager');
    expect(world.standing('2026-12-01')).toEqual([]);
  });

  it('is brought back when it is dragged to where everybody would forget it', async () => {
    await separate();
    const [recovery] = world.facts.recoveries;
    world.organiser.dragSeparate(`ana-bo/recovery/${recovery!.second}`, slot('2027-06-07T09:00Z').start);
    await world.settle();
    const [kept] = world.facts.recoveries;
    expect(kept).toMatchObject({ state: 'booked', because: expect.stringContaining('dragged too far') });
    expect(world.standing('2026-12-01')).toHaveLength(1);
    expect(world.everything().filter(({ start }) => start === slot('2027-06-07T09:00Z').start)).toEqual([]);
  });

  it('says so where its week was excused', async () => {
    await booked();
    world.say('admin', {
      kind: 'excuse',
      on: `1@${world.meeting('2026-12-01').originalStart}`,
      excuse: 'sick',
    });
    await world.settle();
    expect(world.reasons('end recovery')).toEqual(['Its week was excused, so no recovery meeting is owed.']);
  });

  it('is neither booked nor left standing once the pair has ended', async () => {
    await separate();
    world.store.change('ana-bo', (facts) => ({
      ...facts,
      series: { ...facts.series, endedAt: world.clock.at },
    }));
    await world.settle();
    expect(world.everything()).toEqual([]);
    await world.at('2026-12-04T17:00Z');
    expect(world.facts.recoveries).toMatchObject([{ state: 'failed' }]);
    expect(world.reasons('end recovery')).toEqual(['The pair ended before a recovery meeting was held.']);
  });
});
