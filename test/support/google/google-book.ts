import { seriesEventId, whose } from '../../../src/calendars/google/identity.ts';
import { ruleOf } from '../../../src/calendars/google/read-event.ts';
import { newSeries } from '../../../src/calendars/google/write-event.ts';
import type { RepAnswer } from '../../../src/domain/observation.ts';
import type { Slot } from '../../../src/domain/slot.ts';
import { EventBook } from '../event-book.ts';
import type { Copy, Separate, Single } from '../event-book.ts';
import type { Event, EventStore, Stored } from './event-store.ts';
import type { FakePrimary } from './google-fake.ts';
import { minuteOf, zoned } from './times.ts';

const REP = 'bo@acme.test';
const INVITATION = {
  organiser: { name: 'ana', email: 'ana@acme.test' },
  attendee: { name: 'bo', email: REP },
};

/** A calendar at Google as the book in which a simulated person reads and edits: each edit becomes what Google stores. */
export class GoogleBook extends EventBook {
  override readonly holdsAll = false;
  readonly #store: EventStore;
  /** What a person had before them when they began to edit. */
  readonly #before = new WeakMap<object, Copy>();

  constructor({ store }: FakePrimary) {
    super();
    this.#store = store;
    const { foreign } = this;
    const enter = foreign.set.bind(foreign);
    foreign.set = (id, slot) => {
      store.save(`theirs${foreign.size}`, { status: 'confirmed', summary: id, ...this.#times(slot) });
      return enter(id, slot);
    };
  }

  override copy(ref: { series: string; copy: number }): Copy | undefined {
    const stored = this.#store.stored.get(seriesEventId(ref));
    return stored && stored.fields.status !== 'cancelled' ? this.#copyOf(stored) : undefined;
  }

  override newest(series: string): Copy | undefined {
    return this.#allOf(series).toSorted((a, b) => b.copy - a.copy)[0];
  }

  override living(series: string, window: Slot) {
    for (const copy of this.#allOf(series)) this.copies.set(`${series}#${copy.copy}`, copy);
    this.separate.clear();
    for (const [tag, event] of this.#separates()) this.separate.set(tag, event);
    const found = super.living(series, window);
    this.copies.clear();
    return found;
  }

  /** A new event, or a deleted one that comes out of the bin. */
  override add(copy: Omit<Copy, 'version' | 'touchedAt'>): Copy {
    const id = seriesEventId(copy);
    const known = this.#store.stored.get(id);
    if (known) this.#store.save(id, { ...known.fields, status: 'confirmed' });
    else this.#store.save(id, { ...this.#eventOf(copy), description: copy.description });
    return this.copy(copy)!;
  }

  override remove(copy: Copy): void {
    this.#edit(seriesEventId(copy), { status: 'cancelled' });
  }

  /** Writes what a person changed in the copy that they had before them. */
  override changed(what: { version: number }): void {
    const copy = what as Copy;
    const before = this.#before.get(copy)!;
    const id = seriesEventId(copy);
    const { recurrence } = this.#store.stored.get(id)!.fields;
    if (copy.description !== before.description) this.#edit(id, { description: copy.description });
    if (copy.endsBefore !== before.endsBefore) {
      const until = `${zoned(copy.endsBefore! - 1, 'UTC')
        .toPlainDateTime()
        .toString({ smallestUnit: 'second' })
        .replace(/[-:]/g, '')}Z`;
      this.#edit(id, {
        recurrence: recurrence!.map((line) => `${line.replace(/;UNTIL=.*/, '')};UNTIL=${until}`),
      });
    }
    for (const start of copy.deleted)
      if (!before.deleted.has(start)) this.#meeting(copy, start, { status: 'cancelled' });
    for (const [start, single] of copy.exceptions)
      this.#changeOne(copy, start, single, before.exceptions.get(start));
  }

  #changeOne(copy: Copy, start: number, now: Single, before: Single | undefined): void {
    const change: Event = {};
    if (now.slot.start !== before?.slot.start) Object.assign(change, this.#times(now.slot));
    if (now.description !== (before?.description ?? copy.description)) change.description = now.description;
    if (now.answers !== (before?.answers ?? 'none')) change.attendees = [guest(now.answers)];
    if (Object.keys(change).length > 0) this.#meeting(copy, start, change);
  }

  /** One meeting where it stands: in the series, or in the event that stands in for it. */
  #meeting(copy: Copy, start: number, change: Event): void {
    const standIn = this.#standInsOf(copy).get(start);
    if (standIn) {
      this.#edit(standIn.id, change);
      return;
    }
    const master = this.#store.stored.get(seriesEventId(copy))!;
    const originalStart = this.#store.timeLike(master.fields.start!, start);
    const id = this.#store.instanceId(master, start, originalStart);
    const own = this.#store.stored.get(id)?.fields ?? {};
    this.#store.save(id, { ...own, ...change }, { series: master.id, originalStart });
  }

  #edit(id: string, change: Event): void {
    const known = this.#store.stored.get(id)!;
    this.#store.save(id, { ...known.fields, ...change }, known.of);
  }

  #allOf(series: string): Copy[] {
    return [...this.#store.stored.values()].flatMap((stored) => {
      const identity = whose(stored.id);
      const master = identity?.kind === 'series' && identity.series === series && !stored.of;
      return master && stored.fields.status !== 'cancelled' ? [this.#copyOf(stored)] : [];
    });
  }

  #copyOf(stored: Stored): Copy {
    const { series, copy } = whose(stored.id) as { series: string; copy: number };
    const shown = this.#store.shown(stored);
    const { rule, minutes, endsBefore } = ruleOf(shown, { zone: 'Europe/Berlin', everyWeeks: 1 });
    const exceptions = new Map<number, Single>();
    const deleted = new Set<number>();
    for (const exception of this.#store.exceptionsOf(stored.id)) {
      const start = minuteOf(exception.of!.originalStart, this.#store.zone);
      const event = this.#store.shown(exception);
      if (event.status === 'cancelled') deleted.add(start);
      else exceptions.set(start, this.#single(event));
    }
    for (const [start, standIn] of this.#standInsOf({ series, copy })) {
      deleted.delete(start);
      exceptions.set(start, this.#single(this.#store.shown(standIn)));
    }
    const text = { description: shown.description ?? '', plain: rule !== null };
    const made = {
      series,
      copy,
      rule: rule!,
      minutes,
      endsBefore,
      ...text,
      exceptions,
      deleted,
      version: stored.seq,
      touchedAt: 0,
    };
    this.#before.set(made, structuredClone(made));
    return made;
  }

  #standInsOf({ series, copy }: { series: string; copy: number }): Map<number, Stored> {
    const found = [...this.#store.stored.values()].flatMap((stored): [number, Stored][] => {
      const of = whose(stored.id);
      const ours = of?.kind === 'stand-in' && of.series === series && of.copy === copy;
      return ours && stored.fields.status !== 'cancelled' ? [[of.start, stored]] : [];
    });
    return new Map(found);
  }

  #separates(): Map<string, Separate> {
    const found = new Map<string, Separate>();
    for (const stored of this.#store.stored.values()) {
      const of = whose(stored.id);
      if (of?.kind !== 'separate' || stored.fields.status === 'cancelled') continue;
      found.set(of.tag, { ...this.#single(this.#store.shown(stored)), version: stored.seq, touchedAt: 0 });
    }
    return found;
  }

  #single({ start, end, description, attendees }: Event): Single {
    const slot = { start: minuteOf(start!, this.#store.zone), end: minuteOf(end!, this.#store.zone) };
    const status = attendees?.find(({ email }) => email === REP)?.responseStatus;
    const answers = status === 'declined' || status === 'accepted' ? status : 'none';
    return { slot, description: description ?? '', answers };
  }

  #times({ start, end }: Slot): Pick<Event, 'start' | 'end'> {
    const time = (minute: number) => ({
      dateTime: zoned(minute, 'UTC').toInstant().toString(),
      timeZone: 'UTC',
    });
    return { start: time(start), end: time(end) };
  }

  #eventOf({ series, copy, rule, minutes }: Omit<Copy, 'version' | 'touchedAt'>): Event {
    const block = { text: 'theirs', html: 'theirs' };
    const event = { title: series, block, url: '', invitation: INVITATION, rule, minutes, endsBefore: null };
    const organizer = { email: this.#store.owner, self: true };
    const { id: _, ...fields } = newSeries({ kind: 'series', series, copy }, event);
    return { ...fields, status: 'confirmed', organizer };
  }
}

function guest(answers: RepAnswer) {
  const responseStatus = answers === 'none' ? 'needsAction' : answers;
  return { email: REP, responseStatus };
}
