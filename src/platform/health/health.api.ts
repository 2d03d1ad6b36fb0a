import * as z from 'zod';
import { id, instant } from '../values.api.ts';

const accountHealth = z.object({
  id,
  provider: z.enum(['builtin', 'caldav', 'google', 'microsoft']),
  state: z.enum(['connected', 'paused', 'disconnected']),
  because: z
    .string()
    .nullable()
    .optional()
    .describe("For admins, and of their own organisation's accounts alone."),
  verifiedAt: instant.nullable().describe('When it was last read without an error.'),
  writtenAt: instant.nullable(),
  watched: z
    .boolean()
    .optional()
    .describe('At Google and Microsoft: whether the provider tells of changes. False calls for a look.'),
});

/** How the service is. It is ready when its database and its queue answer. */
export const healthView = z
  .object({
    live: z.literal(true),
    ready: z.boolean(),
    version: z.string(),
    database: z.object({ answers: z.boolean() }),
    queue: z.object({
      answers: z.boolean(),
      jobs: z.array(z.object({ name: z.string(), waiting: z.int(), running: z.int(), failed: z.int() })),
    }),
    accounts: z.array(accountHealth).describe('Calendar accounts, those in trouble first; at most 500.'),
  })
  .meta({ id: 'Health' });
export type HealthView = z.output<typeof healthView>;

export const liveView = z.object({ live: z.literal(true) });

export const readyView = z.object({ ready: z.boolean() });
