import { foreignEvent } from './busy-contract.ts';
import { aSeries, anOccurrence, REF, slot, TAG, TITLE } from './a-series.ts';
import type { Server, World } from './world.ts';

export function changesContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  describe('changes since a cursor', () => {
    let world: World;
    let cursor: string;
    beforeEach(async () => {
      world = await makeWorld();
      await world.calendar.placeSeries(REF, aSeries(), null);
      cursor = (await world.calendar.changes(null)).cursor;
    });

    test('without a cursor are everything', async () => {
      expect(await world.calendar.changes(null)).toMatchObject({ kind: 'everything' });
    });

    test('are none while nothing happens', async () => {
      expect(await world.calendar.changes(cursor)).toMatchObject({
        kind: 'since',
        series: [],
        busyChanged: false,
      });
    });

    test('name the series in which a person deleted or edited something', async () => {
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      const deleted = await world.calendar.changes(cursor);
      expect(deleted).toMatchObject({ kind: 'since', series: [REF.series], busyChanged: true });
      await world.person.drag(TITLE, '2026-12-08T10:00', '2026-12-09T10:00');
      const dragged = await world.calendar.changes(deleted.cursor);
      expect(dragged).toMatchObject({ series: [REF.series] });
      await world.person.editNotes(TITLE, null, (notes) => `Mine.\n${notes}`);
      expect(await world.calendar.changes(dragged.cursor)).toMatchObject({ series: [REF.series] });
    });

    inFiles('name the series whose event a client renamed or touched', async () => {
      await world.files!.rename(TITLE, 'client-name.ics');
      const renamed = await world.calendar.changes(cursor);
      expect(renamed).toMatchObject({ series: [REF.series] });
      await world.files!.touch(TITLE, null, (event) => event.updatePropertyWithValue('location', 'Room 5'));
      const touched = await world.calendar.changes(renamed.cursor);
      expect(touched).toMatchObject({ series: [REF.series] });
    });

    test('name the series of a deleted event and of a separate one', async () => {
      await world.person.deleteEvent(TITLE);
      const deleted = await world.calendar.changes(cursor);
      expect(deleted).toMatchObject({ series: [REF.series] });
      await world.calendar.placeSeparate(TAG, anOccurrence(slot('2026-12-03T16:00')), null);
      expect(await world.calendar.changes(deleted.cursor)).toMatchObject({ series: [REF.series] });
    });

    test('tell of other people’s events only that busy time changed', async () => {
      const lines = ['DTSTART:20261203T080000Z', 'DTEND:20261203T090000Z'];
      await world.person.add('foreign-9.ics', foreignEvent('foreign-9', lines));
      expect(await world.calendar.changes(cursor)).toMatchObject({ series: [], busyChanged: true });
    });

    test('since a cursor that the server rejects are everything', async () => {
      await world.person.deleteEvent(TITLE);
      await world.forgetCursors();
      const changes = await world.calendar.changes(cursor);
      expect(changes.kind).toBe('everything');
      expect(await world.calendar.changes(changes.cursor)).toMatchObject({ kind: 'since', series: [] });
    });
  });
}
