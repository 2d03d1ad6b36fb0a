import { fromWall, toWall } from '../../src/domain/zone.ts';
import { World, slot } from '../support/world.ts';

/** A series keeps its zone and its wall clock; a clock change is nobody's move. */
describe('the anchor keeps its wall clock across clock changes', () => {
  it('stands at 10:00 in Berlin before and after the last Sunday of March, without a write', async () => {
    const world = new World({
      now: '2027-03-19T08:00Z',
      firstDay: '2027-03-23',
      repZone: 'America/New_York',
    });
    await world.settle();
    expect(world.standing('2027-03-23')).toEqual([slot('2027-03-23T09:00Z')]);
    expect(world.standing('2027-03-30')).toEqual([slot('2027-03-30T08:00Z')]);
    const before = world.writes;
    await world.at('2027-03-29T08:00Z');
    expect(world.writes).toBe(before);
    expect(world.meeting('2027-03-30')).toMatchObject({
      state: 'scheduled',
      slot: slot('2027-03-30T08:00Z'),
    });
  });

  it('moves a deleted meeting inside the hours of both, in the weeks when the zones are an hour closer', async () => {
    const setting = { now: '2027-03-12T08:00Z', firstDay: '2027-03-16', minuteOfDay: 15 * 60 };
    const world = new World({ ...setting, repZone: 'America/New_York' });
    await world.settle();
    world.organiser.takeTime('ana', slot('2027-03-16T14:00Z', 60));
    world.organiser.deleteOccurrence(world.start('2027-03-16'));
    await world.settle();
    const { start } = world.meeting('2027-03-16').slot;
    expect(toWall('America/New_York', start) % 1440).toBeGreaterThanOrEqual(9 * 60);
    expect(toWall('Europe/Berlin', start + 30) % 1440).toBeLessThanOrEqual(17 * 60);
    expect(world.standing('2027-03-16')).toEqual([slot('2027-03-16T13:15Z')]);
  });

  it.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
  ])('owes a year of meetings at the same wall clock in %s', async (zone) => {
    const world = new World({ zone, firstDay: '2026-11-24', minuteOfDay: 10 * 60 + 15 });
    await world.settle();
    for (let month = 1; month <= 10; month++)
      await world.at(`2027-${String(month).padStart(2, '0')}-20T08:00Z`);
    expect(world.facts.occurrences.length).toBeGreaterThan(26);
    for (const o of world.facts.occurrences) expect(toWall(zone, o.originalStart) % 1440).toBe(10 * 60 + 15);
    expect(world.writes).toBe(1);
  });

  it('holds a meeting in a skipped hour at the end of the gap, and the next one at its time', async () => {
    const world = new World({ now: '2027-03-19T08:00Z', firstDay: '2027-03-28', minuteOfDay: 150 });
    world.store.change('ana-bo', (facts) => ({
      ...facts,
      week: { ...facts.week, workingDays: [7, 1, 2, 3, 4] },
    }));
    await world.settle();
    const [first, second] = world.facts.occurrences;
    expect(first!.slot).toEqual(slot('2027-03-28T01:30Z'));
    expect(second!.slot.start).toBe(fromWall('Europe/Berlin', toWall('Europe/Berlin', second!.slot.start)));
    expect(second!.slot).toEqual(slot('2027-04-04T00:30Z'));
  });
});
