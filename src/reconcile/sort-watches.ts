import { DAY } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { RememberedWatch } from '../store/watches.ts';

/** Minutes after which no answer to a question is on its way any more. */
const ANSWER = 15;
/** No vendor keeps a watch that was never renewed for longer. */
const LONGEST = 31 * DAY;

export interface SortedWatches {
  /** Standing, and the last to end. */
  readonly newest: RememberedWatch | null;
  /** To be stopped at the vendor. */
  readonly unneeded: readonly RememberedWatch[];
  /** Ended by themselves: nothing is left to be stopped. */
  readonly lost: readonly RememberedWatch[];
  /** Asked for, and nothing heard. */
  readonly asked: readonly RememberedWatch[];
}

/** What each of an account's watches is good for. An old one is needed until the newest was heard. */
export function sortWatches(all: readonly RememberedWatch[], now: Minute): SortedWatches {
  const lost = all.filter(({ expiresAt, createdAt }) => (expiresAt ?? createdAt + LONGEST) <= now);
  const alive = all.filter((watch) => !lost.includes(watch));
  const standing = alive.filter(({ state }) => state === 'standing');
  const newest = standing.toSorted((a, b) => a.expiresAt! - b.expiresAt!).at(-1) ?? null;
  const asked = alive.filter(({ state }) => state === 'asked');
  const unneeded = alive.filter(
    (watch) =>
      watch.state === 'ending' ||
      (watch.state === 'standing' && watch !== newest && newest?.provenAt != null) ||
      // Its answer was lost, but a message told enough to stop it.
      (watch.state === 'asked' && watch.provenAt !== null && watch.createdAt + ANSWER <= now),
  );
  return { newest, unneeded, lost, asked: asked.filter((watch) => !unneeded.includes(watch)) };
}
