import * as z from 'zod';
import { instant, pageOf, paging } from '../platform/values.api.ts';

const ledgerRow = z.object({
  seq: z.int(),
  at: instant,
  kind: z.string(),
  occurrence: z.string().nullable(),
  actor: z.string().describe("A person's id, or `perennial` for what the loop does by itself."),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  because: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});

export const ledgerQuery = paging;

/** What happened to a series and why, oldest first. */
export const ledgerPage = pageOf(ledgerRow);
export type LedgerPage = z.output<typeof ledgerPage>;
