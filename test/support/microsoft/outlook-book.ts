import { seenRule } from '../../../src/calendars/microsoft/rule.ts';
import { marks, tagOf } from '../../../src/calendars/microsoft/tags.ts';
import type { Tag } from '../../../src/calendars/microsoft/tags.ts';
import { timesOf } from '../../../src/calendars/microsoft/rule.ts';
import { dateIn } from '../../../src/calendars/microsoft/times.ts';
import { dayFromIso, dayToIso } from '../../../src/domain/minute.ts';
import { overlaps } from '../../../src/domain/slot.ts';
import type { Slot } from '../../../src/domain/slot.ts';
import { EventBook } from '../event-book.ts';
import type { Copy, Living, Separate, Single } from '../event-book.ts';
import { page, timeIn } from './accept-event.ts';
import { instancesOf, startOn } from './mailbox.ts';
import type { Exception, Item, Mailbox } from './mailbox.ts';
import { renderMaster } from './render.ts';

const ZONE = 'Europe/Berlin';
const REP = { emailAddress: { address: 'bo@acme.test' }, type: 'required' as const };
const PLAIN = {
  zone: 'UTC',
  text: false,
  select: null,
  expand: { properties: [], exceptions: false },
  alone: false,
};
type Master = Extract<Tag, { kind: 'series' }>;

/** A mailbox as the book in which a simulated person reads and edits: each edit becomes what Exchange stores. */
export class OutlookBook extends EventBook {
  override readonly holdsAll = false;
  /** What a person had before them when they began to edit. */
  readonly #before = new WeakMap<object, Copy>();

  constructor(private readonly mailbox: Mailbox) {
    super();
    const { foreign } = this;
    const enter = foreign.set.bind(foreign);
    foreign.set = (id, slot) => {
      mailbox.add({ ...this.#blank(id), ...millis(slot) });
      return enter(id, slot);
    };
  }

  override copy(ref: { series: string; copy: number }): Copy | undefined {
    const item = this.#items('series').find(({ tag }) => tag.series === ref.series && tag.copy === ref.copy);
    return item && this.#copyOf(item.item, item.tag);
  }

  override newest(series: string): Copy | undefined {
    const all = this.#items('series').filter(({ tag }) => tag.series === series);
    const last = all.toSorted((a, b) => b.tag.copy - a.tag.copy)[0];
    return last && this.#copyOf(last.item, last.tag);
  }

  /** Straight from the mailbox, so that what stands beside its own stand-in is seen twice. */
  override living(series: string, window: Slot): Living[] {
    this.separate.clear();
    const found: Living[] = [];
    for (const { item, tag } of this.#items('series')) {
      if (tag.series !== series) continue;
      for (const { date, start, end } of instancesOf(item)) {
        const own = date === null ? start : startOn(item, date);
        found.push({ of: 'series', copy: tag.copy, start: own / 60_000, slot: minutes({ start, end }) });
      }
    }
    for (const { item, tag } of this.#items('stand-in')) {
      if (tag.series === series)
        found.push({ of: 'series', copy: tag.copy, start: tag.start, slot: minutes(item) });
    }
    for (const { item, tag } of this.#items('separate')) {
      if (tag.tag.split('/')[0] !== series) continue;
      const separate: Separate = { ...single(item), version: 0, touchedAt: 0 };
      this.separate.set(tag.tag, separate);
      found.push({ of: 'separate', copy: 0, start: separate.slot.start, slot: separate.slot });
    }
    return found.filter(({ slot }) => overlaps(slot, window));
  }

  /** A new event, or a deleted one that somebody drags out of the bin. */
  override add(copy: Omit<Copy, 'version' | 'touchedAt'>): Copy {
    const { mailbox } = this;
    const isThis = (item: Item) => {
      const tag = tagIn(item);
      return tag?.kind === 'series' && tag.series === copy.series && tag.copy === copy.copy;
    };
    const binned = mailbox.deleted.findLast(isThis);
    if (binned) mailbox.putBack(binned);
    else {
      const { start, end, recurrence } = timesOf({
        rule: copy.rule,
        minutes: copy.minutes,
        endsBefore: null,
      });
      const tag = {
        kind: 'series' as const,
        series: copy.series,
        copy: copy.copy,
        endsBefore: null,
        rep: '',
      };
      const extended = new Map(marks(tag).map(({ id, value }) => [id!, value!]));
      const at = { start: timeIn(start).at, end: timeIn(end).at, zone: start.timeZone! };
      mailbox.add({
        ...this.#blank(copy.series),
        ...at,
        recurrence,
        extended,
        html: whole(copy.description),
      });
    }
    return this.copy(copy)!;
  }

  override remove(copy: Copy): void {
    this.mailbox.remove(this.#itemOf(copy));
  }

  /** Writes what a person changed in the copy that they had before them. */
  override changed(what: { version: number }): void {
    const copy = what as Copy;
    const before = this.#before.get(copy)!;
    const item = this.#itemOf(copy);
    if (copy.description !== before.description) item.html = whole(copy.description);
    if (copy.endsBefore !== before.endsBefore) {
      const endDate = dayToIso(dayFromIso(dateIn(ZONE, copy.endsBefore!)) - 1);
      const { pattern, range } = item.recurrence!;
      item.recurrence = { pattern: pattern!, range: { ...range, type: 'endDate', endDate } };
    }
    this.mailbox.touch(item);
    for (const start of copy.deleted) if (!before.deleted.has(start)) this.#delete(copy, item, start);
    for (const [start, now] of copy.exceptions)
      this.#change(copy, item, start, now, before.exceptions.get(start));
  }

  #delete(copy: Copy, item: Item, start: number): void {
    const standIn = this.#standInsOf(copy).get(start);
    if (standIn) return this.mailbox.remove(standIn);
    const date = dateIn(ZONE, start);
    item.exceptions.delete(date);
    item.cancelled.add(date);
    this.mailbox.touch(item);
  }

  #change(copy: Copy, item: Item, start: number, now: Single, before: Single | undefined): void {
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    const standIn = this.#standInsOf(copy).get(start);
    const event = standIn ?? this.mailbox.exceptionOf(item, dateIn(ZONE, start));
    if (now.slot.start !== before?.slot.start) Object.assign(event, millis(now.slot));
    if (now.description !== (before?.description ?? copy.description)) event.html = whole(now.description);
    if (now.answers !== (before?.answers ?? 'none')) {
      event.attendees = [{ ...REP, status: { response: now.answers === 'declined' ? 'declined' : 'none' } }];
    }
    if (standIn) this.mailbox.touch(standIn);
    else this.mailbox.touch(item, event as Exception);
  }

  #copyOf(item: Item, { series, copy, endsBefore: told }: Master): Copy {
    const placed = { zone: ZONE, weekday: 1, minuteOfDay: 0, everyWeeks: 1, firstDay: 0 } as const;
    const { rule, minutes: length, endsBefore } = seenRule(renderMaster(item, PLAIN), placed, told);
    const starts = (dates: Iterable<string>) => [...dates].map((date) => startOn(item, date) / 60_000);
    const exceptions = new Map(
      [...item.exceptions].map(([date, one]) => [startOn(item, date) / 60_000, single(one)]),
    );
    const deleted = new Set(starts(item.cancelled));
    for (const [start, standIn] of this.#standInsOf({ series, copy })) {
      deleted.delete(start);
      exceptions.set(start, single(standIn));
    }
    const about = { series, copy, rule: rule!, plain: rule !== null, minutes: length, endsBefore };
    const made = { ...about, description: inner(item.html), exceptions, deleted, version: 0, touchedAt: 0 };
    this.#before.set(made, structuredClone(made));
    return made;
  }

  #itemOf(copy: { series: string; copy: number }): Item {
    return this.#items('series').find(({ tag }) => tag.series === copy.series && tag.copy === copy.copy)!
      .item;
  }

  #standInsOf({ series, copy }: { series: string; copy: number }): Map<number, Item> {
    const own = this.#items('stand-in').filter(({ tag }) => tag.series === series && tag.copy === copy);
    return new Map(own.map(({ item, tag }) => [tag.start, item]));
  }

  #items<K extends Tag['kind']>(kind: K): { item: Item; tag: Extract<Tag, { kind: K }> }[] {
    return [...this.mailbox.items.values()].flatMap((item) => {
      const tag = tagIn(item);
      return tag?.kind === kind ? [{ item, tag: tag as Extract<Tag, { kind: K }> }] : [];
    });
  }

  #blank(subject: string): Omit<Item, 'id' | 'key' | 'changeKey'> {
    const owner = this.mailbox.email;
    return {
      calendar: 'primary',
      owner,
      organiser: owner,
      transactionId: null,
      extended: new Map(),
      zone: 'UTC',
      isAllDay: false,
      recurrence: null,
      exceptions: new Map(),
      cancelled: new Set(),
      subject,
      html: whole(''),
      start: 0,
      end: 0,
      attendees: [],
      location: '',
      showAs: 'busy',
      isCancelled: false,
      answered: 'organizer',
    };
  }
}

function single(event: Item | Exception): Single {
  const declined = event.attendees.some(({ status }) => status?.response === 'declined');
  return { slot: minutes(event), description: inner(event.html), answers: declined ? 'declined' : 'none' };
}

function tagIn({ extended }: Item): Tag | null {
  return tagOf({ singleValueExtendedProperties: [...extended].map(([id, value]) => ({ id, value })) });
}

function inner(html: string): string {
  return /<body>\r\n([^]*)\r\n<\/body>/.exec(html)?.[1] ?? html;
}

function whole(description: string): string {
  return page({ contentType: 'html', content: `<html><body>${description}</body></html>` });
}

function minutes({ start, end }: Slot): Slot {
  return { start: start / 60_000, end: end / 60_000 };
}

function millis({ start, end }: Slot): Slot {
  return { start: start * 60_000, end: end * 60_000 };
}
