import type { Minute, Weekday } from '../domain/minute.ts';
import type { Busy } from '../domain/person.ts';
import type { Seen } from '../domain/observation.ts';
import type { Slot } from '../domain/slot.ts';
import type { WeeklyRule } from '../domain/weekly.ts';

/** One copy of a series in a calendar. Adapters derive the event's identity (UID, id) from these two alone. */
export interface SeriesRef {
  readonly series: string;
  readonly copy: number;
}

/** Who invites whom. The manager organises, the rep attends. */
export interface Invitation {
  readonly organiser: { readonly name: string; readonly email: string };
  readonly attendee: { readonly name: string; readonly email: string };
}

/** What Perennial writes into an event. Everything else in it belongs to people. */
export interface EventContent {
  /** Written once, when the event is made; afterwards people own it. */
  readonly title: string;
  /** The agenda block without its markers, as plain text and as an HTML fragment of the same meaning. */
  readonly block: { readonly text: string; readonly html: string };
  readonly url: string;
  readonly invitation: Invitation;
  /** The rep was taken off the guests of what stands and belongs there again; nobody else's place changes. */
  readonly putsRepBack?: boolean | undefined;
}

export interface SeriesEvent extends EventContent {
  readonly rule: WeeklyRule;
  readonly minutes: number;
  /** The series stops before this moment; null: it goes on. */
  readonly endsBefore: Minute | null;
}

export interface OccurrenceEvent extends EventContent {
  readonly slot: Slot;
}

export interface ReadRequest {
  /** Null where no copy was ever asked for. `rule` is the rule as last placed. */
  readonly series: (SeriesRef & { readonly rule: WeeklyRule }) | null;
  /** Starts in the placed rule of the occurrences to look at. */
  readonly starts: readonly Minute[];
  /** Tags of the separate events to look at. */
  readonly separate: readonly string[];
  /** The day the working week begins with: where a person moved the anchor, meetings are matched by week. Default Monday. */
  readonly firstWeekday?: Weekday | undefined;
}

/** What a confirmed write left behind; `version` goes into the next conditional write of the same event. */
export interface Written {
  readonly version: string;
}

export type Changes =
  /** Series ids whose events changed since the cursor; `busyChanged` where anything at all did. */
  | {
      readonly kind: 'since';
      readonly series: readonly string[];
      readonly busyChanged: boolean;
      readonly cursor: string;
    }
  /** No cursor, or the server rejected it: look at everything. */
  | { readonly kind: 'everything'; readonly cursor: string };

/**
 * One person's calendar, as the loop knows it. Every adapter passes test/contract.
 *
 * Every method throws a CalendarError when the calendar cannot be reached or refuses; nothing else means absence.
 * Writes are idempotent: the same call after a time-out adopts what the first one left. A `version` that no longer
 * holds throws Conflict and writes nothing. Only events whose identity derives from our own ids are ever written,
 * and inside them only existence, time, tag and the agenda block.
 */
export abstract class Calendar {
  /** Reads what the calendar holds of a series. Absence is proven by asking for the event itself. */
  abstract read(request: ReadRequest): Promise<Seen>;

  /**
   * Makes the series stand as one native recurring event: creates it when `version` is null (adopting an event of
   * ours that is already there), else repairs rule, end, duration and agenda block in place; exceptions stay.
   */
  abstract placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null): Promise<Written>;

  /** Takes a copy of the series away, or nothing where it is gone already. */
  abstract withdrawSeries(ref: SeriesRef): Promise<void>;

  /** Makes the occurrence that the placed rule starts at `start` stand in `event.slot`, deleted or not. */
  abstract placeOccurrence(
    ref: SeriesRef,
    start: Minute,
    event: OccurrenceEvent,
    version: string,
  ): Promise<Written>;

  /** Takes one occurrence out of the series. */
  abstract withdrawOccurrence(ref: SeriesRef, start: Minute, version: string): Promise<Written>;

  /** Makes a separate event with this tag stand in its slot; `version` null creates or adopts. */
  abstract placeSeparate(tag: string, event: OccurrenceEvent, version: string | null): Promise<Written>;

  abstract withdrawSeparate(tag: string): Promise<void>;

  /** Busy time in a window of at most 62 days, without the events of `exceptSeries` and `exceptTags`. */
  abstract busy(
    window: Slot,
    except: { readonly series: string | null; readonly tags: readonly string[] },
  ): Promise<Busy>;

  abstract changes(cursor: string | null): Promise<Changes>;

  /** Which of these copies stand in the calendar, in as few calls as it takes (the empty-answer guard). */
  abstract standing(refs: readonly SeriesRef[]): Promise<readonly SeriesRef[]>;
}
