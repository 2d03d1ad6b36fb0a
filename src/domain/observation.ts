import type { Minute } from './minute.ts';
import type { Slot } from './slot.ts';
import type { WeeklyRule } from './weekly.ts';

/** What a calendar was read to hold. An unreadable calendar is not an empty one. */
export type Seen =
  | { readonly kind: 'unreadable'; readonly because: string }
  | {
      readonly kind: 'complete';
      readonly series: SeenSeries;
      /** By the start each occurrence has in the placed rule; every one that was asked for has an entry. */
      readonly occurrences: ReadonlyMap<Minute, SeenEvent>;
      /** By tag; every separate event that was asked for has an entry. */
      readonly separate: ReadonlyMap<string, SeenEvent>;
      /** Older copies of the series that stand again: restored from a bin, or written by a worker that was late. */
      readonly strays?: readonly number[];
    };

export type SeenSeries =
  | {
      readonly kind: 'stands';
      /** Opaque; what a conditional write must match. */
      readonly version: string;
      /** Null where the rule became something that is not a plain weekly one. */
      readonly rule: WeeklyRule | null;
      readonly minutes: number;
      /** The calendar's series stops before this moment, if it stops at all. */
      readonly endsBefore: Minute | null;
      readonly agenda: SeenAgenda;
      /** Whether the rep is among the guests; undefined where the calendar cannot tell. */
      readonly repInvited?: boolean | undefined;
    }
  | { readonly kind: 'gone'; readonly proof: string };

export type SeenEvent =
  | {
      readonly kind: 'stands';
      /** Opaque, as the series' own; for an instance of the series it is the series' version. */
      readonly version: string;
      readonly slot: Slot;
      readonly agenda: SeenAgenda;
      readonly repAnswers: RepAnswer;
      readonly repInvited?: boolean | undefined;
      /** Whether it is an exception or an event of its own rather than a plain instance of the series. */
      readonly own: boolean;
    }
  | { readonly kind: 'gone'; readonly proof: string };

/** The meaning between our markers (see agenda/splice.ts), or that the block is lost. */
export type SeenAgenda = { readonly kind: 'present'; readonly meaning: string } | { readonly kind: 'lost' };

/** An automatic decline (out of office) blames nobody. */
export type RepAnswer = 'none' | 'accepted' | 'declined' | 'declined automatically';
