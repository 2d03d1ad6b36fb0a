import * as z from 'zod';
import { instant } from '../platform/values.api.ts';

export const feedView = z.object({
  since: instant.nullable().describe('Since when the feed has its address; null while it has none.'),
});
export type FeedView = z.output<typeof feedView>;

export const feedMade = z.object({
  url: z.url().describe('Shown this once: only its hash is kept. Whoever has it can read the feed.'),
  since: instant,
});
export type FeedMade = z.output<typeof feedMade>;
