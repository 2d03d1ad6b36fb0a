import { minuteFromIso } from '../../src/domain/minute.ts';
import type { Minute } from '../../src/domain/minute.ts';
import { slotAt, within } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { workingWeekOf } from '../../src/domain/working-week.ts';
import type { Copy, Living } from '../support/event-book.ts';
import type { FakeCalendar } from '../support/fake-calendar.ts';
import { Organiser } from '../support/organiser.ts';
import { SERIES, slot } from '../support/world.ts';
import type { Scheduler } from './scheduler.ts';

const DAY = 1440;
const WEEK = { workingDays: [1, 2, 3, 4, 5] as const, holidays: [] };

/** What somebody just did, and what has to come of it when nothing else happens until the loop has settled. */
export interface Deed {
  readonly cancels: 0 | 1;
  /** Where the meeting of a week was put, which is theirs to say. */
  readonly stands?: { readonly start: Minute; readonly at: Slot };
  /** The event that it was done to. */
  readonly on: Living | null;
}

/** Somebody at the manager's calendar client, who sees events and knows nothing of the loop. */
export class Human {
  readonly notes: { readonly copy: Copy; readonly text: string }[] = [];
  /** Their own appointments, as they left them. */
  theirs: ReadonlyMap<string, Slot>;
  readonly #bin: Copy[] = [];
  readonly #organiser: Organiser;

  constructor(
    private readonly calendar: FakeCalendar,
    private readonly scheduler: Scheduler,
    private readonly now: () => Minute,
  ) {
    this.#organiser = new Organiser(calendar.book, SERIES);
    this.#organiser.takeTime('dentist', slot('2026-11-25T09:00Z', 60));
    this.theirs = new Map(calendar.book.foreign);
  }

  /** @returns null where nothing of the series stands */
  act(): Deed | null {
    if (this.scheduler.chance(0.3)) this.#actOnRecovery();
    if (this.scheduler.chance(0.25)) this.#goAway();
    const event = this.#nextEvent();
    if (!event) return null;
    const dice = this.scheduler.upTo(100);
    if (dice < 34) return this.#delete(event);
    if (dice < 44) return this.#deleteAll(event);
    if (dice < 50) return this.#cut(event);
    if (dice < 70) return this.#drag(event, this.scheduler.upTo(5) * DAY + this.scheduler.upTo(8) * 60);
    if (dice < 80) return this.#drag(event, (7 + this.scheduler.upTo(5)) * DAY);
    if (dice < 86) return this.#decline(event);
    if (dice < 92) return this.#writeNote();
    if (dice < 96) return this.#fetchBack();
    return this.#loseAgenda();
  }

  /** A recovery's own event may be deleted, dragged and declined as well. */
  #actOnRecovery(): void {
    if (!this.calendar.book.holdsAll) return;
    const [tag] = [...this.calendar.book.separate].find(([, { slot: at }]) => at.start > this.now()) ?? [];
    if (tag === undefined) return;
    const dice = this.scheduler.upTo(3);
    if (dice === 0) this.#organiser.deleteSeparate(tag);
    else if (dice === 1) this.#organiser.answerSeparate(tag, 'declined');
    else this.#organiser.dragSeparate(tag, this.now() + 60 + this.scheduler.upTo(72) * 60);
  }

  /** Is away for this week or the next, or comes back after all. */
  #goAway(): void {
    const { foreign, holdsAll } = this.calendar.book;
    if (!holdsAll) return;
    const start = workingWeekOf(WEEK, 'Europe/Berlin', this.now()).start + this.scheduler.upTo(2) * 7 * DAY;
    const id = `away ${start}`;
    if (foreign.has(id)) this.#organiser.giveTimeBack(id);
    else this.#organiser.takeTime(id, { start, end: start + 5 * DAY });
    this.theirs = new Map(foreign);
  }

  #nextEvent(): Living | undefined {
    const copy = this.calendar.book.newest(SERIES);
    const now = this.now();
    if (!copy) return undefined;
    const living = this.calendar.book.livingIn(copy, { start: now, end: now + 21 * DAY });
    return this.scheduler.pick(living.filter((e) => e.slot.start > now));
  }

  #delete(on: Living): Deed {
    this.#organiser.deleteOccurrence(on.start);
    return { cancels: 1, on };
  }

  #deleteAll(on: Living): Deed {
    this.#bin.push(this.calendar.book.newest(SERIES)!);
    this.#organiser.deleteSeries();
    return { cancels: 1, on };
  }

  /** Takes what was deleted once out of the calendar's bin again. */
  #fetchBack(): Deed {
    const copy = this.scheduler.pick(this.#bin);
    if (copy && !this.calendar.book.copy(copy)) this.calendar.book.add(copy);
    return { cancels: 0, on: null };
  }

  #cut(on: Living): Deed {
    this.#organiser.deleteThisAndFollowing(on.start);
    return { cancels: 1, on };
  }

  /** To so many minutes after the week's Monday at 08:00 UTC. */
  #drag(on: Living, after: number): Deed {
    const week = workingWeekOf(WEEK, 'Europe/Berlin', on.start);
    const monday = week.start - (week.start % DAY) + DAY + 8 * 60;
    const at = slotAt(Math.max(monday + after, this.now() + 15), 30);
    if (at.start === on.slot.start) return { cancels: 0, on: null };
    this.#organiser.drag(on.start, at.start);
    return within(at, week) ? { cancels: 0, on, stands: { start: on.start, at } } : { cancels: 1, on };
  }

  #decline(on: Living): Deed {
    this.#organiser.answer(on.start, 'declined');
    return { cancels: 0, on };
  }

  #writeNote(): Deed {
    const text = `note ${this.notes.length}`;
    this.#organiser.editText((description) => `${text}\n${description}`);
    this.notes.push({ copy: this.calendar.book.newest(SERIES)!, text });
    return { cancels: 0, on: null };
  }

  #loseAgenda(): Deed {
    this.#organiser.editText((description) => description.replace('~~ end', '~ end'));
    return { cancels: 0, on: null };
  }
}

export const BEGIN = minuteFromIso('2026-11-20T08:00Z');
