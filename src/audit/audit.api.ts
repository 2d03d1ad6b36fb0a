import * as z from 'zod';
import { EXCUSES, STATES } from '../domain/occurrence.ts';
import { day, id, instant, slot } from '../platform/values.api.ts';

/** Days of the organisation, both included. */
export const period = z.strictObject({ from: day, until: day });
export type Period = z.output<typeof period>;

export const cadenceQuery = period.extend({ format: z.enum(['json', 'csv']).optional() });
export type CadenceQuery = z.output<typeof cadenceQuery>;

const person = z.object({ id, name: z.string() });
const recoveryState = z.enum(['due', 'booked', 'met', 'late', 'failed']);

/** One owed meeting of the period: that it happened and why it moved, never what was said. */
export const cadenceRow = z.object({
  series: id,
  pair: id,
  key: z.string(),
  manager: person,
  rep: person,
  week: slot,
  state: z.enum(STATES),
  excuse: z.enum(EXCUSES).nullable(),
  expected: slot,
  actual: slot,
  because: z.string().nullable(),
  moves: z.array(
    z.object({
      from: slot,
      to: slot,
      at: instant,
      by: z.string().nullable(),
      because: z.string().nullable(),
    }),
  ),
  cancelActs: z.array(z.object({ at: instant, by: z.enum(['manager', 'rep', 'unknown']) })),
  recovery: z
    .object({ state: recoveryState, dueBy: instant, window: z.string(), slot: slot.nullable() })
    .nullable(),
  ledger: z.object({ first: z.string(), last: z.string() }).nullable(),
});
export type CadenceRow = z.output<typeof cadenceRow>;

export const cadence = z.object({ items: z.array(cadenceRow) });
export type Cadence = z.output<typeof cadence>;

const gridCell = z.object({
  series: id,
  key: z.string(),
  week: day.describe('The first day of its working week.'),
  state: z.enum(STATES),
  slot,
  counts: z.boolean(),
});

/** All pairs by weeks: states, who is at two cancels, and which recoveries are due. */
export const grid = z.object({
  weeks: z.array(day),
  pairs: z.array(
    z.object({
      pair: id,
      manager: person,
      rep: person,
      ended: z.boolean(),
      twoCancels: z.boolean(),
      recovery: z.object({ key: z.string(), state: recoveryState, dueBy: instant }).nullable(),
      cells: z.array(gridCell),
    }),
  ),
});
export type Grid = z.output<typeof grid>;

/** Whether the organisation's ledger is whole: every row continues the one before. */
export const verification = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rows: z.int(), hash: z.string().describe('Of the last row.') }),
  z.object({
    ok: z.literal(false),
    row: z.int().describe('The first row that cannot be trusted.'),
    because: z.string(),
  }),
]);
export type Verification = z.output<typeof verification>;
