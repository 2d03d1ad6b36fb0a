import type { Attendee, Event, PatternedRecurrence } from '@microsoft/microsoft-graph-types';
import { datesOf } from './recurrence.ts';
import { placeOf } from './windows-zones.ts';

/** What an event and one occurrence of it have in common. Times are epoch milliseconds. */
export interface Meeting {
  readonly id: string;
  changeKey: string;
  subject: string;
  /** A whole page, as Exchange keeps it. */
  html: string;
  start: number;
  end: number;
  attendees: Attendee[];
  location: string;
  showAs: NonNullable<Event['showAs']>;
  isCancelled: boolean;
  /** What the mailbox's owner answered, where somebody else invited them. */
  answered: NonNullable<NonNullable<Event['responseStatus']>['response']>;
}

export interface Exception extends Meeting {
  /** The date that the pattern gives it. */
  readonly date: string;
  readonly master: string;
}

export interface Item extends Meeting {
  readonly key: number;
  readonly calendar: string;
  /** Whose mailbox it is in, and who invited everybody. */
  readonly owner: string;
  readonly organiser: string;
  readonly transactionId: string | null;
  readonly extended: Map<string, string>;
  /** As it was sent: a Windows name, or one of the few others. */
  zone: string;
  isAllDay: boolean;
  recurrence: PatternedRecurrence | null;
  exceptions: Map<string, Exception>;
  cancelled: Set<string>;
}

/** One event as it stands at some time: a single one, an occurrence, or an exception. */
export interface Instance {
  readonly item: Item;
  readonly date: string | null;
  readonly exception: Exception | null;
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** What one person has at Microsoft, and what became of it: no protocol, no vendor's rules. */
export class Mailbox {
  readonly items = new Map<string, Item>();
  /** Deleted items keep their transaction ids for good. */
  readonly deleted: Item[] = [];
  /** Ids of items, in the order in which they changed. */
  readonly journal: string[] = [];
  /** When Exchange mailed guests, as epoch milliseconds. */
  readonly mails: number[] = [];
  readonly calendars: ReadonlyMap<string, string> = new Map([
    ['primary', 'Calendar'],
    ['side', 'Side projects'],
  ]);
  #keys = 0;

  constructor(
    readonly email: string,
    readonly now: () => number,
  ) {}

  add(item: Omit<Item, 'key' | 'id' | 'changeKey'>): Item {
    const key = ++this.#keys;
    const added = { ...item, key, id: `AAkALgAA${this.email.split('@')[0]}${key}`, changeKey: '' };
    this.items.set(added.id, added);
    this.touch(added);
    return added;
  }

  touch(item: Item, exception?: Exception): void {
    const changeKey = `CK${++this.#keys}`;
    item.changeKey = changeKey;
    if (exception) exception.changeKey = `${changeKey}x`;
    this.journal.push(item.id);
  }

  remove(item: Item): void {
    this.items.delete(item.id);
    this.deleted.push(item);
    this.journal.push(item.id);
  }

  /** Out of the bin, as it was: its immutable id stays. */
  putBack(item: Item): void {
    this.deleted.splice(this.deleted.indexOf(item), 1);
    this.items.set(item.id, item);
    this.touch(item);
  }

  /** Exchange forgets every exception when the pattern or the time of day of a series changes. */
  forgetExceptions(item: Item): void {
    item.exceptions.clear();
    item.cancelled.clear();
  }

  exceptionOf(item: Item, date: string): Exception {
    const known = item.exceptions.get(date);
    if (known) return known;
    const { start, end, subject, html, location, showAs, answered } = item;
    const at = startOn(item, date);
    const made: Exception = {
      id: occurrenceId(item, date),
      date,
      master: item.id,
      changeKey: '',
      isCancelled: false,
      subject,
      html,
      location,
      showAs,
      answered,
      start: at,
      end: at + end - start,
      attendees: structuredClone(item.attendees),
    };
    item.exceptions.set(date, made);
    return made;
  }

  /** Everything that stands, in order, in a window of one calendar. */
  view(calendar: string, from: number, until: number): Instance[] {
    return [...this.items.values()]
      .filter((item) => item.calendar === calendar)
      .flatMap((item) => instancesOf(item))
      .filter(({ start, end }) => start < until && end > from)
      .sort((a, b) => a.start - b.start || a.item.key - b.item.key);
  }
}

export function instancesOf(item: Item): Instance[] {
  if (!item.recurrence) {
    return [{ item, date: null, exception: null, id: item.id, start: item.start, end: item.end }];
  }
  return datesOf(item.recurrence)
    .filter((date) => !item.cancelled.has(date))
    .map((date) => {
      const exception = item.exceptions.get(date) ?? null;
      const at = startOn(item, date);
      const { start, end } = exception ?? { start: at, end: at + item.end - item.start };
      return { item, date, exception, id: occurrenceId(item, date), start, end };
    });
}

const starts = new Map<string, number>();

/** When the occurrence of a date starts by the series' own clock. */
export function startOn(item: Item, date: string): number {
  const key = `${item.zone} ${item.start} ${date}`;
  let start = starts.get(key);
  if (start === undefined) starts.set(key, (start = tellStart(item, date)));
  return start;
}

function tellStart(item: Item, date: string): number {
  const place = placeOf(item.zone)!;
  const { hour, minute } = wallOf(item);
  return Temporal.PlainDate.from(date).toPlainDateTime({ hour, minute }).toZonedDateTime(place)
    .epochMilliseconds;
}

export function dateOf(item: Item): string {
  return wallOf(item).toPlainDate().toString();
}

function wallOf(item: Item): Temporal.PlainDateTime {
  const place = placeOf(item.zone)!;
  return Temporal.Instant.fromEpochMilliseconds(item.start).toZonedDateTimeISO(place).toPlainDateTime();
}

function occurrenceId(item: Item, date: string): string {
  return `${item.id}.${date.replaceAll('-', '')}`;
}
