import { responseOf } from '../support/microsoft/over-the-wire.ts';
import { Refused } from '../support/microsoft/answer.ts';
import { MicrosoftWorld } from '../support/microsoft/microsoft-world.ts';
import {
  anOccurrence,
  aSeries,
  at,
  occurrence,
  readSeries,
  REF,
  slot,
  TITLE,
  TUESDAYS,
  versionOf,
} from './a-series.ts';

const START = at('2026-12-01T10:00');
const FRIDAY = slot('2026-12-04T14:00');

describe('what Outlook needs several requests for', () => {
  let world: MicrosoftWorld;
  beforeEach(async () => {
    world = new MicrosoftWorld();
    await world.calendar.placeSeries(REF, aSeries(), null);
    // Next week's meeting stands on this week's Thursday: Friday is behind a neighbour.
    await world.person.drag(TITLE, '2026-12-08T10:00', '2026-12-03T10:00');
  });
  const place = async () =>
    world.calendar.placeOccurrence(REF, START, anOccurrence(FRIDAY), await versionOf(world));
  const titles = () => world.person.titles();

  test('is an event of its own and no instance, where a neighbour is in the way', async () => {
    await place();
    expect(await occurrence(world, START)).toMatchObject({
      slot: FRIDAY,
      own: true,
      agenda: { kind: 'present' },
    });
    expect(await titles()).toEqual([TITLE, TITLE]);
    expect(world.person.find(TITLE).cancelled).toEqual(new Set(['2026-12-01']));
  });

  test('is never without a meeting in between, and is finished by the same call', async () => {
    world.fake.refuses = { on: 'DELETE', with: new Refused(500, 'ErrorInternalServerError', 'cut off') };
    await expect(place()).rejects.toMatchObject({ trouble: 'Unreachable' });
    world.fake.refuses = null;
    expect(await occurrence(world, START)).toMatchObject({ kind: 'stands', agenda: { kind: 'lost' } });
    await place();
    expect(await occurrence(world, START)).toMatchObject({ slot: FRIDAY, agenda: { kind: 'present' } });
    expect(await titles()).toEqual([TITLE, TITLE]);
    const busy = await world.calendar.busy(slot('2026-12-01T00:00', 1440), { series: null, tags: [] });
    expect([...busy]).toEqual([]);
  });

  test('is made anew after a deletion in the very slot that it had before', async () => {
    await place();
    const standIn = [...world.mailbox.items.values()].find(({ recurrence }) => !recurrence)!;
    world.mailbox.remove(standIn);
    expect(await occurrence(world, START)).toMatchObject({ kind: 'gone' });
    await place();
    expect(await occurrence(world, START)).toMatchObject({ slot: FRIDAY });
    expect(await titles()).toEqual([TITLE, TITLE]);
  });

  test('never goes over an edit of the same second', async () => {
    let edits = 1;
    const meddled = new MicrosoftWorld(world.email, world.clock, (fake) => async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'PATCH' && edits-- > 0)
        await meddled.person.editNotes(TITLE, null, (notes) => `Mine.\n${notes}`);
      return responseOf(fake, request);
    });
    await meddled.calendar.placeSeries(REF, aSeries(), null);
    const version = await versionOf(meddled);
    const longer = meddled.calendar.placeSeries(REF, aSeries({ minutes: 45 }), version);
    await expect(longer).rejects.toMatchObject({ trouble: 'Conflict' });
    expect(await meddled.person.notes(TITLE, null)).toMatch(/^Mine\./);
  });

  test('ends with its series, and so does a series before its first meeting', async () => {
    await place();
    const endsBefore = at('2026-11-30T10:00');
    await world.calendar.placeSeries(REF, aSeries({ endsBefore }), await versionOf(world));
    expect(await titles()).toEqual([TITLE]);
    expect(world.standing('2026-11-23T00:00:00Z', '2027-03-01T00:00:00Z')).toHaveLength(1);
    const before = at('2026-11-20T10:00');
    await world.calendar.placeSeries(REF, aSeries({ endsBefore: before }), await versionOf(world));
    expect(world.standing('2026-11-23T00:00:00Z', '2027-03-01T00:00:00Z')).toEqual([]);
    const { series } = await readSeries(world);
    expect(series).toMatchObject({ kind: 'stands', endsBefore: before });
  });

  test('is taken away wherever it stands', async () => {
    const { version } = await place();
    await world.calendar.withdrawOccurrence(REF, START, version);
    expect(await occurrence(world, START)).toMatchObject({ kind: 'gone' });
    expect(await titles()).toEqual([TITLE]);
    await world.calendar.withdrawSeries(REF);
    expect(await titles()).toEqual([]);
  });

  test('stays the meeting of its week when a person moves the anchor', async () => {
    await place();
    await world.person.dragSeries(TITLE, '2026-11-26T15:00', 'FREQ=WEEKLY;BYDAY=TH');
    const seen = await world.calendar.read({
      series: { ...REF, rule: TUESDAYS },
      starts: [START],
      separate: [],
    });
    // Outlook forgot that the instance was taken out: both stand until the next write puts it in order.
    expect(seen).toMatchObject({ kind: 'complete', series: { rule: { weekday: 4 } } });
    await place();
    expect(await occurrence(world, START)).toMatchObject({ slot: FRIDAY, agenda: { kind: 'present' } });
  });
});
