import * as z from 'zod';
import { DEFAULT_FORMAT } from '../domain/agenda/formats.ts';
import { day, id, instant, line, slot, timeOfDay, weekday, zone } from '../platform/values.api.ts';

/** When a pair meets; in the manager's zone where none is named. */
const anchor = z.strictObject({ weekday, time: timeOfDay, zone: zone.optional() });

const format = z.enum(['weekly_30', 'deep_60']);

/** A pair's recurring meeting. Without `firstDay` it begins on the next such weekday at least two hours away. */
export const newSeries = z.strictObject({
  pair: id,
  anchor,
  everyWeeks: z
    .int()
    .min(1, 'must be 1 (every week) to 13')
    .max(13, 'must be 1 (every week) to 13')
    .default(1),
  firstDay: day.optional(),
  format: format
    .default(DEFAULT_FORMAT)
    .describe(
      'The block plan, which decides the length: 30 or 60 minutes. Another than the default needs an admin.',
    ),
  title: line(200).optional(),
  account: id.optional().describe("The manager's calendar to use; the primary one where none is named."),
});
export type NewSeries = z.output<typeof newSeries>;

export const seriesView = z.object({
  id,
  pair: id,
  manager: z.object({ id, name: z.string() }),
  rep: z.object({ id, name: z.string() }),
  account: id,
  provider: z
    .enum(['builtin', 'caldav', 'google', 'microsoft'])
    .describe('What kind of calendar it stands in.'),
  title: z.string(),
  format,
  minutes: z.int(),
  anchor: anchor.required(),
  everyWeeks: z.int(),
  firstDay: day,
  endedAt: instant.nullable(),
  asks: z
    .string()
    .nullable()
    .describe('A question about the whole series; while it stands, nothing is written.'),
  observedAt: instant.nullable().describe('When its calendar was last read completely.'),
  warning: z
    .string()
    .nullable()
    .describe('What the manager may want to settle: a rare rhythm just made, or a zone that they have left.'),
});
export type SeriesView = z.output<typeof seriesView>;

/** Where a series goes on, or when: one of the two at a time. */
export const seriesPatch = z
  .strictObject({
    account: id.optional().describe("Another calendar of the manager's, connected."),
    anchor: anchor
      .optional()
      .describe(
        "When the pair meets from the next working week on; in the series' own zone where none is named.",
      ),
  })
  .refine(({ account, anchor }) => (account === undefined) !== (anchor === undefined), {
    path: ['anchor'],
    error: 'must be given, or account, and not both',
  });
export type SeriesPatch = z.output<typeof seriesPatch>;

export const seriesMoved = seriesView.extend({ calendar: z.enum(['done', 'follows']), sentence: z.string() });
export type SeriesMoved = z.output<typeof seriesMoved>;

export const seriesList = z.object({ items: z.array(seriesView) });
export type SeriesList = z.output<typeof seriesList>;

export const dryRun = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });

/** What the loop would do now; nothing was changed. */
export const planView = z.object({
  steps: z.array(
    z.object({
      do: z.string(),
      occurrence: z.string().nullable(),
      to: slot.nullable(),
      because: z.string(),
    }),
  ),
  writes: z.array(z.object({ write: z.string(), occurrence: z.string().nullable(), to: slot.nullable() })),
  seen: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('complete') }),
    z.object({ kind: z.literal('unreadable'), because: z.string() }),
  ]),
});
export type PlanView = z.output<typeof planView>;

/** The look was put into the queue. */
export const lookQueued = z.object({ queued: z.literal(true) });
