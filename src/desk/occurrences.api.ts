import * as z from 'zod';
import { EXCUSES, STATES } from '../domain/occurrence.ts';
import { anyInstant, day, id, instant, pageOf, paging, slot } from '../platform/values.api.ts';
import { attestationView } from './attestations.api.ts';
import { recoveryView } from './recoveries.api.ts';

/** The excuses that somebody can ask for; a pair that ended excuses by itself. */
const ASKABLE = EXCUSES.filter((excuse) => excuse !== 'pair_ended');

const excuseRequest = z.object({
  excuse: z.enum(ASKABLE),
  by: id,
  at: instant,
  answer: z.enum(['agreed', 'refused']).nullable(),
  answeredBy: id.nullable(),
});

/** What was done in the meeting, never what was said in it. */
const sessionFacts = z.object({
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  outcome: z.enum(['complete', 'ack_missing', 'never_started']).nullable(),
  blocks: z.array(
    z.object({
      kind: z.enum(['open', 'inspect', 'deals', 'coaching', 'career', 'resilience', 'actions']),
      planned: z.int().describe('Seconds.'),
      spent: z.int().describe('Seconds.'),
      skipped: z.enum(['no_time', 'done_before', 'nothing_to_say', 'other']).nullable(),
    }),
  ),
  inspected: z.boolean().describe('Whether the commitment of the meeting before was looked at.'),
  artifact: z.boolean(),
  commitment: z.enum(['none', 'written', 'confirmed']),
  missing: z
    .array(z.enum(['inspection', 'artifact', 'commitment', 'manager_ack', 'rep_ack']))
    .describe('Once it is closed.'),
});

/** One owed meeting, as the caller may see it. */
export const occurrenceView = z.object({
  series: id,
  pair: id,
  key: z.string().describe('Generation and original start: `1@29732040`.'),
  originalStart: instant,
  zone: z.string().describe("The series' IANA zone."),
  slot,
  week: slot.describe('The working week that owes it; moves stay inside.'),
  state: z.enum(STATES),
  excuse: z.enum(EXCUSES).nullable(),
  because: z.string().nullable(),
  asks: z
    .string()
    .nullable()
    .describe('A question that only a person can answer; nothing is written until then.'),
  moves: z.array(
    z.object({
      from: slot,
      to: slot,
      at: instant,
      by: z.string().nullable().describe('Null where the loop moved it by itself.'),
      because: z.string().nullable(),
    }),
  ),
  cancelActs: z.array(z.object({ at: instant, by: z.enum(['manager', 'rep', 'unknown']) })),
  counts: z.boolean().describe('Whether it counts towards a recovery.'),
  attestations: z
    .array(attestationView)
    .nullable()
    .describe('What both sides say; null for anybody but the pair.'),
  evidence: z.enum(['A', 'B', 'C', 'D']).nullable(),
  session: sessionFacts.nullable().describe('Null where its page was never opened.'),
  closesAt: instant.describe('Until then either side can say whether it was held.'),
  recovery: recoveryView.nullable().describe('Where this is the second of two cancels.'),
  excuseRequest: excuseRequest.nullable(),
  canMove: z.boolean(),
  canAttest: z.boolean(),
  canAnswerExcuse: z.boolean(),
});
export type OccurrenceView = z.output<typeof occurrenceView>;

/** The same with the pair's own words, which nobody else receives (null). */
export const occurrenceDetail = occurrenceView.extend({
  words: z
    .array(
      z.object({
        by: id,
        at: instant,
        words: z.string().nullable().describe('Null for what was sealed with a key that is gone.'),
      }),
    )
    .nullable(),
});
export type OccurrenceDetail = z.output<typeof occurrenceDetail>;

/** Days of the organisation, both included; a week that touches them is listed. */
export const occurrenceQuery = paging.extend({
  from: day.optional(),
  until: day.optional(),
  state: z.enum(STATES).optional(),
  pair: id.optional(),
  series: id.optional(),
});
export type OccurrenceQuery = z.output<typeof occurrenceQuery>;

export const occurrencePage = pageOf(occurrenceView);
export type OccurrencePage = z.output<typeof occurrencePage>;

const localTime = z.object({ zone: z.string(), time: z.string().describe('`Wednesday 25 Nov, 10:00`') });

/** Free times of both people inside the week, nearest to the anchor first. */
export const slotSuggestions = z.object({
  slots: z.array(slot.extend({ manager: localTime, rep: localTime })),
  busyAsOf: z.object({ manager: instant.nullable(), rep: instant.nullable() }),
});
export type SlotSuggestions = z.output<typeof slotSuggestions>;

export const slotQuery = z.object({ limit: z.coerce.number().int().min(1).max(20).default(5) });

export const moveBody = z.strictObject({ start: anyInstant });
export type MoveBody = z.output<typeof moveBody>;

const CATEGORIES = ['customer_call', 'conflict', 'sick', 'travel', 'other'] as const;

/** The category becomes part of the reason; the words are for the pair alone. */
export const cannotMakeItBody = z.strictObject({
  category: z.enum(CATEGORIES, { error: `must be one of ${CATEGORIES.join(', ')}` }),
  words: z.string().trim().min(1).max(2000).optional(),
});
export type CannotMakeItBody = z.output<typeof cannotMakeItBody>;

export const excuseBody = z.strictObject({
  excuse: z.enum(ASKABLE, { error: `must be one of ${ASKABLE.join(', ')}` }),
});
export type ExcuseBody = z.output<typeof excuseBody>;

export const excuseAnswerBody = z.strictObject({ agree: z.boolean() });

/** What became of something a person did: kept in any case, and in the calendar now or as soon as it can be. */
export const actAnswer = z.object({
  occurrence: occurrenceView,
  calendar: z.enum(['done', 'follows']),
  sentence: z.string(),
});
export type ActAnswer = z.output<typeof actAnswer>;
