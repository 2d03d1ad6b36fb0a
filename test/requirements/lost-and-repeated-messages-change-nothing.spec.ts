import { GooglePush } from '../../src/calendars/google/google-push.ts';
import { seeded } from '../bench/measure.ts';
import { FaultyPost } from '../support/faulty-post.ts';
import { GooglePair, MEETING } from '../support/google/google-pair.ts';
import { MicrosoftPair } from '../support/microsoft/microsoft-pair.ts';

const REQUEST = {
  channel: '6f1c2d3e-0000-4000-8000-000000000001',
  secret: 'a-secret',
  address: 'https://perennial.example/webhooks',
};
const EMAIL = 'ana@acme.test';
/** Minutes between two things that Ana does, and at most until a late message comes. */
const APART = 15;
const FAULTS = { drop: 60, double: 40, delay: 50 };
const NO_FAULTS = { drop: 0, double: 0, delay: 0 };
const WEEKS = ['2026-11-30', '2026-12-14', '2026-12-28'];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

type Post = FaultyPost<'look'>;

/** What Ana does: far enough apart that nothing of it is one deletion after another. */
const ACTS: readonly ((
  person: GooglePair['google']['person'] | MicrosoftPair['microsoft']['person'],
) => unknown)[] = [
  (ana) => ana.deleteOccurrence(MEETING, '2026-12-01T10:00'),
  (ana) => ana.drag(MEETING, '2026-12-15T10:00', '2026-12-16T15:00'),
  (ana) => ana.deleteOccurrence(MEETING, '2026-12-29T10:00'),
];

/** One vendor with Ana's calendar, and its messages on their way to us. */
interface Told {
  readonly pair: GooglePair | MicrosoftPair;
  readonly writes: () => number;
  readonly act: (act: (typeof ACTS)[number]) => Promise<void>;
  /** Hands over to the post what the vendor has to tell. */
  readonly tell: () => Promise<void>;
}

async function google(post: Post): Promise<Told> {
  const pair = await GooglePair.settled();
  const { fake, person } = pair.google;
  await new GooglePush(pair.google.client()).watch(REQUEST);
  return {
    pair,
    writes: () => fake.writes,
    act: async (act) => void (await act(person)),
    tell: async () => fake.watches.outbox.splice(0).forEach(() => post.send('look', pair.clock.now())),
  };
}

async function microsoft(post: Post): Promise<Told> {
  const pair = await MicrosoftPair.settled();
  const { fake, person } = pair.microsoft;
  fake.subscriptions.deliver = async (url, body) => {
    if (body !== null) post.send('look', pair.clock.now());
    const text = new URL(url).searchParams.get('validationToken') ?? '';
    return { status: body === null ? 200 : 202, type: 'text/plain; charset=utf-8', text };
  };
  await pair.microsoft.push().watch(REQUEST);
  let told = fake.writes;
  const tell = async () => {
    for (; told < fake.writes; told++) await fake.subscriptions.tell(EMAIL, 'updated', 'an event', 2);
  };
  const act: Told['act'] = async (acts) => {
    await acts(person);
    await fake.subscriptions.tell(EMAIL, 'updated', 'an event');
  };
  return { pair, writes: () => fake.writes, act, tell };
}

/** Every message that arrived is a reason to ask, and nothing more. */
async function deliver({ pair, tell }: Told, post: Post): Promise<void> {
  await tell();
  for (const _ of post.arrived(pair.clock.now())) if ((await pair.poll()) > 0) await pair.settle();
}

/** Ana's acts with these faults, and then one round of polls. @returns what came of it */
async function lived(open: (post: Post) => Promise<Told>, seed: number, faults: typeof FAULTS) {
  const post: Post = new FaultyPost(seeded(seed), faults, 3 * APART);
  const told = await open(post);
  const { pair } = told;
  await pair.poll();
  const before = told.writes();
  for (const act of ACTS) {
    await told.act(act);
    for (let minute = 0; minute < APART; minute++) {
      await deliver(told, post);
      pair.clock.advance(1);
    }
  }
  if ((await pair.poll()) > 0) await pair.settle();
  const repaired = WEEKS.map((monday) => pair.standing(monday));
  const writes = told.writes() - before;
  for (let minute = 0; minute < 4 * APART; minute++) {
    pair.clock.advance(1);
    await deliver(told, post);
  }
  const cancelActs = pair.facts.occurrences.flatMap((each) => each.cancelActs);
  return { post, repaired, writes, late: told.writes() - before - writes, cancelActs: cancelActs.length };
}

describe.each([
  ['Google', google],
  ['Microsoft', microsoft],
] as const)('messages of %s that are late, doubled, in another order or lost', (_, open) => {
  it.each(SEEDS)(
    'leave the calendar repaired once the polls came round, each act counted once (%i)',
    async (seed) => {
      const calm = await lived(open, seed, NO_FAULTS);
      const rough = await lived(open, seed, FAULTS);
      expect(rough.repaired).toEqual(calm.repaired);
      for (const slots of rough.repaired) expect(slots).toHaveLength(1);
      expect([calm.cancelActs, rough.cancelActs]).toEqual([2, 2]);
      expect(rough.writes).toBe(calm.writes);
      expect(rough.late).toBe(0);
    },
  );

  it('were all of that in these histories', async () => {
    const total = { dropped: 0, doubled: 0, delayed: 0 };
    for (const seed of SEEDS) {
      const { post } = await lived(open, seed, FAULTS);
      for (const name of ['dropped', 'doubled', 'delayed'] as const) total[name] += post.counts[name];
    }
    for (const count of Object.values(total)) expect(count).toBeGreaterThan(0);
  });
});
