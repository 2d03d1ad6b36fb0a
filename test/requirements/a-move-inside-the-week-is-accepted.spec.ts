import { dayFromIso, weekdayOf } from '../../src/domain/minute.ts';
import { World, slot } from '../support/world.ts';

/** Promise 3: dragging the event to another time of the same working week is a person's right. */
describe('a move inside the week is accepted', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('leaves the event where it was dragged, and counts nothing', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-27T14:00Z').start);
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-27T14:00Z')]);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [] });
  });

  it('accepts a time that the slot search would never have chosen', async () => {
    world.organiser.takeTime('lunch', slot('2026-11-26T11:00Z', 60));
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-26T11:15Z').start);
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-26T11:15Z')]);
  });

  it('has the next week back on the anchor', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-27T14:00Z').start);
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
  });

  it('records the move with its reason', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-27T14:00Z').start);
    await world.settle();
    expect(world.reasons('accept move')).toEqual([
      expect.stringContaining('moved to Friday 27 Nov, 15:00 in the calendar'),
    ]);
  });

  it('accepts a drag back to the anchor as well', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-27T14:00Z').start);
    await world.settle();
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-24T09:00Z').start);
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
  });

  it('moves where somebody says so in Perennial', async () => {
    const to = slot('2026-11-25T13:00Z');
    world.say('rep', { kind: 'move', on: `1@${world.start('2026-11-24')}`, to });
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([to]);
    expect(world.meeting('2026-11-24')).toMatchObject({ state: 'moved', cancelActs: [] });
  });

  it('takes the whole series dragged to another time of the week for the new anchor', async () => {
    const wednesday = dayFromIso('2026-11-25');
    world.organiser.dragSeries({
      ...world.facts.series.rule,
      firstDay: wednesday,
      weekday: weekdayOf(wednesday),
      minuteOfDay: 660,
    });
    await world.settle();
    expect(world.standing('2026-11-24')).toEqual([slot('2026-11-25T10:00Z')]);
    expect(world.standing('2027-01-26')).toEqual([slot('2027-01-27T10:00Z')]);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
    expect(world.reasons('accept anchor')).toEqual([expect.stringContaining('Wednesday 11:00')]);
  });

  it('keeps the order and the number of owed meetings when the anchor changes', async () => {
    const owed = world.open().map((o) => o.week.start);
    const wednesday = dayFromIso('2026-11-25');
    world.organiser.dragSeries({ ...world.facts.series.rule, firstDay: wednesday, weekday: 3 });
    await world.settle();
    expect(world.open().map((o) => o.week.start)).toEqual(owed);
    await world.at('2026-12-15T08:00Z');
    const weeks = world.facts.occurrences.map((o) => o.week.start);
    expect(new Set(weeks).size).toBe(weeks.length);
  });

  it('settles: a second look plans nothing', async () => {
    world.organiser.drag(world.start('2026-11-24'), slot('2026-11-27T14:00Z').start);
    await world.settle();
    expect(await world.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });
});
