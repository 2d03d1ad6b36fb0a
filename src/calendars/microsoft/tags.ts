import { createHash } from 'node:crypto';
import type { Event } from '@microsoft/microsoft-graph-types';
import { z } from 'zod';
import type { Slot } from '../../domain/slot.ts';

/** Named string properties (MS-OXPROPS PS-style) in a set of our own; Graph neither shows nor changes them unasked. */
const SET = '{6f1c9a52-5d0b-4b7e-9a53-8f0d2c7e41b6}';
const property = (name: string) => `String ${SET} Name ${name}`;
/** The same value on every event of ours, so that one question finds them all. */
const OURS = { id: property('PerennialOwned'), value: 'yes' };
const SERIES = property('PerennialSeries');
const TAG = property('PerennialTag');

const rep = z.string();

/** Whose an event is, and what Outlook has no field for. Written with the event and never guessed. */
const Tag = z.discriminatedUnion('kind', [
  /** The recurring event of one copy. `endsBefore` is exact where Outlook only knows the last day. */
  z.object({
    kind: z.literal('series'),
    series: z.string(),
    copy: z.int(),
    endsBefore: z.int().nullable(),
    rep,
  }),
  /** Stands in for an occurrence that Outlook cannot bring back; `start` is what its rule gave it. */
  z.object({ kind: z.literal('stand-in'), series: z.string(), copy: z.int(), start: z.int(), rep }),
  z.object({ kind: z.literal('separate'), tag: z.string(), rep }),
]);
export type Tag = z.infer<typeof Tag>;

/** The extended properties that mark an event as ours. */
export function marks(tag: Tag): NonNullable<Event['singleValueExtendedProperties']> {
  return [OURS, { id: SERIES, value: seriesOf(tag) }, { id: TAG, value: JSON.stringify(tag) }];
}

/** Null for everybody else's events, and for marks that nobody of ours wrote. */
export function tagOf(event: Event): Tag | null {
  const value = event.singleValueExtendedProperties?.find(
    ({ id }) => id?.toLowerCase() === TAG.toLowerCase(),
  )?.value;
  try {
    return Tag.parse(JSON.parse(value ?? ''));
  } catch {
    return null;
  }
}

/** A separate event's tag begins with its series' id and a slash. */
export function seriesOf(tag: Tag): string {
  return tag.kind === 'separate' ? tag.tag.split('/')[0]! : tag.series;
}

/** What an event is found again by; what it also remembers is not part of it. */
export function identityOf(tag: Tag): string {
  if (tag.kind === 'series') return `series ${tag.series} ${tag.copy}`;
  return tag.kind === 'stand-in' ? `stand-in ${tag.series} ${tag.copy} ${tag.start}` : `separate ${tag.tag}`;
}

/**
 * The id by which Graph knows a repeated request. It never forgets one, not even of a deleted event, and refuses it
 * for anything else: so it holds the slot, and how often the same had to be made anew.
 */
export function transactionId(tag: Tag, slot: Slot | null, attempt: number): string {
  const text = JSON.stringify([identityOf(tag), slot?.start ?? null, slot?.end ?? null, attempt]);
  return `perennial-${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}

export const allOurs = filter(OURS.id, OURS.value);

export function ofSeries(series: string): string {
  return filter(SERIES, series);
}

/** Brings the tag along with each event of an answer. */
export const withTag = `singleValueExtendedProperties($filter=id eq '${TAG}')`;

function filter(id: string, value: string): string {
  const quoted = value.replaceAll("'", "''");
  return `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq '${quoted}')`;
}
