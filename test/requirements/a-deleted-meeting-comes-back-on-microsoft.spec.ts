import { keyOf } from '../../src/domain/occurrence.ts';
import { BO, MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { slot } from '../support/world.ts';

const TUESDAY = '2026-12-01T10:00';
const WEEK = '2026-11-30';
const MOVED = slot('2026-12-01T08:30Z');

/** Promises 1, 2 and 3 on a calendar that cannot bring an occurrence back. */
describe('a deleted meeting comes back on Microsoft', () => {
  let pair: MicrosoftPair;
  beforeEach(async () => {
    pair = await MicrosoftPair.settled();
  });

  it('stands in an event of its own beside the refused slot, once; its series stays as it is', async () => {
    const before = structuredClone(pair.microsoft.person.find(MEETING).recurrence);
    await pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.alone()).toMatchObject([{ subject: MEETING, start: MOVED.start * 60_000 }]);
    expect(pair.microsoft.person.find(MEETING).recurrence).toEqual(before);
    expect(pair.meeting('2026-12-01')).toMatchObject({ state: 'moved', cancelActs: [{ by: 'manager' }] });
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('invites the rep to it once, and says why', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY);
    pair.microsoft.mailbox.mails.length = 0;
    await pair.settle();
    const [standIn] = pair.alone();
    expect(standIn!.attendees).toMatchObject([{ emailAddress: { address: BO } }]);
    expect(standIn!.html).toContain('Note: ');
    expect(standIn!.html).toContain(pair.reasons('move')[0]);
    expect(pair.microsoft.mailbox.mails).toHaveLength(1);
  });

  it('is followed like any meeting: dragged within its week, deleted again, and back again', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY);
    await pair.settle();
    const [standIn] = pair.alone();
    const to = slot('2026-12-03T13:00Z');
    Object.assign(standIn!, { start: to.start * 60_000, end: to.end * 60_000 });
    pair.microsoft.mailbox.touch(standIn!);
    await pair.settle();
    expect(pair.meeting('2026-12-01')).toMatchObject({ slot: to });
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
    pair.microsoft.mailbox.remove(standIn!);
    await pair.settle();
    expect(pair.standing(WEEK)).toHaveLength(1);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(2);
  });

  it('stops and asks after the third deletion, and fights nobody', async () => {
    for (let times = 0; times < 4; times++) {
      const standing = pair.alone()[0];
      if (standing) pair.microsoft.mailbox.remove(standing);
      else await pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY).catch(() => {});
      await pair.settle();
    }
    expect(pair.meeting('2026-12-01').asks).not.toBeNull();
    expect(pair.standing(WEEK)).toEqual([]);
  });

  it('is made once, though the answer to the write was lost', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, TUESDAY);
    pair.microsoft.wire.fault = 'after commit';
    await pair.settle();
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([MOVED]);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
  });

  it('may be moved in the series to any day between its neighbours', async () => {
    const { originalStart } = pair.meeting('2026-12-01');
    pair.say({ kind: 'move', on: `1@${originalStart}`, to: slot('2026-12-04T13:00Z') });
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([slot('2026-12-04T13:00Z')]);
    expect(pair.alone()).toEqual([]);
  });

  it('stands in an event of its own where a neighbour is in the way (ErrorOccurrenceCrossingBoundary)', async () => {
    await pair.microsoft.person.drag(MEETING, '2026-12-08T10:00', '2026-12-02T10:00');
    const key = keyOf(pair.meeting('2026-12-01'));
    pair.say({ kind: 'move', on: key, to: slot('2026-12-04T13:00Z') });
    await pair.settle();
    expect(pair.standing(WEEK)).toEqual([slot('2026-12-04T13:00Z')]);
    expect(pair.alone()).toHaveLength(1);
    expect(pair.standing('2026-12-07')).toHaveLength(1);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('dragged into another week is brought back into its own', async () => {
    await pair.microsoft.person.drag(MEETING, TUESDAY, '2026-12-07T10:00');
    await pair.settle();
    expect(pair.standing(WEEK)).toHaveLength(1);
    expect(pair.standing('2026-12-07')).toEqual([slot('2026-12-08T09:00Z')]);
    expect(pair.meeting('2026-12-01').cancelActs).toHaveLength(1);
    expect(pair.reasons('move')).toEqual([expect.stringContaining('week')]);
  });
});
