import * as z from 'zod';
import { isZone } from '../domain/zone.ts';

/** An id of ours. */
export const id = z.uuid();

/** A name or a title: one line without control characters, which neither the database nor a calendar takes. */
export function line(longest: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(longest)
    .regex(/^\P{Cc}*$/u, 'must be one line of plain text');
}

/** A point in time, RFC 3339 in UTC: `2026-11-24T09:00:00Z`. */
export const instant = z.iso.datetime().meta({ examples: ['2026-11-24T09:00:00Z'] });

/** A point in time as somebody may write it, with any offset: `2026-11-24T10:00:00+01:00`. */
export const anyInstant = z.iso
  .datetime({ offset: true, error: 'must be a point in time such as 2026-11-24T10:00:00+01:00' })
  .meta({ examples: ['2026-11-24T10:00:00+01:00'] });

/** A whole day of some local calendar: `2026-11-24`. */
export const day = z.iso
  .date({ error: 'must be a day such as 2026-11-24' })
  .meta({ examples: ['2026-11-24'] });

/** A stretch of time, its start inside and its end outside. */
export const slot = z.object({ start: instant, end: instant });

/** How many items one page holds, and where it goes on: the `next` of the page before. */
export const paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});

/** One page of a list; `next` is null on the last. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** An IANA zone: `Europe/Berlin`. */
export const zone = z
  .string()
  .refine(isZone, 'must be an IANA zone such as Europe/Berlin')
  .meta({ examples: ['Europe/Berlin'] });

/** A weekday: Monday is 1, Sunday is 7. */
export const weekday = z.int({ error: 'must be 1 (Monday) to 7 (Sunday)' }).min(1).max(7);

/** A time on the wall clock of the zone beside it: `09:30`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:30')
  .meta({ examples: ['09:30'] });
