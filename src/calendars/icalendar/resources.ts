import type { Slot } from '../../domain/slot.ts';

/** One iCalendar object as a collection keeps it. */
export interface Resource {
  /** Its name inside the collection, without a path. */
  readonly name: string;
  readonly ics: string;
  readonly etag: string;
  /** Stays the same when only attendees answered (RFC 6638 section 3.2.10); null where the server has none. */
  readonly scheduleTag: string | null;
}

export type ResourceChanges =
  | {
      readonly kind: 'since';
      readonly changed: readonly string[];
      readonly removed: readonly string[];
      readonly cursor: string;
    }
  /** No cursor, or one that is not valid any more. */
  | { readonly kind: 'everything'; readonly cursor: string };

/**
 * A collection of iCalendar objects: a CalDAV calendar, our own tables, or memory in a test.
 *
 * Every method throws a CalendarError when the collection cannot be reached or refuses. Only a null from `get` says
 * that a name is free; every other failure says nothing about what is held.
 */
export abstract class Resources {
  /** Null only where the collection itself answered that there is no such name. */
  abstract get(name: string): Promise<Resource | null>;

  /** Those of the names that exist, in as few calls as it takes. */
  abstract getMany(names: readonly string[]): Promise<readonly Resource[]>;

  /** Every resource that holds this UID, whatever its name. */
  abstract withUid(uid: string): Promise<readonly Resource[]>;

  /** Resources with an instance that may touch the window; too many is fine, too few is not. */
  abstract inWindow(window: Slot): Promise<readonly Resource[]>;

  /**
   * Writes one resource whole. `etag` null: it must not exist yet.
   * @returns the new etag, or null where the server keeps it to itself
   * @throws CalendarError Conflict where the condition does not hold, with nothing written; Gone where the server
   * will never take this UID again
   */
  abstract put(name: string, ics: string, etag: string | null): Promise<string | null>;

  /** Takes one resource away; one that is gone already is fine. @throws CalendarError Conflict */
  abstract delete(name: string, etag: string): Promise<void>;

  abstract changes(cursor: string | null): Promise<ResourceChanges>;

  /** Throws unless the collection is there and can be listed: without that, a missing name proves nothing. */
  abstract probe(): Promise<void>;
}
