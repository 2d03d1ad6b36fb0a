import { BO, GooglePair, MEETING } from '../support/google/google-pair.ts';
import { slot } from '../support/world.ts';

const TUESDAY = '2026-12-01T10:00';

/** Promises 4 and 9 on a calendar at Google. */
describe('people own their words and guests on Google', () => {
  let pair: GooglePair;
  beforeEach(async () => {
    pair = await GooglePair.settled();
  });
  const person = () => pair.google.person;

  it('a decline is no cancel and moves the meeting in its week', async () => {
    await person().answer(MEETING, TUESDAY, BO, 'DECLINED');
    await pair.settle();
    expect(pair.standing('2026-11-30')).toEqual([slot('2026-12-01T08:30Z')]);
    expect(pair.meeting('2026-12-01').cancelActs).toEqual([]);
    expect(person().event(MEETING, TUESDAY).attendees).toMatchObject([{ responseStatus: 'needsAction' }]);
  });

  it('a decline that out-of-office sent proposes other times and blames nobody', async () => {
    await person().answer(MEETING, TUESDAY, BO, 'DECLINED', 'Declined because I am out of office');
    await pair.settle();
    expect(pair.standing('2026-11-30')).toEqual([slot('2026-12-01T09:00Z')]);
    expect(pair.reasons('propose')).toHaveLength(1);
  });

  it('another guest, a room and their answers outlive every move', async () => {
    const guests = [
      { email: BO, responseStatus: 'declined' },
      { email: 'guest@acme.test', responseStatus: 'accepted' },
      { email: 'room-5@resource.acme.test', responseStatus: 'declined', resource: true },
    ];
    person().edit(MEETING, TUESDAY, { attendees: guests, location: 'Room 5' });
    await pair.settle();
    const { attendees, location } = person().event(MEETING, TUESDAY);
    expect(attendees).toEqual([{ ...guests[0], responseStatus: 'needsAction' }, guests[1], guests[2]]);
    expect(location).toBe('Room 5');
  });

  it('a room that declines alone is no decline of the meeting', async () => {
    const room = { email: 'room-5@resource.acme.test', responseStatus: 'declined', resource: true };
    person().edit(MEETING, TUESDAY, { attendees: [{ email: BO, responseStatus: 'accepted' }, room] });
    expect(await pair.settle()).toMatchObject({ steps: 0, writes: 0 });
  });

  it('other markup of the same agenda is nothing to write', async () => {
    await person().editNotes(MEETING, null, (notes) =>
      notes.replaceAll('<b>', '<strong>').replaceAll('</b>', '</strong>').replaceAll('<br>', '<br />\n'),
    );
    expect(await pair.settle()).toMatchObject({ steps: 0, writes: 0 });
  });

  it('tags stripped from the description are nothing to write either', async () => {
    await person().editNotes(MEETING, null, (notes) => notes.replace(/<[^>]+>/g, '\n'));
    expect(await pair.settle()).toMatchObject({ writes: 0 });
  });

  it('words around the agenda are the same bytes after twenty moves, and nothing grows', async () => {
    await person().editNotes(
      MEETING,
      TUESDAY,
      (notes) => `Bring the "Miller" file.<br>\n${notes}\n<i>Mine</i>`,
    );
    await pair.settle();
    const lengths = new Set<number>();
    for (let move = 0; move < 20; move++) {
      const to = slot(`2026-12-0${2 + (move % 3)}T${9 + (move % 5)}:00Z`.replace('T9', 'T09'));
      pair.clock.advance(1);
      pair.say({ kind: 'move', on: `1@${pair.meeting('2026-12-01').originalStart}`, to });
      await pair.settle();
      lengths.add(
        await person()
          .notes(MEETING, TUESDAY)
          .then(({ length }) => Math.round(length / 40)),
      );
    }
    const notes = await person().notes(MEETING, TUESDAY);
    expect(notes.startsWith('Bring the "Miller" file.<br>\n')).toBe(true);
    expect(notes.endsWith('\n<i>Mine</i>')).toBe(true);
    expect(notes.match(/Perennial agenda: kept/g)).toHaveLength(1);
    expect(lengths.size).toBeLessThanOrEqual(2);
  });

  it('the agenda that somebody deleted comes back, and no guest is mailed for it', async () => {
    const { mails } = pair.google.primary.writer;
    mails.length = 0;
    await person().editNotes(MEETING, null, () => 'Only mine.');
    await pair.settle();
    expect(await person().notes(MEETING, null)).toMatch(/^Only mine\.<br><br>~~ Perennial agenda/);
    expect(mails).toEqual([]);
  });

  it('the meeting keeps its wall clock over a clock change, without a write', async () => {
    const before = pair.google.fake.writes;
    await pair.at('2027-03-22T08:00Z');
    const writes = pair.google.fake.writes - before;
    expect(pair.standing('2027-03-22')).toEqual([slot('2027-03-23T09:00Z')]);
    expect(pair.standing('2027-03-29')).toEqual([slot('2027-03-30T08:00Z')]);
    expect(writes).toBe(0);
    expect(pair.reasons('accept move')).toEqual([]);
  });

  it('dragged into another week is a cancel act and comes back into its own', async () => {
    await person().drag(MEETING, TUESDAY, '2026-12-07T11:00');
    await pair.settle();
    expect(pair.standing('2026-11-30')).toHaveLength(1);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-08T09:00Z')]);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
  });

  it('dragged inside its week is where they put it', async () => {
    await person().drag(MEETING, TUESDAY, '2026-12-03T15:00');
    await pair.settle();
    expect(pair.standing('2026-11-30')).toEqual([slot('2026-12-03T14:00Z')]);
    expect(pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [] });
  });
});
