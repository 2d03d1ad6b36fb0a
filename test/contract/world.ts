import type { Calendar } from '../../src/calendars/calendar.ts';
import type { CalendarClient, Wall } from '../support/calendar-client.ts';
import type { Fault } from '../support/fault.ts';

/**
 * A person at any calendar client. Knows events by their title and occurrences by the wall time that the calendar
 * shows in the series' zone, and has none of the product's code.
 */
export interface Person {
  titles(): Promise<string[]>;
  invitation(title: string): Promise<Invited>;
  /** The event's words as plain text, of the series or of one occurrence. */
  notes(title: string, at: Wall | null): Promise<string>;
  editNotes(title: string, at: Wall | null, change: (notes: string) => string): Promise<void>;
  /** Takes a foreign event in, as an iCalendar object that somebody sent. */
  add(name: string, ics: string): Promise<void>;
  deleteEvent(title: string): Promise<void>;
  deleteOccurrence(title: string, at: Wall): Promise<void>;
  deleteThisAndFollowing(title: string, at: Wall): Promise<void>;
  /** Changes "this and following": the series ends, and goes on as another one. */
  splitAt(title: string, at: Wall, to: Wall, rrule: string): Promise<void>;
  drag(title: string, at: Wall, to: Wall, minutes?: number): Promise<void>;
  dragSeries(title: string, first: Wall, rrule: string, minutes?: number): Promise<void>;
  stretch(title: string, at: Wall | null, minutes: number): Promise<void>;
  /** @param partstat as iCalendar writes it: ACCEPTED, DECLINED */
  answer(title: string, at: Wall, email: string, partstat: string): Promise<void>;
}

/** What a calendar shows of an event's people, and its words as HTML. */
export interface Invited {
  readonly organiser: string;
  /** Without the organiser. */
  readonly guests: readonly { readonly email: string; readonly hasAnswered: boolean }[];
  readonly html: string;
}

/** One calendar under test: the product's side, and a person at a client of their own. */
export interface World {
  readonly calendar: Calendar;
  readonly person: Person;
  /** The same person, where the calendar is a collection of iCalendar files; null elsewhere. */
  readonly files: CalendarClient | null;
  /** Calls that change something, since the world began. */
  writes(): number;
  /** How the next write fails. */
  failNextWrite(fault: Fault): void;
  /** Makes the server reject every cursor that it gave out. */
  forgetCursors(): void | Promise<void>;
}

/** What a server does beyond the standard. */
export interface Server {
  /** The calendar is a collection of iCalendar files that clients write whole. */
  readonly keepsFiles: boolean;
  /** Stores whatever it is given: rubbish, and one UID under two names. */
  readonly storesAnything: boolean;
}
