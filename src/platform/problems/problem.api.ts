import * as z from 'zod';

/** Any answer but the one asked for (RFC 9457). */
export const problemView = z
  .object({
    type: z
      .string()
      .describe('Stable; its page explains it.')
      .meta({ examples: ['/problems/bad-input'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('A plain sentence for the person who asked.'),
    errors: z
      .array(z.object({ field: z.string(), says: z.string() }))
      .optional()
      .describe('For bad input: each field and what is wrong with it.'),
  })
  .meta({ id: 'Problem' });
export type ProblemView = z.output<typeof problemView>;
