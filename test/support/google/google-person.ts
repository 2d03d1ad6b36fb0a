import ICAL from 'ical.js';
import type { Invited, Person } from '../../contract/world.ts';
import type { Wall } from '../calendar-client.ts';
import { minutesLong } from './expand.ts';
import type { Event, Stored } from './event-store.ts';
import type { GoogleFake } from './google-fake.ts';
import { importedEvent } from './import-ics.ts';
import { atWall, minuteOf, zoned } from './times.ts';

/** The owner of a calendar at Google's own pages: edits what is stored, without any of the product's code. */
export class GooglePerson implements Person {
  constructor(
    private readonly fake: GoogleFake,
    private readonly email: string,
  ) {}

  async titles(): Promise<string[]> {
    return this.#standing()
      .map(({ fields }) => fields.summary!)
      .sort();
  }

  async invitation(title: string): Promise<Invited> {
    const { organizer, attendees = [], description } = this.#store.shown(this.#find(title));
    const guests = attendees.map(({ email, responseStatus }) => {
      return { email: email!, hasAnswered: responseStatus !== 'needsAction' };
    });
    return { organiser: organizer!.email!, guests, html: description ?? '' };
  }

  async notes(title: string, at: Wall | null): Promise<string> {
    return this.event(title, at).description ?? '';
  }

  async editNotes(title: string, at: Wall | null, change: (notes: string) => string): Promise<void> {
    this.edit(title, at, { description: change(await this.notes(title, at)) });
  }

  async add(name: string, ics: string): Promise<void> {
    const id = `imported${Buffer.from(name).toString('hex')}`;
    this.#save(id, importedEvent(ICAL.Component.fromString(ics), this.email, this.#store.zone));
  }

  async deleteEvent(title: string): Promise<void> {
    this.edit(title, null, { status: 'cancelled' });
  }

  async deleteOccurrence(title: string, at: Wall): Promise<void> {
    this.edit(title, at, { status: 'cancelled' });
  }

  async deleteThisAndFollowing(title: string, at: Wall): Promise<void> {
    const { fields } = this.#find(title);
    const last = zoned(this.#start(title, at), 'UTC').subtract({ seconds: 1 });
    const until = last.toInstant().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
    const recurrence = fields.recurrence!.map((line) => line.replace(/;?(UNTIL|COUNT)=[^;]*/g, ''));
    this.edit(title, null, {
      recurrence: recurrence.map((line) => (line.startsWith('RRULE') ? `${line};UNTIL=${until}` : line)),
    });
  }

  async splitAt(title: string, at: Wall, to: Wall, rrule: string): Promise<void> {
    const master = this.#find(title);
    const start = atWall(to, this.#zoneOf(master));
    const long = minutesLong(master.fields, this.#store.zone);
    await this.deleteThisAndFollowing(title, at);
    const stamp = this.#store.instanceId(master, this.#start(title, at), {}).split('_')[1]!;
    this.#save(`${master.id}_R${stamp.slice(0, 15)}`, {
      ...master.fields,
      recurrence: [`RRULE:${rrule}`],
      start: this.#store.timeLike(master.fields.start!, start),
      end: this.#store.timeLike(master.fields.end!, start + long),
    });
  }

  async drag(title: string, at: Wall, to: Wall, minutes = 30): Promise<void> {
    const master = this.#find(title);
    const start = atWall(to, this.#zoneOf(master));
    const { attendees } = this.event(title, at);
    this.edit(title, at, {
      start: this.#store.timeLike(master.fields.start!, start),
      end: this.#store.timeLike(master.fields.end!, start + minutes),
      ...(attendees
        ? { attendees: attendees.map((one) => ({ ...one, responseStatus: 'needsAction' })) }
        : {}),
    });
  }

  async dragSeries(title: string, first: Wall, rrule: string, minutes = 30): Promise<void> {
    const master = this.#find(title);
    const start = atWall(first, this.#zoneOf(master));
    for (const { id } of this.#store.exceptionsOf(master.id)) this.#store.stored.delete(id);
    this.edit(title, null, {
      recurrence: [`RRULE:${rrule}`],
      start: this.#store.timeLike(master.fields.start!, start),
      end: this.#store.timeLike(master.fields.end!, start + minutes),
    });
  }

  async stretch(title: string, at: Wall | null, minutes: number): Promise<void> {
    const { start } = this.event(title, at);
    const end = this.#store.timeLike(start!, minuteOf(start!, this.#store.zone) + minutes);
    this.edit(title, at, { end });
  }

  async answer(title: string, at: Wall, email: string, partstat: string, comment?: string): Promise<void> {
    const { attendees = [] } = this.event(title, at);
    const responseStatus = partstat.toLowerCase();
    const said = { responseStatus, ...(comment ? { comment } : {}) };
    this.edit(title, at, {
      attendees: attendees.map((one) => (one.email === email ? { ...one, ...said } : one)),
    });
  }

  /** Any other edit of the series or, where `at` is given, of one occurrence. */
  edit(title: string, at: Wall | null, change: Event): void {
    const master = this.#find(title);
    if (at === null) {
      this.#save(master.id, { ...master.fields, ...change });
      return;
    }
    const { id, originalStartTime } = this.event(title, at);
    const own = this.#store.stored.get(id!)?.fields ?? {};
    const of = { series: master.id, originalStart: originalStartTime! };
    this.#save(id!, { ...own, ...change }, of);
  }

  /** Any edit of an event by its id, deleted ones included: what the bin and the event's own page can do. */
  change(id: string, change: Event): void {
    const known = this.#store.stored.get(id)!;
    this.#save(id, { ...known.fields, ...change }, known.of);
  }

  /** Deletes the series and leaves alone what has the same title. */
  deleteMaster(title: string): void {
    const master = this.#standing().find(({ fields }) => fields.summary === title && fields.recurrence)!;
    this.change(master.id, { status: 'cancelled' });
  }

  /** Another calendar has the event from now on; a bare stub stays behind. */
  handOver(title: string): void {
    const { id } = this.#find(title);
    for (const exception of this.#store.exceptionsOf(id)) this.#store.stored.delete(exception.id);
    this.#store.save(id, { status: 'cancelled' });
  }

  event(title: string, at: Wall | null): Event {
    const master = this.#find(title);
    if (at === null) return this.#store.shown(master);
    const start = this.#start(title, at);
    const found = this.#store.find(this.#store.instanceId(master, start, {}));
    if (!found) throw new Error(`nothing of ${title} at ${at}`);
    return found;
  }

  #save(id: string, fields: Event, of: Stored['of'] = null): void {
    const placed = { status: 'confirmed', organizer: { email: this.email, self: true }, ...fields };
    this.#store.save(id, of ? fields : placed, of);
    this.fake.watches.changed(this.#store.id);
  }

  get #store() {
    return this.fake.calendars.get(this.email)!.store;
  }

  #find(title: string): Stored {
    const found = this.#standing().find(({ fields }) => fields.summary === title);
    if (!found) throw new Error(`no event called ${title}`);
    return found;
  }

  #standing(): Stored[] {
    return [...this.#store.stored.values()].filter(({ of, fields }) => !of && fields.status !== 'cancelled');
  }

  #zoneOf({ fields }: Stored): string {
    return fields.start!.timeZone ?? this.#store.zone;
  }

  #start(title: string, at: Wall): number {
    return atWall(at, this.#zoneOf(this.#find(title)));
  }
}
