import * as z from 'zod';
import { id, instant } from '../platform/values.api.ts';

/** Why two people stop meeting; a closed list, because the reason is audited. */
export const PAIR_ENDS = ['both_agreed', 'manager_left', 'rep_left', 'role_changed'] as const;
export type PairEnd = (typeof PAIR_ENDS)[number];

const side = z.object({ id, name: z.string() });

export const pairView = z
  .object({
    id,
    manager: side,
    rep: side,
    series: z.array(id),
    endedAt: instant.nullable(),
    endedBecause: z.enum(PAIR_ENDS).nullable(),
  })
  .meta({ id: 'Pair' });
export type PairView = z.output<typeof pairView>;

export const pairList = z.object({ items: z.array(pairView) });

export const newPair = z.strictObject({ manager: id, rep: id });
export type NewPair = z.output<typeof newPair>;

export const pairEnd = z.strictObject({ reason: z.enum(PAIR_ENDS) });
