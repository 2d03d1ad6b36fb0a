import type { PatternedRecurrence, RecurrencePattern } from '@microsoft/microsoft-graph-types';
import ICAL from 'ical.js';
import type { Invited, Person } from '../../contract/world.ts';
import type { Wall } from '../calendar-client.ts';
import { page } from './accept-event.ts';
import { importedInto } from './import-ics.ts';
import { dateOf } from './mailbox.ts';
import type { Exception, Item, Mailbox } from './mailbox.ts';
import { datesOf } from './recurrence.ts';
import { placeOf } from './windows-zones.ts';

const DAYS = {
  MO: 'monday',
  TU: 'tuesday',
  WE: 'wednesday',
  TH: 'thursday',
  FR: 'friday',
  SA: 'saturday',
  SU: 'sunday',
} as const;
const INDEXES = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' } as const;

/** A person at Outlook, who edits the mailbox itself and knows nothing of Graph. */
export class OutlookPerson implements Person {
  constructor(private readonly mailbox: Mailbox) {}

  async titles(): Promise<string[]> {
    return [...this.mailbox.items.values()].map(({ subject }) => subject).sort();
  }

  async invitation(title: string): Promise<Invited> {
    const { organiser, attendees, html } = this.find(title);
    const guests = attendees.map(({ emailAddress, status }) => ({
      email: emailAddress!.address!,
      hasAnswered: status?.response !== 'none',
    }));
    return { organiser, guests, html };
  }

  async notes(title: string, at: Wall | null): Promise<string> {
    return textOf(this.of(title, at).html);
  }

  async editNotes(title: string, at: Wall | null, change: (notes: string) => string): Promise<void> {
    this.touch(title, at, (event) => {
      event.html = page({ contentType: 'text', content: change(textOf(event.html)) });
    });
  }

  async add(_name: string, ics: string): Promise<void> {
    importedInto(this.mailbox, ics);
  }

  async deleteEvent(title: string): Promise<void> {
    this.mailbox.remove(this.find(title));
  }

  async deleteOccurrence(title: string, at: Wall): Promise<void> {
    const { item, date } = this.occurrence(title, at);
    if (date === null) return this.mailbox.remove(item);
    item.exceptions.delete(date);
    item.cancelled.add(date);
    this.mailbox.touch(item);
  }

  async deleteThisAndFollowing(title: string, at: Wall): Promise<void> {
    const item = this.find(title);
    const last = Temporal.PlainDate.from(at.slice(0, 10)).subtract({ days: 1 }).toString();
    const { pattern, range } = item.recurrence!;
    item.recurrence = { pattern: pattern!, range: { ...range, type: 'endDate', endDate: last } };
    this.mailbox.touch(item);
  }

  /** Outlook's new half has the words of the old one, and none of its hidden properties. */
  async splitAt(title: string, at: Wall, to: Wall, rrule: string): Promise<void> {
    const item = this.find(title);
    const start = this.instant(item, to);
    const recurrence = recurrenceOf(rrule, to.slice(0, 10), item);
    const half = {
      ...item,
      recurrence,
      start,
      end: start + item.end - item.start,
      extended: new Map<string, string>(),
    };
    await this.deleteThisAndFollowing(title, at);
    this.mailbox.add({ ...half, exceptions: new Map(), cancelled: new Set(), transactionId: null });
  }

  async drag(title: string, at: Wall, to: Wall, minutes = 30): Promise<void> {
    this.touch(title, at, (event, item) => {
      const start = this.instant(item, to);
      Object.assign(event, { start, end: start + minutes * 60_000 });
      for (const guest of event.attendees) guest.status = { response: 'none' };
    });
  }

  async dragSeries(title: string, first: Wall, rrule: string, minutes = 30): Promise<void> {
    const item = this.find(title);
    const recurrence = recurrenceOf(rrule, first.slice(0, 10), item);
    // Outlook moves the first meeting to where the new pattern has it.
    const date = datesOf(recurrence)[0]!;
    item.recurrence = { pattern: recurrence.pattern!, range: { ...recurrence.range, startDate: date } };
    item.start = this.instant(item, `${date}${first.slice(10)}`);
    item.end = item.start + minutes * 60_000;
    this.mailbox.forgetExceptions(item);
    this.mailbox.touch(item);
  }

  async stretch(title: string, at: Wall | null, minutes: number): Promise<void> {
    if (at === null) this.mailbox.forgetExceptions(this.find(title));
    this.touch(title, at, (event) => {
      event.end = event.start + minutes * 60_000;
    });
  }

  async answer(title: string, at: Wall, email: string, partstat: string): Promise<void> {
    const response = partstat === 'DECLINED' ? ('declined' as const) : ('accepted' as const);
    this.touch(title, at, ({ attendees }) => {
      const guest = attendees.find(({ emailAddress }) => emailAddress?.address === email);
      guest!.status = { response, time: '2026-11-20T09:00:00Z' };
    });
  }

  /** Any other edit of a series, of one of its occurrences, or of a single event. */
  touch(title: string, at: Wall | null, edit: (event: Item | Exception, item: Item) => void): void {
    const { item, date } = at === null ? { item: this.find(title), date: null } : this.occurrence(title, at);
    const event = date === null ? item : this.mailbox.exceptionOf(item, date);
    edit(event, item);
    this.mailbox.touch(item, date === null ? undefined : (event as Exception));
  }

  find(title: string): Item {
    const found = [...this.mailbox.items.values()].find(({ subject }) => subject === title);
    if (!found) throw new Error(`no event called ${title}`);
    return found;
  }

  private of(title: string, at: Wall | null): Item | Exception {
    if (at === null) return this.find(title);
    const { item, date } = this.occurrence(title, at);
    return (date !== null && item.exceptions.get(date)) || item;
  }

  /** The occurrence that the series has at a wall time, or what stands alone under the same title that week. */
  private occurrence(title: string, at: Wall): { item: Item; date: string | null } {
    const date = at.slice(0, 10);
    const named = [...this.mailbox.items.values()].filter(({ subject }) => subject === title);
    const series = named.find(
      ({ recurrence, cancelled }) => recurrence && datesOf(recurrence).includes(date) && !cancelled.has(date),
    );
    if (series) return { item: series, date };
    const near = named.find(
      (item) => !item.recurrence && Math.abs(Date.parse(dateOf(item)) - Date.parse(date)) < 4 * 86_400_000,
    );
    if (!near) throw new Error(`nothing stands on ${date}`);
    return { item: near, date: null };
  }

  private instant(item: Item, wall: Wall): number {
    return Temporal.PlainDateTime.from(wall).toZonedDateTime(placeOf(item.zone)!).epochMilliseconds;
  }
}

function recurrenceOf(rrule: string, startDate: string, item: Item): PatternedRecurrence {
  const rule = ICAL.Recur.fromString(rrule);
  const range = { type: 'noEnd' as const, startDate, recurrenceTimeZone: item.zone };
  return { pattern: patternOf(rule), range };
}

// Outlook's monthly pattern knows one week of the month; of several the last one is meant.
export function patternOf({ freq, interval, parts }: ICAL.Recur): RecurrencePattern {
  const days = parts['BYDAY'] ?? [];
  const daysOfWeek = days.map((day) => DAYS[day.slice(-2) as keyof typeof DAYS]);
  if (freq === 'WEEKLY') return { type: 'weekly', interval, daysOfWeek, firstDayOfWeek: 'sunday' };
  const index = INDEXES[days.at(-1)!.slice(0, -2) as unknown as keyof typeof INDEXES];
  return { type: 'relativeMonthly', interval, daysOfWeek: [daysOfWeek.at(-1)!], index };
}

function textOf(html: string): string {
  const inner = /<body[^>]*>\r\n([^]*)\r\n<\/body>/i.exec(html)?.[1] ?? html;
  return inner
    .replace(/<br>|<\/p>|<\/li>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
}
