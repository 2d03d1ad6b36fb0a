import * as z from 'zod';

/** Whether a meeting was held, as one side says. */
export const attestationView = z.object({
  by: z.enum(['manager', 'rep']),
  says: z.enum(['held', 'not_held']),
  absent: z.enum(['manager', 'rep', 'both']).nullable(),
});

export const attestationBody = z
  .strictObject({
    says: z.enum(['held', 'not_held']),
    absent: z.enum(['manager', 'rep', 'both']).optional(),
  })
  .refine(({ says, absent }) => says === 'not_held' || absent === undefined, {
    path: ['absent'],
    error: 'goes with not_held only',
  });
export type AttestationBody = z.output<typeof attestationBody>;
