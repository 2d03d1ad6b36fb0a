import { dayFromIso } from '../../src/domain/minute.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { World, slot } from '../support/world.ts';

/** Holidays, approved leave, sickness and a senior rep's skip: nothing is owed, nothing counts. */
describe('excused weeks owe nothing', () => {
  const WEEK = '2026-12-01';
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  function setLeave(leave: { from: string; until: string }[]) {
    const days = leave.map(({ from, until }) => ({ from: dayFromIso(from), until: dayFromIso(until) }));
    world.store.change('ana-bo', (facts: Facts) => ({
      ...facts,
      people: { ...facts.people, rep: { ...facts.people.rep, leave: days } },
    }));
  }

  function setHolidays(holidays: string[]) {
    world.store.change('ana-bo', (facts: Facts) => ({
      ...facts,
      week: { ...facts.week, holidays: holidays.map(dayFromIso) },
    }));
  }

  function dragAnchorToThursday() {
    const { rule } = world.facts.series;
    world.organiser.dragSeries({ ...rule, weekday: 4, firstDay: rule.firstDay + 2 });
  }

  it('excuses a public holiday on the anchor and takes the event out of the calendar', async () => {
    setHolidays([WEEK]);
    await world.settle();
    expect(world.meeting(WEEK)).toMatchObject({ state: 'excused', excuse: 'public_holiday' });
    expect(world.standing(WEEK)).toEqual([]);
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-08T09:00Z')]);
  });

  it('excuses approved leave of either side', async () => {
    setLeave([{ from: '2026-11-30', until: '2026-12-04' }]);
    await world.settle();
    expect(world.meeting(WEEK)).toMatchObject({ state: 'excused', excuse: 'leave' });
    expect(world.standing(WEEK)).toEqual([]);
  });

  it('owes the meeting again when the leave is taken back in time', async () => {
    setLeave([{ from: '2026-11-30', until: '2026-12-04' }]);
    await world.settle();
    setLeave([]);
    await world.settle();
    expect(world.meeting(WEEK)).toMatchObject({ state: 'scheduled', excuse: null });
    expect(world.standing(WEEK)).toEqual([slot('2026-12-01T09:00Z')]);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
  });

  it('counts a deletion after leave was taken back', async () => {
    setLeave([{ from: '2026-11-30', until: '2026-12-04' }]);
    await world.settle();
    setLeave([]);
    await world.settle();
    world.organiser.deleteOccurrence(world.start(WEEK));
    await world.settle();
    expect(world.meeting(WEEK).cancelActs).toHaveLength(1);
  });

  it.each(['sick', 'role_skip', 'leave'] as const)(
    'excuses where %s was granted in Perennial',
    async (excuse) => {
      world.say('admin', { kind: 'excuse', on: `1@${world.meeting(WEEK).originalStart}`, excuse });
      await world.settle();
      expect(world.meeting(WEEK)).toMatchObject({ state: 'excused', excuse });
      expect(world.standing(WEEK)).toEqual([]);
      expect(await world.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
      expect(world.meeting(WEEK)).toMatchObject({ state: 'excused', excuse });
    },
  );

  it('counts nobody who deletes the event of an excused week', async () => {
    setHolidays([WEEK]);
    world.organiser.deleteOccurrence(world.start(WEEK));
    await world.settle();
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
  });

  it('leaves an event alone that people put back into an excused week by themselves', async () => {
    setHolidays([WEEK]);
    await world.settle();
    world.calendar.book.newest('ana-bo')!.deleted.clear();
    world.organiser.drag(world.start(WEEK), slot('2026-12-03T13:00Z').start);
    await world.settle();
    expect(world.standing(WEEK)).toEqual([slot('2026-12-03T13:00Z')]);
    expect(world.meeting(WEEK).state).toBe('excused');
  });

  it('excuses a meeting that was moved inside a week of leave, and keeps one that was moved out of the leave', async () => {
    world.organiser.drag(world.start(WEEK), slot('2026-12-03T13:00Z').start);
    await world.settle();
    setLeave([{ from: '2026-12-01', until: '2026-12-01' }]);
    await world.settle();
    expect(world.meeting(WEEK).state).toBe('moved');
    setLeave([{ from: '2026-11-30', until: '2026-12-04' }]);
    await world.settle();
    expect(world.meeting(WEEK)).toMatchObject({ state: 'excused', excuse: 'leave' });
    expect(world.standing(WEEK)).toEqual([]);
  });

  it('asks the day of the anchor as it was dragged, not as it first was', async () => {
    dragAnchorToThursday();
    await world.settle();
    setHolidays(['2026-12-03', '2026-12-08']);
    await world.settle();
    expect(world.meeting('2026-12-03')).toMatchObject({ state: 'excused', excuse: 'public_holiday' });
    expect(world.standing('2026-12-08')).toEqual([slot('2026-12-10T09:00Z')]);
  });

  it('owes the meeting at the new anchor where that was dragged during the leave', async () => {
    setLeave([{ from: '2026-11-30', until: '2026-12-04' }]);
    await world.settle();
    dragAnchorToThursday();
    await world.settle();
    setLeave([]);
    await world.settle();
    expect(world.standing(WEEK)).toEqual([slot('2026-12-03T09:00Z')]);
  });
});
