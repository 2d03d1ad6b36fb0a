import {
  aSeries,
  anOccurrence,
  at,
  occurrence,
  readSeries,
  REF,
  REP,
  slot,
  slotOf,
  TAG,
  TITLE,
  versionOf,
} from './a-series.ts';
import type { Server, World } from './world.ts';

const START = at('2026-12-01T10:00');

export function occurrenceContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  describe('an occurrence', () => {
    let world: World;
    beforeEach(async () => {
      world = await makeWorld();
      await world.calendar.placeSeries(REF, aSeries(), null);
    });

    test('is moved with one write and its neighbours stay', async () => {
      const before = world.writes();
      const event = anOccurrence(slot('2026-12-02T15:00'));
      const { version } = await world.calendar.placeOccurrence(REF, START, event, await versionOf(world));
      expect(world.writes() - before).toBe(1);
      expect(await occurrence(world, START)).toMatchObject({ slot: slot('2026-12-02T15:00'), own: true });
      expect(await slotOf(world, at('2026-12-08T10:00'))).toEqual(slot('2026-12-08T10:00'));
      expect(await versionOf(world)).toBe(version);
    });

    test('that a person deleted is gone with a proof while the series stands', async () => {
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      const seen = await readSeries(world, [START, at('2026-12-08T10:00')]);
      expect(seen.series.kind).toBe('stands');
      expect(seen.occurrences.get(START)).toMatchObject({ kind: 'gone', proof: expect.stringMatching(/./) });
      expect(seen.occurrences.get(at('2026-12-08T10:00'))).toMatchObject({ kind: 'stands' });
    });

    test('that was deleted comes back in another slot with one write', async () => {
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      const before = world.writes();
      const event = anOccurrence(slot('2026-12-03T11:00'));
      await world.calendar.placeOccurrence(REF, START, event, await versionOf(world));
      expect(world.writes() - before).toBe(1);
      expect(await slotOf(world, START)).toEqual(slot('2026-12-03T11:00'));
    });

    test('that was deleted comes back where it stood', async () => {
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-01T10:00')),
        await versionOf(world),
      );
      expect(await slotOf(world, START)).toEqual(slot('2026-12-01T10:00'));
    });

    test('that was moved, then deleted, then moved again stands once', async () => {
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-02T15:00')),
        await versionOf(world),
      );
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      expect(await slotOf(world, START)).toBeNull();
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-03T15:00')),
        await versionOf(world),
      );
      const busy = await world.calendar.busy(slot('2026-11-30T00:00', 7 * 1440), { series: null, tags: [] });
      expect([...busy]).toEqual([slot('2026-12-03T15:00').start, slot('2026-12-03T15:00').end]);
    });

    test('that a person dragged is read where they put it', async () => {
      await world.person.drag(TITLE, '2026-12-01T10:00', '2026-12-04T09:15');
      expect(await occurrence(world, START)).toMatchObject({ slot: slot('2026-12-04T09:15'), own: true });
    });

    test('whose answer was lost after the write is adopted, not written twice', async () => {
      const version = await versionOf(world);
      const event = anOccurrence(slot('2026-12-02T15:00'));
      world.failNextWrite('after commit');
      await expect(world.calendar.placeOccurrence(REF, START, event, version)).rejects.toMatchObject({
        trouble: 'Unreachable',
      });
      const before = world.writes();
      await world.calendar.placeOccurrence(REF, START, event, version);
      expect(world.writes()).toBe(before);
      expect(await slotOf(world, START)).toEqual(slot('2026-12-02T15:00'));
    });

    test('is never written over an edit that was not seen', async () => {
      const version = await versionOf(world);
      await world.person.drag(TITLE, '2026-12-01T10:00', '2026-12-04T09:15');
      const event = anOccurrence(slot('2026-12-02T15:00'));
      await expect(world.calendar.placeOccurrence(REF, START, event, version)).rejects.toMatchObject({
        trouble: 'Conflict',
      });
      expect(await slotOf(world, START)).toEqual(slot('2026-12-04T09:15'));
    });

    test('is not written into a series that was deleted meanwhile', async () => {
      const version = await versionOf(world);
      await world.person.deleteEvent(TITLE);
      const event = anOccurrence(slot('2026-12-02T15:00'));
      await expect(world.calendar.placeOccurrence(REF, START, event, version)).rejects.toMatchObject({
        trouble: 'Conflict',
      });
      expect(await world.person.titles()).toEqual([]);
    });

    test('tells when the rep declined or accepted it, and forgets that with a move', async () => {
      await world.person.answer(TITLE, '2026-12-01T10:00', REP, 'DECLINED');
      await world.person.answer(TITLE, '2026-12-08T10:00', REP, 'ACCEPTED');
      expect(await occurrence(world, START)).toMatchObject({ kind: 'stands', repAnswers: 'declined' });
      expect(await occurrence(world, at('2026-12-08T10:00'))).toMatchObject({ repAnswers: 'accepted' });
      expect(await occurrence(world, at('2026-12-15T10:00'))).toMatchObject({ repAnswers: 'none' });
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-02T15:00')),
        await versionOf(world),
      );
      expect(await occurrence(world, START)).toMatchObject({ repAnswers: 'none' });
    });

    inFiles('marked as cancelled by a client is gone, and stands again once placed', async () => {
      await world.files!.touch(TITLE, '2026-12-01T10:00', (event) => {
        event.updatePropertyWithValue('status', 'CANCELLED');
      });
      expect(await slotOf(world, START)).toBeNull();
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-02T15:00')),
        await versionOf(world),
      );
      expect(await slotOf(world, START)).toEqual(slot('2026-12-02T15:00'));
    });

    test('gets its length and agenda back where it stands', async () => {
      await world.person.stretch(TITLE, '2026-12-01T10:00', 90);
      await world.person.editNotes(TITLE, '2026-12-01T10:00', () => 'mine');
      expect(await occurrence(world, START)).toMatchObject({
        slot: slot('2026-12-01T10:00', 90),
        agenda: { kind: 'lost' },
      });
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-01T10:00')),
        await versionOf(world),
      );
      expect(await occurrence(world, START)).toMatchObject({
        slot: slot('2026-12-01T10:00'),
        agenda: { kind: 'present', meaning: expect.stringContaining('it was deleted') },
      });
    });

    test('is taken out of the series alone', async () => {
      const { version } = await world.calendar.withdrawOccurrence(REF, START, await versionOf(world));
      await world.calendar.withdrawOccurrence(REF, START, version);
      expect(await slotOf(world, START)).toBeNull();
      expect(await slotOf(world, at('2026-12-08T10:00'))).toEqual(slot('2026-12-08T10:00'));
    });
  });

  describe('a separate event', () => {
    let world: World;
    beforeEach(async () => {
      world = await makeWorld();
    });
    const read = async () =>
      (await world.calendar.read({ series: null, starts: [], separate: [TAG] })) as never;

    test('is placed with one write, moved in place, and read by its tag', async () => {
      const { version } = await world.calendar.placeSeparate(
        TAG,
        anOccurrence(slot('2026-12-03T16:00')),
        null,
      );
      expect(world.writes()).toBe(1);
      await world.calendar.placeSeparate(TAG, anOccurrence(slot('2026-12-04T16:00')), version);
      expect(await world.person.titles()).toEqual([TITLE]);
      const { separate } = (await read()) as { separate: Map<string, unknown> };
      expect(separate.get(TAG)).toMatchObject({ kind: 'stands', slot: slot('2026-12-04T16:00'), own: true });
    });

    test('is adopted after a lost answer', async () => {
      world.failNextWrite('after commit');
      const event = anOccurrence(slot('2026-12-03T16:00'));
      await expect(world.calendar.placeSeparate(TAG, event, null)).rejects.toThrow();
      await world.calendar.placeSeparate(TAG, event, null);
      expect(await world.person.titles()).toEqual([TITLE]);
    });

    test('that a person deleted is gone, and withdrawing it is fine', async () => {
      await world.calendar.placeSeparate(TAG, anOccurrence(slot('2026-12-03T16:00')), null);
      await world.person.deleteEvent(TITLE);
      await world.calendar.withdrawSeparate(TAG);
      const { separate } = (await read()) as { separate: Map<string, unknown> };
      expect(separate.get(TAG)).toMatchObject({ kind: 'gone' });
    });
  });
}
