import { World, slot } from '../support/world.ts';

/** Promise 9: existence, duration, tag and the agenda block are ours; everything else belongs to people. */
describe('only what is ours is touched', () => {
  let world: World;
  const WEEK = '2026-11-24';

  beforeEach(async () => {
    world = new World();
    await world.settle();
  });

  it('leaves every appointment of theirs where it is', async () => {
    world.organiser.takeTime('dentist', slot('2026-11-24T08:00Z', 60));
    world.organiser.takeTime('same time', slot('2026-11-24T09:00Z'));
    const before = structuredClone(world.calendar.book.foreign);
    world.organiser.deleteOccurrence(world.start(WEEK));
    await world.settle();
    world.organiser.deleteSeries();
    await world.settle();
    expect(world.calendar.book.foreign).toEqual(before);
  });

  it('keeps words above and below the agenda byte for byte through many moves', async () => {
    const above = 'Room 4 \t– bring the “Q4” deck\r\n\r\n';
    const below = '\n\n  dial-in: +49 30 1234\n';
    world.organiser.editText((text) => above + text + below, world.start(WEEK));
    const at = ['08:30', '13:00', '14:15', '10:00'];
    for (let i = 0; i < 20; i++) {
      world.organiser.drag(world.start(WEEK), slot(`2026-11-2${3 + (i % 5)}T${at[i % 4]}Z`).start);
      await world.settle();
    }
    const { description } = world.organiser.event(world.start(WEEK))!;
    expect(description.startsWith(above + '~~ Perennial agenda')).toBe(true);
    expect(description.endsWith('~~ end of the Perennial agenda ~~' + below)).toBe(true);
    expect(description.match(/Coaching, 15 min/g)).toHaveLength(1);
  });

  it('writes nothing when people only write around the agenda', async () => {
    const before = world.writes;
    world.organiser.editText((text) => `Our notes\n\n${text}`);
    world.organiser.editText((text) => `${text}\n\nOur notes`, world.start(WEEK));
    await world.settle();
    expect(world.writes).toBe(before);
  });

  it('writes nothing when a client only rewraps the agenda', async () => {
    world.organiser.editText((text) => text.replaceAll('\n', '\r\n').replaceAll('’', "'"));
    expect(await world.settle()).toMatchObject({ writes: 0 });
  });

  it('puts a lost agenda back into the series and keeps the words that replaced it', async () => {
    world.organiser.editText(() => 'Only this is left.');
    await world.settle();
    expect(world.organiser.text).toMatch(/^Only this is left\.\n\n~~ Perennial agenda/);
    expect(world.reasons('restore')).toEqual([expect.stringContaining('agenda was missing')]);
  });

  it('puts a lost agenda back into a single meeting', async () => {
    world.organiser.editText(() => 'Only this is left.', world.start(WEEK));
    await world.settle();
    expect(world.organiser.event(world.start(WEEK))!.description).toMatch(
      /^Only this is left\.\n\n~~ Perennial agenda/,
    );
  });

  it('puts an agenda right that somebody wrote into', async () => {
    world.organiser.editText((text) => text.replace('Open, 1 min', 'Open, 20 min'));
    await world.settle();
    expect(world.organiser.text).toContain('Open, 1 min');
  });

  it('restores the length of the series, and of a single meeting', async () => {
    world.organiser.setMinutes(15);
    await world.settle();
    expect(world.standing('2026-12-01')).toEqual([slot('2026-12-01T09:00Z')]);
    world.organiser.setMinutes(60, world.start(WEEK));
    await world.settle();
    expect(world.standing(WEEK)).toEqual([slot('2026-11-24T09:00Z')]);
    expect(world.facts.occurrences.flatMap((o) => o.cancelActs)).toEqual([]);
  });

  it('puts the weekly rule back where it became something else', async () => {
    world.organiser.breakRule();
    await world.settle();
    expect(world.calendar.book.newest('ana-bo')!.plain).toBe(true);
    expect(world.reasons('restore')).toEqual([expect.stringContaining('not one meeting each period')]);
  });

  it('leaves a meeting alone that has begun', async () => {
    world.organiser.editText(() => 'Only this is left.', world.start(WEEK));
    expect(await world.at('2026-11-24T09:10Z')).toMatchObject({ kind: 'settled', writes: 0 });
    expect(world.reasons('restore')).toEqual([]);
  });

  it('an unchanged week costs no write', async () => {
    const before = world.writes;
    await world.at('2026-11-25T09:00Z');
    await world.at('2026-11-27T09:00Z');
    expect(world.writes).toBe(before);
  });
});
