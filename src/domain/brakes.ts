import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import type { Occurrence } from './occurrence.ts';

const A_DAY = 1440;
/** More than this many things, and more than this share of what the account owes, look like a fault, not a person. */
const THINGS = 10;
const SHARE = 0.3;
const RESTORES_A_DAY = 3;

/** Three restores of one occurrence in 24 hours: stop, ask both people. Never fight a person. */
export function tooManyRestores(o: Occurrence, now: Minute): boolean {
  return o.restores.filter((at) => at > now - A_DAY).length >= RESTORES_A_DAY;
}

/**
 * Refuses a plan that would put back too much at once (promise 8).
 * @param restores how many events the plan puts back; a series is one
 * @returns the question for the account's owner, or null to go on
 */
export function refuse(facts: Facts, restores: number): string | null {
  const { account } = facts;
  if (account.released) return null;
  const { seriesGone, seriesPlaced } = account;
  if (seriesGone > THINGS && seriesGone > SHARE * seriesPlaced) {
    return `${seriesGone} of the ${seriesPlaced} series in this calendar are gone at once. We stopped before putting them back: was that meant?`;
  }
  const things = restores + account.restoredLately;
  if (restores > 0 && things > THINGS && things > SHARE * account.owed) {
    return `${things} of the ${account.owed} meetings in this calendar were taken out within an hour. We stopped before putting them back: was that meant?`;
  }
  return null;
}
