import { recoveryTag } from './compare.ts';
import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import { asNextCopy } from './take.ts';

/** The series as it goes on in another calendar: nothing of it stands there yet, and nobody took anything away. */
export function inAnotherCalendar(facts: Facts): Facts {
  return {
    ...asNextCopy(facts),
    recoveries: facts.recoveries.map((recovery) => {
      return { ...recovery, placed: recovery.placed && { ...recovery.placed, how: 'withdrawn' } };
    }),
  };
}

/** Tags of the recoveries' own events that are still ahead, whether or not anybody confirmed them. */
export function tagsAhead({ series, recoveries }: Facts, now: Minute): string[] {
  return recoveries
    .filter(({ state }) => state === 'due' || state === 'booked')
    .filter(({ is }) => is?.kind !== 'separate' || is.slot.start > now)
    .map((recovery) => recoveryTag(series.id, recovery));
}
