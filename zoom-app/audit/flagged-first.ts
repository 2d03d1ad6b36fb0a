import type { Grid } from '../../src/audit/audit.api.ts';

/** Pairs that need somebody come first; the others keep their order. */
export function flaggedFirst(grid: Grid): Grid {
  const urgency = ({ ended, twoCancels, recovery }: Grid['pairs'][number]): number => {
    if (ended) return 2;
    return twoCancels || recovery ? 0 : 1;
  };
  return { ...grid, pairs: grid.pairs.toSorted((a, b) => urgency(a) - urgency(b)) };
}
