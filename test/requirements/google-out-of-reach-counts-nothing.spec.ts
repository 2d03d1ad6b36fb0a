import { projectLimit, spamLimit, tooMany, userLimit } from '../support/google/faults.ts';
import { GooglePair, MEETING } from '../support/google/google-pair.ts';
import { Refusal } from '../support/google/refusal.ts';

const SILENCES: readonly [string, Refusal][] = [
  ['a spent quota of the calendar', userLimit(600)],
  ['a spent quota of the project', projectLimit(600)],
  ['too many requests', tooMany(600)],
  ['an answer of 500', new Refusal(500, 'backendError', 'Backend Error')],
  ['an answer of 503', new Refusal(503, 'backendError', 'Backend Error')],
  ['a suspended account', new Refusal(401, 'authError', 'Invalid Credentials')],
  [
    'a policy of the domain',
    new Refusal(403, 'domainPolicy', 'The domain administrators have disabled Calendar apps.'),
  ],
  ['a missing scope', new Refusal(403, 'insufficientPermissions', 'Insufficient Permission')],
  ['a calendar that is gone', new Refusal(404, 'notFound', 'Not Found')],
];

/** Promise 7 on a calendar at Google. */
describe('Google out of reach counts nothing', () => {
  let pair: GooglePair;
  const acts = () => pair.facts.occurrences.flatMap(({ cancelActs }) => cancelActs);
  beforeEach(async () => {
    pair = await GooglePair.settled();
  });

  it.each(SILENCES)('%s pauses the account and writes nothing', async (_, what) => {
    const before = pair.google.fake.writes;
    await pair.google.person.deleteEvent(MEETING);
    pair.google.fake.faults.next({ on: 'read', what, times: 100 });
    expect(await pair.settle()).toMatchObject({ kind: 'unreadable' });
    expect(acts()).toEqual([]);
    expect(pair.google.fake.writes).toBe(before);
    pair.google.fake.faults.clear();
    await pair.settle();
    expect(acts()).toHaveLength(1);
  });

  it('lists that are empty with 200 are no deletion', async () => {
    await pair.google.person.drag(MEETING, '2026-12-01T10:00', '2026-12-03T15:00');
    await pair.settle();
    const before = pair.google.fake.writes;
    pair.google.primary.lister.empty = true;
    await pair.settle();
    expect(acts()).toEqual([]);
    expect(pair.google.fake.writes).toBe(before);
  });

  it('a spent mail quota leaves the decision standing until Google sends mails again', async () => {
    await pair.google.person.deleteOccurrence(MEETING, '2026-12-01T10:00');
    pair.google.fake.faults.next({ on: 'write', what: spamLimit(), times: 100 });
    await pair.settle();
    expect(pair.standing('2026-11-30')).toEqual([]);
    pair.google.fake.faults.clear();
    await pair.settle();
    expect(pair.standing('2026-11-30')).toHaveLength(1);
    expect(acts()).toHaveLength(1);
  });

  it('eight days without a look bring back what is to come and write nothing into the past', async () => {
    await pair.poll();
    await pair.google.person.deleteOccurrence(MEETING, '2026-11-24T10:00');
    await pair.google.person.deleteOccurrence(MEETING, '2026-12-08T10:00');
    const { mails } = pair.google.primary.writer;
    mails.length = 0;
    pair.clock.advance(8 * 1440);
    expect(await pair.poll()).toBe(1);
    await pair.settle();
    expect(pair.meeting('2026-12-08').cancelActs).toHaveLength(1);
    expect(pair.standing('2026-11-23')).toEqual([]);
    expect(mails.filter(({ about }) => about.includes('_20261124'))).toEqual([]);
    expect(pair.standing('2026-12-07')).toHaveLength(1);
  });
});
