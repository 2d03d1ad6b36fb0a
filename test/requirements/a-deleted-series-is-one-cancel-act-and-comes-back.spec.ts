import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { FaultyCalendar } from '../support/faulty-calendar.ts';
import { SERIES, World, slot } from '../support/world.ts';

/** Promise 2: deleting a whole series, or "this and following", is one cancel act; the series comes back. */
describe('a deleted series is one cancel act and comes back', () => {
  let world: World;
  const acts = () => world.facts.occurrences.flatMap((o) => o.cancelActs);

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('stands again on its anchor, without the deleted copy', async () => {
    world.organiser.deleteSeries();
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(world.standing('2027-01-26')).toEqual([slot('2027-01-26T09:00Z')]);
  });

  it('counts once, on the next meeting it would have taken away, which moves', async () => {
    world.organiser.deleteSeries();
    await world.settle();
    expect(acts()).toHaveLength(1);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T08:30Z')]);
  });

  it('takes two calls to bring back: the series, and the meeting that moves', async () => {
    const before = world.writes;
    world.organiser.deleteSeries();
    await world.settle();
    expect(world.writes - before).toBe(2);
  });

  it('keeps a meeting that a person had moved where they had moved it', async () => {
    world.organiser.drag(world.start('2026-12-01'), slot('2026-12-03T13:00Z').start);
    await world.settle();
    world.organiser.deleteSeries();
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-03T13:00Z')]);
    expect(acts()).toHaveLength(1);
  });

  it('counts a second deletion as a second act', async () => {
    for (let times = 0; times < 2; times++) {
      world.organiser.deleteSeries();
      await world.settle();
    }
    expect(acts()).toHaveLength(2);
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-08T09:00Z')]);
  });

  it('puts "this and following" back, as one act on the first meeting that was cut off', async () => {
    world.organiser.deleteThisAndFollowing(world.start('2026-12-08'));
    await world.settle();
    expect(acts()).toHaveLength(1);
    expect(world.meeting('2026-12-08').cancelActs).toHaveLength(1);
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-08T08:30Z')]);
    expect(world.standing('2026-12-15')).toEqual([slot('2026-12-15T09:00Z')]);
    expect(world.standing('2027-01-26')).toEqual([slot('2027-01-26T09:00Z')]);
  });

  it('puts the same cut back a second time, and counts it again', async () => {
    for (let times = 0; times < 2; times++) {
      world.organiser.deleteThisAndFollowing(world.start('2026-12-08'));
      await world.settle();
    }
    expect(acts()).toHaveLength(2);
    expect(world.standing('2026-12-15')).toEqual([slot('2026-12-15T09:00Z')]);
  });

  it('counts the same cut in the next copy of the series as another act', async () => {
    world.organiser.deleteThisAndFollowing(world.start('2026-12-08'));
    await world.settle();
    world.organiser.deleteSeries();
    await world.settle();
    world.organiser.deleteThisAndFollowing(world.start('2026-12-08'));
    await world.settle();
    expect(acts()).toHaveLength(3);
  });

  it('takes the next identity where a server keeps the deleted one in its bin', async () => {
    let refused = false;
    const line = new FaultyCalendar(world.calendar, (method, call) => {
      if (method !== 'placeSeries' || refused) return call();
      refused = true;
      throw new CalendarError('Gone', 'The server keeps that event in its bin.');
    });
    world.calendars.byAccount.set('ana-calendar', line);
    world.organiser.deleteSeries();
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(acts()).toHaveLength(1);
    expect(world.facts.series.copy).toBe(3);
  });

  it('takes an older copy away again that somebody fetched back from the bin', async () => {
    const old = world.calendar.book.newest(SERIES)!;
    world.organiser.deleteSeries();
    await world.settle();
    world.calendar.book.add(old);
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(acts()).toHaveLength(1);
  });

  it('settles: a second look plans nothing', async () => {
    world.organiser.deleteSeries();
    await world.settle();
    expect(await world.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });
});
