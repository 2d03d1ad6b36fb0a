import { MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { slot } from '../support/world.ts';

/** Promises 1 and 2 on a calendar at Microsoft. */
describe('a deleted series comes back on Microsoft', () => {
  let pair: MicrosoftPair;
  beforeEach(async () => {
    pair = await MicrosoftPair.settled();
  });
  const series = () => [...pair.microsoft.mailbox.items.values()].filter(({ recurrence }) => recurrence);

  it('as one native series, and counts as one cancel act', async () => {
    await pair.microsoft.person.deleteEvent(MEETING);
    await pair.settle();
    expect(series()).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(1);
    expect(pair.standing('2026-12-08')).toEqual([slot('2026-12-08T09:00Z')]);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('also when Graph goes on answering for the deleted one by its id', async () => {
    pair.microsoft.fake.answersForDeleted = true;
    await pair.microsoft.person.deleteEvent(MEETING);
    await pair.settle();
    expect(series()).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(1);
  });

  it('without what stood in for meetings of the old one: nothing stands twice', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    await pair.settle();
    expect(pair.alone()).toHaveLength(1);
    pair.microsoft.mailbox.remove(series()[0]!);
    await pair.settle();
    await pair.settle();
    expect(series()).toHaveLength(1);
    for (const week of ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14']) {
      expect(pair.standing(week)).toHaveLength(1);
    }
  });

  it('cut by "this and following" goes on, with its exceptions, as one cancel act', async () => {
    await pair.microsoft.person.drag(MEETING, '2026-11-24T10:00', '2026-11-26T15:00');
    await pair.settle();
    await pair.microsoft.person.deleteThisAndFollowing(MEETING, '2026-12-08T10:00');
    await pair.settle();
    expect(pair.cancelActs).toHaveLength(1);
    expect(pair.standing('2026-11-23')).toEqual([slot('2026-11-26T14:00Z')]);
    expect(pair.standing('2026-12-14')).toEqual([slot('2026-12-15T09:00Z')]);
  });

  it('by another process, which never knew its id', async () => {
    await pair.microsoft.person.deleteEvent(MEETING);
    pair.restart();
    await pair.settle();
    expect(series()).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(1);
  });

  it('whose length somebody changed keeps what was moved and what was taken out', async () => {
    await pair.microsoft.person.drag(MEETING, '2026-11-24T10:00', '2026-11-26T15:00');
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    await pair.settle();
    const before = [pair.standing('2026-11-23'), pair.standing('2026-11-30')];
    const [master] = series();
    master!.end += 30 * 60_000;
    pair.microsoft.mailbox.touch(master!);
    await pair.settle();
    expect([pair.standing('2026-11-23'), pair.standing('2026-11-30')]).toEqual(before);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-08T09:00Z')]);
  });
});
