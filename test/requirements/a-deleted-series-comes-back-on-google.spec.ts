import { GooglePair, MEETING } from '../support/google/google-pair.ts';
import { slot } from '../support/world.ts';

/** Promise 2 on a calendar at Google: deleting a whole series is one act, and handing it over is none. */
describe('a deleted series comes back on Google', () => {
  let pair: GooglePair;
  const acts = () => pair.facts.occurrences.flatMap(({ cancelActs }) => cancelActs);
  beforeEach(async () => {
    pair = await GooglePair.settled();
  });

  it('is one cancelled event, one act, and comes back as the next copy with one invitation', async () => {
    await pair.poll();
    const { mails } = pair.google.primary.writer;
    mails.length = 0;
    await pair.google.person.deleteEvent(MEETING);
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(acts()).toHaveLength(1);
    expect(pair.facts.series.copy).toBe(2);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-08T09:00Z')]);
    expect(mails.filter(({ kind }) => kind === 'invitation')).toHaveLength(1);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('takes along what stood in for single meetings of the deleted copy', async () => {
    pair.google.primary.writer.manners.uncancel = 410;
    await pair.google.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    await pair.settle();
    pair.google.person.deleteMaster(MEETING);
    await pair.settle();
    expect(pair.standing('2026-12-07')).toHaveLength(1);
    expect(pair.standing('2026-12-14')).toHaveLength(1);
  });

  it('stands no second time when somebody fetches the deleted copy from the bin', async () => {
    const { id } = pair.google.person.event(MEETING, null);
    await pair.google.person.deleteEvent(MEETING);
    await pair.settle();
    pair.google.person.change(id!, { status: 'confirmed' });
    await pair.settle();
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-08T09:00Z')]);
  });

  it('cut by "this and following" goes on in place, as one act', async () => {
    await pair.google.person.deleteThisAndFollowing(MEETING, '2026-12-08T10:00');
    await pair.settle();
    expect(acts()).toHaveLength(1);
    expect(pair.standing('2026-12-14')).toEqual([slot('2026-12-15T09:00Z')]);
    expect(await pair.google.person.titles()).toEqual([MEETING]);
  });

  it('split in two is asked about and left alone', async () => {
    const before = pair.google.fake.writes;
    await pair.google.person.splitAt(MEETING, '2026-12-08T10:00', '2026-12-09T14:00', 'FREQ=WEEKLY;BYDAY=WE');
    expect(await pair.settle()).toMatchObject({
      kind: 'unreadable',
      because: expect.stringMatching(/split/),
    });
    expect(pair.google.fake.writes).toBe(before);
    expect(acts()).toEqual([]);
  });

  it('split in two is asked about even while lists are empty', async () => {
    const before = pair.google.fake.writes;
    await pair.google.person.splitAt(MEETING, '2026-12-08T10:00', '2026-12-09T14:00', 'FREQ=WEEKLY;BYDAY=WE');
    pair.google.primary.lister.empty = true;
    expect(await pair.settle()).toMatchObject({ kind: 'unreadable' });
    expect(pair.google.fake.writes).toBe(before);
  });

  it('handed to another organiser is no cancel: the bare stub that stays behind counts nothing', async () => {
    pair.google.person.handOver(MEETING);
    expect(await pair.settle()).toMatchObject({
      kind: 'unreadable',
      because: expect.stringMatching(/handed/),
    });
    expect(acts()).toEqual([]);
    expect(pair.facts.series.copy).toBe(1);
  });

  it('that another organiser has now is left to them', async () => {
    pair.google.person.edit(MEETING, null, { organizer: { email: 'boss@acme.test' } });
    expect(await pair.settle()).toMatchObject({
      kind: 'unreadable',
      because: expect.stringMatching(/organises/),
    });
    expect(acts()).toEqual([]);
  });
});
