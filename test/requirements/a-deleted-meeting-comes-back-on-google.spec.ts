import { SERIES, slot } from '../support/world.ts';
import { GooglePair, MEETING } from '../support/google/google-pair.ts';
import { whose } from '../../src/calendars/google/identity.ts';

const TUESDAY = '2026-12-01T10:00';
const WEEK = '2026-11-30';
const MOVED = slot('2026-12-01T08:30Z');

/** Promises 1, 2 and 8 on a calendar at Google. */
describe('a deleted meeting comes back on Google', () => {
  let pair: GooglePair;
  beforeEach(async () => {
    pair = await GooglePair.settled();
  });
  const standIns = () =>
    [...pair.google.primary.store.stored.values()].filter(
      ({ id, fields }) => whose(id)?.kind === 'stand-in' && fields.status !== 'cancelled',
    );

  it('is un-cancelled in its own series beside the slot that was refused, and stands once', async () => {
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(pair.reasons('move')).toEqual([expect.stringContaining('deleted')]);
    expect(standIns()).toEqual([]);
  });

  it('says why in the event, and tells the rep once', async () => {
    const { mails } = pair.google.primary.writer;
    mails.length = 0;
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    expect(pair.google.person.event(MEETING, TUESDAY).description).toContain('Note: ');
    expect(mails).toEqual([
      { to: ['bo@acme.test'], about: expect.stringContaining('_20261201'), kind: 'invitation' },
    ]);
  });

  it.each([403, 404, 410] as const)(
    'gets a stand-in where un-cancelling is answered with %i',
    async (answer) => {
      pair.google.primary.writer.manners.uncancel = answer;
      await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
      await pair.settle();
      expect(pair.standing(WEEK)).toEqual([MOVED]);
      expect(standIns()).toHaveLength(1);
      expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
      expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
    },
  );

  it('follows a stand-in like any meeting: dragged, moved again, deleted and made anew', async () => {
    pair.google.primary.writer.manners.uncancel = 403;
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    const [standIn] = standIns();
    pair.google.person.change(standIn!.id, times('2026-12-03T13:00:00Z', '2026-12-03T13:30:00Z'));
    await pair.settle();
    expect(pair.meeting('2026-12-01')).toMatchObject({ slot: slot('2026-12-03T13:00Z') });
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
    pair.google.person.change(standIn!.id, { status: 'cancelled' });
    await pair.settle();
    expect(pair.standing(WEEK)).toHaveLength(1);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(2);
    expect(standIns()).toHaveLength(1);
  });

  it('asks when somebody brings the deleted one back beside its stand-in', async () => {
    pair.google.primary.writer.manners.uncancel = 403;
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    const { id } = pair.google.person.event(MEETING, TUESDAY);
    pair.google.person.change(id!, { status: 'confirmed' });
    expect(await pair.settle()).toMatchObject({
      kind: 'unreadable',
      because: expect.stringContaining('twice'),
    });
    expect(pair.standing(WEEK)).toHaveLength(2);
  });

  it('is written once, whether the answer to the write was lost or not', async () => {
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    pair.google.fake.faults.next({ on: 'write', what: 'after commit' });
    await pair.settle();
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
  });

  it('is not written over a change that somebody made in the same second', async () => {
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    pair.google.fake.beforeWrite = () =>
      pair.google.person.drag(MEETING, '2026-12-08T10:00', '2026-12-09T14:00');
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-09T13:00Z')]);
  });

  it('makes a recovery where the next one is deleted, too', async () => {
    for (const at of ['2026-11-24T10:00', TUESDAY]) {
      await pair.google.person.deleteOccurrence(MEETING, at);
      await pair.settle();
    }
    expect(pair.facts.recoveries).toHaveLength(1);
    expect(pair.standing(WEEK)).toHaveLength(1);
  });

  it('comes back three times in a day, then both are asked and nobody is fought', async () => {
    for (let times = 0; times < 4; times++) {
      await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
      await pair.settle();
    }
    expect(pair.meeting('2026-12-01').asks).not.toBeNull();
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(4);
    expect(pair.standing(WEEK)).toEqual([]);
  });

  it('is looked at fifty times after fifty messages, and written once', async () => {
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    const before = pair.google.fake.writes;
    for (let message = 0; message < 50; message++) await pair.settle();
    expect(pair.google.fake.writes - before).toBe(1);
  });

  it('is found by a full look after Google forgot the sync token (410), each one once', async () => {
    await pair.poll();
    await pair.google.person.deleteOccurrence(MEETING, '2026-11-24T10:00');
    await pair.google.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    pair.google.fake.forgetSyncTokens();
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    const acts = pair.facts.occurrences.map(({ cancelActs }) => cancelActs.length);
    expect(acts.filter((count) => count === 1)).toHaveLength(2);
    expect(pair.standing('2026-11-23')).toHaveLength(1);
    expect(pair.standing('2026-12-07')).toHaveLength(1);
    expect(await pair.poll()).toBe(1);
    expect(await pair.poll()).toBe(0);
  });

  it('is found under whatever UID Google gave the series', async () => {
    pair.google.primary.store.uidSuffix = '@calendar.google.example';
    await pair.google.person.drag(MEETING, '2026-12-08T10:00', '2026-12-09T14:00');
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-09T13:00Z')]);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('is found under whatever id Google gives its instances', async () => {
    pair.google.primary.store.instanceMark = 'I';
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    pair.google.person.edit(MEETING, null, {
      recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=TU', 'EXDATE;TZID=Europe/Berlin:20261215T100000'],
    });
    await pair.settle();
    expect(pair.standing('2026-12-14')).toEqual([slot('2026-12-15T08:30Z')]);
  });

  it('is told by the id that Google leaves of it', async () => {
    await pair.poll();
    await pair.google.person.deleteOccurrence(MEETING, TUESDAY);
    const changes = await pair.google.calendar.changes((await pair.account)!.cursor);
    expect(changes).toMatchObject({ kind: 'since', series: [SERIES] });
  });
});

function times(start: string, end: string) {
  return { start: { dateTime: start, timeZone: 'UTC' }, end: { dateTime: end, timeZone: 'UTC' } };
}
