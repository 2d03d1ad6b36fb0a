import { minuteFromIso } from '../../src/domain/minute.ts';
import { World, slot } from '../support/world.ts';

/** Promise 2: the organiser deletes the occurrence, the occurrence moves. */
describe('a deleted occurrence is moved, never lost', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('stands on Tuesdays at 10:00 as one native series, made with one call', () => {
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.standing('2027-01-12')).toEqual([slot('2027-01-12T09:00Z')]);
    expect(world.writes).toBe(1);
  });

  it('moves to the free slot of both nearest to the anchor, in the same week, with one call', async () => {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', slot: slot('2026-11-24T08:30Z') });
    expect(world.writes).toBe(2);
  });

  it('counts the deletion as one cancel act of the manager, however often it is looked at', async () => {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    for (let look = 0; look < 3; look++) await world.settle();
    expect(world.meeting('2026-11-24').cancelActs).toMatchObject([{ by: 'manager', at: world.clock.at }]);
  });

  it('avoids what either of the two has in their calendar, with five free minutes after it (F044)', async () => {
    world.organiser.takeTime('dentist', slot('2026-11-24T08:30Z', 30));
    world.repCalendar.book.foreign.set('call', slot('2026-11-24T09:30Z', 60));
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T10:30Z')]);
  });

  it('keeps a freeze of two hours from now', async () => {
    world.clock.at = minuteFromIso('2026-11-24T08:00Z');
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T10:00Z')]);
  });

  it('leaves every other week where it was', async () => {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(world.open().filter((o) => o.state === 'moved')).toHaveLength(1);
  });

  it('says why in the event, in the ledger and on the occurrence, in the same sentence (promise 10)', async () => {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    const [because] = world.reasons('move');
    expect(because).toMatch(/was deleted from the calendar.*moved it to Tuesday 24 Nov, 09:30/);
    expect(world.meeting('2026-11-24').because).toBe(because);
    expect(world.organiser.event(world.start('2026-11-24'))!.description).toContain(because);
  });

  it('moves again when the moved one is deleted, and never back to a refused slot', async () => {
    const start = world.start('2026-11-24');
    world.organiser.deleteOccurrence(start);
    await world.settle();
    world.organiser.deleteOccurrence(start);
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:30Z')]);
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(2);
  });

  it('counts the next deletion too when the meeting came back to the very slot it had been deleted from', async () => {
    const start = world.start('2026-11-24');
    const to = slot('2026-11-26T13:00Z');
    world.say('rep', { kind: 'move', on: `1@${start}`, to });
    world.organiser.deleteOccurrence(start);
    await world.settle();
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(1);
    world.organiser.deleteOccurrence(start);
    await world.settle();
    expect(world.meeting('2026-11-24').cancelActs).toHaveLength(2);
  });

  it('ends as cancelled when no slot is left in the week, and the next one stands where it was', async () => {
    world.organiser.takeTime('offsite', slot('2026-11-23T00:00Z', 5 * 1440));
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(world.meeting('2026-11-24').state).toBe('cancelled_manager');
    expect(world.standing('2026-11-24')).toEqual([]);
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(world.reasons('cancel')).toEqual([expect.stringContaining('No time is left this week')]);
  });

  it('counts a deletion that is noticed only after its time, and moves to what is left of the week', async () => {
    await world.at('2026-11-23T12:00Z');
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.at('2026-11-24T15:00Z');
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(world.standing('2026-11-24')[0]!.start).toBeGreaterThan(minuteFromIso('2026-11-24T15:00Z'));
  });

  it('takes the deletion of a past event that was seen standing for tidying up', async () => {
    await world.at('2026-11-24T12:00Z');
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.at('2026-11-24T15:00Z');
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'scheduled', cancelActs: [] });
  });

  it('settles: a second look plans nothing', async () => {
    world.organiser.deleteOccurrence(world.start('2026-11-24'));
    await world.settle();
    expect(await world.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });
});
