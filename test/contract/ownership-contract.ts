import { CalendarError } from '../../src/calendars/calendar-error.ts';
import {
  aSeries,
  anOccurrence,
  at,
  readSeries,
  REF,
  slot,
  slotOf,
  TITLE,
  TUESDAYS,
  versionOf,
} from './a-series.ts';
import type { Server, World } from './world.ts';

const START = at('2026-12-01T10:00');
const REQUEST = { series: { ...REF, rule: TUESDAYS }, starts: [START], separate: [] };

export function ownershipContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  const whereStored = server.storesAnything ? test : test.skip;
  describe('only what is ours is touched', () => {
    let world: World;
    beforeEach(async () => {
      world = await makeWorld();
      await world.calendar.placeSeries(REF, aSeries(), null);
    });

    test('words outside the markers are the same bytes after twenty updates', async () => {
      const above =
        'Bring the Miller file; "quoted", ünïcode, C:\\path\n\n  indented — and a trailing space \n';
      await world.person.editNotes(TITLE, null, (notes) => `${above}${notes}\n\nBelow: 100 % mine.\n`);
      for (let i = 0; i < 20; i++) {
        const block = { text: `Round ${i}, with words`, html: `<p>Round ${i}, with words</p>` };
        await world.calendar.placeSeries(REF, aSeries({ block }), await versionOf(world));
      }
      const notes = await world.person.notes(TITLE, null);
      expect(notes.startsWith(above)).toBe(true);
      expect(notes.endsWith('\n\nBelow: 100 % mine.\n')).toBe(true);
      expect(notes.match(/Round/g)).toHaveLength(1);
    });

    inFiles('alarms, guests, places and unknown properties outlive our edits', async () => {
      await world.files!.touch(TITLE, null, (event) => {
        event.addPropertyWithValue('location', 'Room 3, 2nd floor');
        event.addPropertyWithValue('x-their-thing', 'one two');
        event
          .addPropertyWithValue('attendee', 'mailto:guest@example.com')
          .setParameter('partstat', 'ACCEPTED');
        event.updatePropertyWithValue('summary', 'Our own name');
      });
      const before = await readSeries(world);
      const version = before.series.kind === 'stands' ? before.series.version : '';
      const moved = anOccurrence(slot('2026-12-02T15:00'));
      const written = await world.calendar.placeOccurrence(REF, START, moved, version);
      await world.calendar.placeSeries(REF, aSeries({ minutes: 45 }), written.version);
      const ics = (await world.files!.ics('Our own name')).replace(/\r?\n[ \t]/g, '');
      const twice = (pattern: RegExp) => expect(ics.match(pattern)).toHaveLength(2);
      twice(/LOCATION:Room 3\\, 2nd floor/g);
      twice(/X-THEIR-THING:one two/g);
      twice(/ATTENDEE;PARTSTAT=ACCEPTED:mailto:guest@example\.com/g);
      twice(/SUMMARY:Our own name/g);
    });

    inFiles('somebody else’s event under our name is neither read as ours nor written', async () => {
      const ics = await world.files!.ics(TITLE);
      await world.person.deleteEvent(TITLE);
      const name = `perennial-s-${REF.series}-${REF.copy}.ics`;
      const foreign = ics
        .replace(/UID:[^\r]*/, 'UID:foreign-1')
        .replace(`SUMMARY:${TITLE}`, 'SUMMARY:Theirs');
      await world.person.add(name, foreign);
      expect(await world.calendar.read(REQUEST)).toMatchObject({ kind: 'unreadable' });
      await expect(world.calendar.placeSeries(REF, aSeries(), null)).rejects.toBeInstanceOf(CalendarError);
      await expect(world.calendar.withdrawSeries(REF)).rejects.toBeInstanceOf(CalendarError);
      expect(await world.files!.ics('Theirs')).toContain('UID:foreign-1');
    });

    inFiles('an event that a client keeps under another name is still ours, and moved in place', async () => {
      await world.files!.rename(TITLE, 'E8F1-client-name.ics');
      expect(await slotOf(world, START)).toEqual(slot('2026-12-01T10:00'));
      await world.calendar.placeOccurrence(
        REF,
        START,
        anOccurrence(slot('2026-12-02T15:00')),
        await versionOf(world),
      );
      expect(await slotOf(world, START)).toEqual(slot('2026-12-02T15:00'));
      expect(await world.person.titles()).toEqual([TITLE]);
    });

    whereStored('a meeting that is gone from one of two copies is a question, not a guess', async () => {
      await world.files!.duplicate(TITLE, 'twin.ics');
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      expect(await world.calendar.read(REQUEST)).toEqual({
        kind: 'unreadable',
        because: expect.stringMatching(/twice/),
      });
    });

    whereStored.each([
      ['an empty body', '', /empty/],
      ['rubbish', 'this is not a calendar', /not valid/],
      ['a calendar without events', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', /no event/],
    ])('%s is unreadable, not absent', async (_, body, because) => {
      await world.files!.overwrite(TITLE, body);
      expect(await world.calendar.read(REQUEST)).toEqual({
        kind: 'unreadable',
        because: expect.stringMatching(because),
      });
      expect(await world.calendar.standing([REF])).toEqual([REF]);
    });
  });
}
