import { Refused } from '../support/microsoft/answer.ts';
import { MEETING, MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';
import { slot } from '../support/world.ts';

const WAIT = { 'Retry-After': '600' };
const SILENCES: readonly [string, Refused][] = [
  ['a mailbox that was asked too much', new Refused(429, 'ApplicationThrottled', 'slow down', WAIT)],
  ['a mailbox that is busy', new Refused(503, 'ErrorServerBusy', 'later', WAIT)],
  ['an answer of 500', new Refused(500, 'ErrorInternalServerError', 'oops')],
  ['an answer of 503 without a time', new Refused(503, 'serviceNotAvailable', 'oops')],
  ['a revoked token', new Refused(401, 'InvalidAuthenticationToken', 'no')],
  ['a suspended mailbox', new Refused(403, 'ErrorAccessDenied', 'no')],
  ['a mailbox that moved away', new Refused(404, 'MailboxNotEnabledForRESTAPI', 'on-premise')],
];

/** Promise 7 on a calendar at Microsoft. */
describe('Microsoft out of reach counts nothing', () => {
  let pair: MicrosoftPair;
  beforeEach(async () => {
    pair = await MicrosoftPair.settled();
  });

  it.each(SILENCES)('%s pauses the account and writes nothing', async (_, refused) => {
    const before = pair.microsoft.fake.writes;
    await pair.microsoft.person.deleteEvent(MEETING);
    pair.microsoft.fake.refuses = { on: 'read', with: refused };
    expect(await pair.settle()).toMatchObject({ kind: 'unreadable' });
    expect(pair.cancelActs).toEqual([]);
    expect(pair.microsoft.fake.writes).toBe(before);
    pair.microsoft.fake.refuses = null;
    await pair.settle();
    expect(pair.cancelActs).toHaveLength(1);
  });

  it('lists that are empty with 200 are no deletion', async () => {
    const before = pair.microsoft.fake.writes;
    pair.microsoft.fake.showsNothing = true;
    expect(await pair.settle()).toMatchObject({ kind: 'unreadable' });
    expect(pair.cancelActs).toEqual([]);
    expect(pair.microsoft.fake.writes).toBe(before);
  });

  it('nor are they to a process that has just started', async () => {
    const before = pair.microsoft.fake.writes;
    pair.restart();
    pair.microsoft.fake.showsNothing = true;
    expect(await pair.settle()).toMatchObject({ kind: 'unreadable' });
    expect(pair.cancelActs).toEqual([]);
    expect(pair.microsoft.fake.writes).toBe(before);
  });

  it('a series deleted while no process ran is proven gone, and counts once', async () => {
    await pair.microsoft.person.deleteEvent(MEETING);
    pair.restart();
    await pair.settle();
    expect(pair.cancelActs).toHaveLength(1);
    expect(pair.standing('2026-11-30')).toHaveLength(1);
  });

  it('waits for as long as Microsoft says, in the queue and not in the process', async () => {
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    pair.microsoft.fake.refuses = { on: 'write', with: new Refused(429, 'ApplicationThrottled', '', WAIT) };
    expect(await pair.look()).toMatchObject({ kind: 'again', afterSeconds: 600 });
    expect(pair.standing('2026-11-30')).toEqual([]);
    pair.microsoft.fake.refuses = null;
    await pair.settle();
    expect(pair.standing('2026-11-30')).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(1);
  });

  it('a token that ended is replaced once, and nobody notices', async () => {
    pair.clock.advance(80);
    expect(await pair.settle()).toEqual({ kind: 'settled', steps: 0, writes: 0 });
  });

  it('a lost sync state while two meetings were deleted finds both, each once', async () => {
    await pair.poll();
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    pair.microsoft.fake.deltaOf('ana@acme.test').life++;
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(pair.cancelActs).toHaveLength(2);
    expect(pair.standing('2026-11-30')).toHaveLength(1);
    expect(pair.standing('2026-12-07')).toHaveLength(1);
    await pair.poll();
    await pair.settle();
    expect(pair.cancelActs).toHaveLength(2);
  });

  it('a meeting that left the window of a delta round is not taken for deleted', async () => {
    await pair.poll();
    const [master] = [...pair.microsoft.mailbox.items.values()];
    await pair.microsoft.person.drag(MEETING, '2026-12-01T10:00', '2026-12-02T15:00');
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(pair.cancelActs).toEqual([]);
    expect(pair.standing('2026-11-30')).toEqual([slot('2026-12-02T14:00Z')]);
    expect(master!.cancelled.size).toBe(0);
  });

  it('one that was made and deleted between two polls is looked for', async () => {
    await pair.microsoft.person.deleteEvent(MEETING);
    await pair.poll();
    await pair.settle();
    await pair.microsoft.person.deleteEvent(MEETING);
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(pair.standing('2026-12-14')).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(2);
  });

  it('one deleted while nobody listened for eight days is found by looking', async () => {
    await pair.poll();
    await pair.microsoft.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    pair.clock.advance(8 * 1440);
    pair.restart();
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(pair.standing('2026-12-07')).toHaveLength(1);
    expect(pair.cancelActs).toHaveLength(1);
  });

  it('a long silence ends in a new round, not in guesses about what left the old window', async () => {
    await pair.poll();
    pair.clock.advance(31 * 1440);
    expect(await pair.poll()).toBe(1);
    expect(await pair.poll()).toBe(0);
  });
});
