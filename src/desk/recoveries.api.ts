import * as z from 'zod';
import { id, instant, slot } from '../platform/values.api.ts';
import { attestationView } from './attestations.api.ts';

const RECOVERY_STATES = ['due', 'booked', 'met', 'late', 'failed'] as const;

/** The meeting owed after two cancels. */
export const recoveryView = z.object({
  series: id,
  key: z.string().describe('The key of the second of the two occurrences.'),
  first: z.string(),
  dueBy: instant,
  window: z.enum(['this week', 'late window']),
  state: z.enum(RECOVERY_STATES),
  is: z
    .enum(['occurrence', 'separate'])
    .nullable()
    .describe('The second occurrence itself, or an event of its own.'),
  slot: slot.nullable(),
  because: z.string().nullable(),
  attestations: z
    .array(attestationView)
    .nullable()
    .describe('What both sides say; null for anybody but the pair.'),
  canMove: z.boolean(),
  canAttest: z.boolean(),
});
export type RecoveryView = z.output<typeof recoveryView>;

export const recoveryQuery = z.strictObject({ state: z.enum(RECOVERY_STATES).optional() });

export const recoveryList = z.object({ items: z.array(recoveryView) });
export type RecoveryList = z.output<typeof recoveryList>;

export const recoveryAnswer = z.object({
  recovery: recoveryView,
  calendar: z.enum(['done', 'follows']),
  sentence: z.string(),
});
export type RecoveryAnswer = z.output<typeof recoveryAnswer>;
