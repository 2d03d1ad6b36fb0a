import { meaningOf } from '../../src/domain/agenda/splice.ts';
import {
  aSeries,
  anOccurrence,
  at,
  NOW,
  readSeries,
  REF,
  REP,
  slot,
  slotOf,
  TITLE,
  TUESDAYS,
  versionOf,
} from './a-series.ts';
import type { Server, World } from './world.ts';

export function seriesContract(makeWorld: () => Promise<World>, server: Server): void {
  const inFiles = server.keepsFiles ? test : test.skip;
  describe('a series', () => {
    let world: World;
    beforeEach(async () => {
      world = await makeWorld();
    });

    test('is placed as one recurring event with one write', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      expect(world.writes()).toBe(1);
      expect(await world.person.titles()).toEqual([TITLE]);
      const { series } = await readSeries(world);
      expect(series).toMatchObject({ kind: 'stands', rule: TUESDAYS, minutes: 30, endsBefore: null });
      expect(await slotOf(world, at('2027-11-23T10:00'))).toEqual(slot('2027-11-23T10:00'));
    });

    test('invites the rep and carries the agenda (F016)', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      expect(await world.person.invitation(TITLE)).toEqual({
        organiser: 'ana@example.com',
        guests: [{ email: REP, hasAnswered: false }],
        html: expect.stringContaining('<li>One thing that went well; really, well.</li>'),
      });
      expect(await world.person.notes(TITLE, null)).toContain('One thing that went well; really, well.');
      const { series } = await readSeries(world);
      const meaning = meaningOf(aSeries().block.text);
      expect(series).toMatchObject({ agenda: { kind: 'present', meaning } });
    });

    inFiles('is written with organiser, attendee, zone and rich text as iCalendar has them', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      const ics = (await world.files!.ics(TITLE)).replace(/\r?\n[ \t]/g, '');
      expect(ics).toMatch(/ORGANIZER;CN="Ana, Manager":mailto:ana@example\.com/);
      expect(ics).toMatch(
        /ATTENDEE;[^\r]*PARTSTAT=NEEDS-ACTION;[^\r]*RSVP=TRUE[^\r]*:mailto:bo@example\.com/,
      );
      expect(ics).toMatch(/X-ALT-DESC;FMTTYPE=text\/html:<html><body>[^\r]*really\\, well/);
      expect(ics).toMatch(/BEGIN:VTIMEZONE\r\nTZID:Europe\/Berlin/);
    });

    test('that was placed before the answer was lost is adopted, not placed twice', async () => {
      world.failNextWrite('after commit');
      await expect(world.calendar.placeSeries(REF, aSeries(), null)).rejects.toMatchObject({
        trouble: 'Unreachable',
      });
      const { version } = await world.calendar.placeSeries(REF, aSeries(), null);
      expect(await world.person.titles()).toEqual([TITLE]);
      expect(await versionOf(world)).toBe(version);
    });

    test('that never arrived is placed by the same call again', async () => {
      world.failNextWrite('before');
      await expect(world.calendar.placeSeries(REF, aSeries(), null)).rejects.toMatchObject({
        trouble: 'Unreachable',
      });
      await world.calendar.placeSeries(REF, aSeries(), null);
      expect(await world.person.titles()).toEqual([TITLE]);
    });

    test('that nobody changed needs no write', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      const before = world.writes();
      await world.calendar.placeSeries(REF, aSeries(), await versionOf(world));
      expect(world.writes()).toBe(before);
    });

    test('that a person deleted is gone with a proof, and comes back as the next copy', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.deleteEvent(TITLE);
      const gone = await readSeries(world, [at('2026-11-24T10:00')]);
      expect(gone.series).toMatchObject({ kind: 'gone', proof: expect.stringMatching(/./) });
      expect(gone.occurrences.get(at('2026-11-24T10:00'))).toMatchObject({ kind: 'gone' });
      const next = { ...REF, copy: 2 };
      await world.calendar.placeSeries(next, aSeries(), null);
      expect(await world.person.titles()).toEqual([TITLE]);
      expect(await world.calendar.standing([REF, next])).toEqual([next]);
    });

    test('cut by "this and following" tells where it ends, and goes on again after a repair', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.deleteThisAndFollowing(TITLE, '2026-12-08T10:00');
      const cut = await readSeries(world, [at('2026-12-01T10:00'), at('2026-12-08T10:00')]);
      expect(cut.series).toMatchObject({ kind: 'stands', rule: TUESDAYS });
      expect([...cut.occurrences.values()].map(({ kind }) => kind)).toEqual(['stands', 'gone']);
      const endsBefore = cut.series.kind === 'stands' ? cut.series.endsBefore! : 0;
      expect(endsBefore).toBeGreaterThan(at('2026-12-01T10:00'));
      expect(endsBefore).toBeLessThanOrEqual(at('2026-12-08T10:00'));
      await world.calendar.placeSeries(REF, aSeries(), await versionOf(world));
      expect(await slotOf(world, at('2026-12-08T10:00'))).toEqual(slot('2026-12-08T10:00'));
    });

    test('split in two by "change this and following" is a question, not a cut', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.splitAt(TITLE, '2026-12-08T10:00', '2026-12-09T14:00', 'FREQ=WEEKLY;BYDAY=WE');
      const series = { ...REF, rule: TUESDAYS };
      const seen = await world.calendar.read({ series, starts: [], separate: [] });
      expect(seen).toEqual({ kind: 'unreadable', because: expect.stringMatching(/split/) });
    });

    test('ends where it is told to and not a meeting sooner', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      const endsBefore = at('2026-12-08T10:00');
      await world.calendar.placeSeries(REF, aSeries({ endsBefore }), await versionOf(world));
      const seen = await readSeries(world, [at('2026-12-01T10:00'), at('2026-12-08T10:00')]);
      expect(seen.series).toMatchObject({ endsBefore });
      expect([...seen.occurrences.values()].map(({ kind }) => kind)).toEqual(['stands', 'gone']);
    });

    test('that ends takes along the meetings after its end that had been moved', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      for (const [start, to] of [
        ['2026-12-01T10:00', '2026-12-02T14:00'],
        ['2026-12-15T10:00', '2026-12-16T14:00'],
      ] as const) {
        const moved = anOccurrence(slot(to));
        await world.calendar.placeOccurrence(REF, at(start), moved, await versionOf(world));
      }
      const endsBefore = at('2026-12-08T10:00');
      await world.calendar.placeSeries(REF, aSeries({ endsBefore }), await versionOf(world));
      expect(await slotOf(world, at('2026-12-01T10:00'))).toEqual(slot('2026-12-02T14:00'));
      expect(await slotOf(world, at('2026-12-15T10:00'))).toBeNull();
      const busy = await world.calendar.busy(slot('2026-12-16T14:00'), { series: null, tags: [] });
      expect([...busy]).toEqual([]);
    });

    test('dragged as a whole is read at its new anchor, each meeting in its own week', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.dragSeries(TITLE, '2026-11-26T15:00', 'FREQ=WEEKLY;BYDAY=TH');
      const start = at('2026-12-08T10:00');
      const { series } = await readSeries(world, [start]);
      expect(series).toMatchObject({ rule: { weekday: 4, minuteOfDay: 900, zone: 'Europe/Berlin' } });
      expect(await slotOf(world, start)).toEqual(slot('2026-12-10T15:00'));
    });

    test('that is no plain weekly one any more says so, and its meetings are still found', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.dragSeries(TITLE, '2026-11-24T10:00', 'FREQ=MONTHLY;BYDAY=4TU,2TU');
      const [there, notThere] = [at('2026-12-08T10:00'), at('2026-12-01T10:00')];
      const seen = await readSeries(world, [there, notThere]);
      expect(seen.series).toMatchObject({ kind: 'stands', rule: null });
      expect(seen.occurrences.get(there)).toMatchObject({ slot: slot('2026-12-08T10:00') });
      expect(seen.occurrences.get(notThere)).toMatchObject({ kind: 'gone' });
    });

    test('gets its length and its lost agenda back', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.stretch(TITLE, null, 60);
      await world.person.editNotes(TITLE, null, () => 'Only my words.');
      const altered = await readSeries(world);
      expect(altered.series).toMatchObject({ minutes: 60, agenda: { kind: 'lost' } });
      await world.calendar.placeSeries(REF, aSeries(), await versionOf(world));
      const repaired = await readSeries(world);
      expect(repaired.series).toMatchObject({ minutes: 30, agenda: { kind: 'present' } });
      expect(await world.person.notes(TITLE, null)).toMatch(/^Only my words\./);
    });

    test('gets a new agenda as text and as HTML', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      const block = { text: 'Another agenda', html: '<p>Another agenda</p>' };
      await world.calendar.placeSeries(REF, aSeries({ block }), await versionOf(world));
      const [notes, { html }] = [await world.person.notes(TITLE, null), await world.person.invitation(TITLE)];
      expect(notes).toContain('Another agenda');
      expect(html).toContain('<p>Another agenda</p>');
      expect(notes + html).not.toContain('went well');
    });

    test('keeps its exceptions while its rule is repaired', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.person.deleteOccurrence(TITLE, '2026-12-01T10:00');
      const start = at('2026-12-08T10:00');
      const moved = anOccurrence(slot('2026-12-09T14:00'));
      await world.calendar.placeOccurrence(REF, start, moved, await versionOf(world));
      await world.calendar.placeSeries(REF, aSeries({ minutes: 45 }), await versionOf(world));
      expect(await slotOf(world, at('2026-12-01T10:00'))).toBeNull();
      expect(await slotOf(world, start)).toEqual(slot('2026-12-09T14:00'));
    });

    test('is taken away once, and taking it away again is fine', async () => {
      await world.calendar.placeSeries(REF, aSeries(), null);
      await world.calendar.withdrawSeries(REF);
      await world.calendar.withdrawSeries(REF);
      expect(await world.person.titles()).toEqual([]);
    });

    test('every second week meets every second week', async () => {
      const rule = { ...TUESDAYS, everyWeeks: 2 };
      await world.calendar.placeSeries(REF, aSeries({ rule }), null);
      const seen = await readSeries(world, [at('2026-12-08T10:00')], { rule });
      expect(seen.series).toMatchObject({ rule });
      expect(seen.occurrences.get(at('2026-12-08T10:00'))).toMatchObject({ kind: 'stands', own: false });
      const busy = await world.calendar.busy(slot('2026-12-01T00:00', 1440), { series: null, tags: [] });
      expect([...busy]).toEqual([]);
    });

    test('that was never placed is gone without a question', async () => {
      const seen = await world.calendar.read({ series: null, starts: [NOW], separate: [] });
      expect(seen).toMatchObject({ kind: 'complete', series: { kind: 'gone' } });
    });
  });
}
