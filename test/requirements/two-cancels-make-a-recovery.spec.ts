import { minuteFromIso } from '../../src/domain/minute.ts';
import { World, slot } from '../support/world.ts';

const WORK_WEEK = 5 * 1440;

/** Promise 5: two counting occurrences make a recovery, due by Friday 18:00 of the second one's week (F056). */
describe('two cancels make a recovery', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  async function deleteMeeting(day: string): Promise<void> {
    world.organiser.deleteOccurrence(world.start(day));
    await world.settle();
  }

  it('raises nothing after one cancel, nor after two of the same meeting', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-11-24');
    expect(world.facts.recoveries).toEqual([]);
  });

  it('is not held up by two old cancels that never made one', async () => {
    world = new World({ twoOfFour: false });
    await world.settle();
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-08');
    await world.at('2027-01-04T08:00Z');
    world.store.change('ana-bo', (facts) => ({ ...facts, twoOfFour: true }));
    await deleteMeeting('2027-01-05');
    await deleteMeeting('2027-01-12');
    expect(world.facts.recoveries).toMatchObject([
      { second: `1@${world.meeting('2027-01-12').originalStart}`, state: 'booked' },
    ]);
  });

  it('is due on Friday at 18:00 in the week of the second one', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toMatchObject([
      { dueBy: minuteFromIso('2026-12-04T17:00Z'), window: 'this week' },
    ]);
  });

  it('is the second meeting itself where that could be moved in time: no event of its own', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked', is: { kind: 'occurrence' } }]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T08:30Z')]);
    expect(world.meeting('2026-12-01').because).toMatch(
      /was deleted .* It is the recovery meeting after two cancels/,
    );
  });

  it('books an event of its own where the second meeting found no other slot', async () => {
    await deleteMeeting('2026-11-24');
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', 4 * 1440));
    const before = world.writes;
    world.store.change('ana-bo', preferring([600, 660]));
    world.organiser.takeTime('preferred', slot('2026-12-04T09:00Z', 60));
    await deleteMeeting('2026-12-01');
    expect(world.meeting('2026-12-01').state).toBe('cancelled_manager');
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked', is: { kind: 'separate' } }]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-04T08:00Z')]);
    expect(world.writes - before).toBe(1);
  });

  it('stays due and is tried again while nothing is free', async () => {
    await deleteMeeting('2026-11-24');
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', WORK_WEEK));
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toMatchObject([{ state: 'due', is: null }]);
    world.organiser.takeTime('offsite', slot('2026-11-30T00:00Z', 3 * 1440));
    await world.settle();
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked' }]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-03T08:00Z')]);
  });

  it('has a late window until next Tuesday when less than a working day is left', async () => {
    await deleteMeeting('2026-11-24');
    world.organiser.drag(world.start('2026-12-01'), slot('2026-12-04T13:00Z').start);
    await world.at('2026-12-04T08:00Z');
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toMatchObject([
      { dueBy: minuteFromIso('2026-12-08T17:00Z'), window: 'late window' },
    ]);
  });

  it('is due in the zone of the rep', async () => {
    world = new World({ repZone: 'America/New_York', minuteOfDay: 15 * 60 });
    await world.settle();
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toMatchObject([{ dueBy: minuteFromIso('2026-12-04T23:00Z') }]);
  });

  it('counts two among the last four owed, where the organisation keeps that rule', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-15');
    expect(world.facts.recoveries).toHaveLength(1);
  });

  it('counts only two in a row where the organisation switched the second rule off', async () => {
    world = new World({ twoOfFour: false });
    await world.settle();
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-15');
    expect(world.facts.recoveries).toEqual([]);
    await deleteMeeting('2026-12-08');
    expect(world.facts.recoveries).toHaveLength(1);
  });

  it('skips excused weeks between the two', async () => {
    world = new World({ twoOfFour: false, holidays: ['2026-12-01'] });
    await world.settle();
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-08');
    expect(world.facts.recoveries).toHaveLength(1);
  });

  it('does not count a meeting that was moved and then held', async () => {
    await deleteMeeting('2026-11-24');
    world.bothHeld('2026-11-24');
    await world.at('2026-11-24T12:00Z');
    await deleteMeeting('2026-12-01');
    expect(world.facts.recoveries).toEqual([]);
  });

  it('never raises a second one of the same two', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
    await deleteMeeting('2026-12-01');
    await world.at('2026-12-04T12:00Z');
    expect(world.facts.recoveries).toHaveLength(1);
  });

  it('moves when the rep declines its own event, and blames nobody', async () => {
    await deleteMeeting('2026-11-24');
    world.store.change('ana-bo', preferring([600, 660]));
    for (const day of ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'])
      world.organiser.takeTime(day, slot(`${day}T09:00Z`, 60));
    await deleteMeeting('2026-12-01');
    const [recovery] = world.facts.recoveries;
    const [booked] = world.standing('2026-12-01');
    world.organiser.answerSeparate(`ana-bo/recovery/${recovery!.second}`, 'declined');
    await world.settle();
    expect(world.standing('2026-12-01')).toHaveLength(1);
    expect(world.standing('2026-12-01')).not.toEqual([booked]);
    expect(world.facts.recoveries).toMatchObject([{ state: 'booked' }]);
  });

  it('moves when its own event is deleted, and asks when it was taken away again and again', async () => {
    await deleteMeeting('2026-11-24');
    world.store.change('ana-bo', preferring([600, 660]));
    world.organiser.takeTime('preferred', slot('2026-11-30T09:00Z', 60));
    for (const day of ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'])
      world.organiser.takeTime(day, slot(`${day}T09:00Z`, 60));
    await deleteMeeting('2026-12-01');
    const [recovery] = world.facts.recoveries;
    const tag = `ana-bo/recovery/${recovery!.second}`;
    expect(world.standing('2026-12-01')).toEqual([slot('2026-11-30T08:00Z')]);
    world.organiser.deleteSeparate(tag);
    await world.settle();
    expect(world.standing('2026-12-01')).toHaveLength(1);
    expect(world.standing('2026-12-01')).not.toEqual([slot('2026-11-30T08:00Z')]);
    for (let times = 0; times < 2; times++) {
      world.organiser.deleteSeparate(tag);
      await world.settle();
    }
    expect(world.standing('2026-12-01')).toEqual([]);
    expect(world.reasons('lose recovery')).toEqual([expect.stringContaining('please agree on one')]);
  });

  it('says why in the event', async () => {
    await deleteMeeting('2026-11-24');
    await deleteMeeting('2026-12-01');
    expect(world.reasons('raise recovery')).toEqual([expect.stringContaining('Two meetings were cancelled')]);
    expect(world.reasons('book recovery')).toEqual([expect.stringContaining('is the recovery meeting')]);
  });
});

/** Both prefer one stretch of the day, in minutes after midnight. */
function preferring(stretch: readonly [number, number]) {
  const preferredHours = { 1: [stretch], 2: [stretch], 3: [stretch], 4: [stretch], 5: [stretch] };
  return (facts: World['facts']) => ({
    ...facts,
    people: {
      manager: { ...facts.people.manager, preferredHours },
      rep: { ...facts.people.rep, preferredHours },
    },
  });
}
