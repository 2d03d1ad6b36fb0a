import type { Minute } from '../../src/domain/minute.ts';
import type { RepAnswer } from '../../src/domain/observation.ts';
import { slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';
import type { Copy, EventBook, Single } from './event-book.ts';
import { seriesOfTag } from './event-book.ts';

/** What people do in their own calendar client with the events of one series. Starts are those of the rule. */
export class Organiser {
  private readonly book: EventBook;
  private readonly series: string;

  constructor(book: EventBook, series: string) {
    this.book = book;
    this.series = series;
  }

  deleteOccurrence(start: Minute): void {
    this.#change((copy) => {
      copy.exceptions.delete(start);
      copy.deleted.add(start);
    });
  }

  deleteSeries(): void {
    this.book.remove(this.#copy());
  }

  deleteThisAndFollowing(start: Minute): void {
    this.#change((copy) => {
      copy.endsBefore = start;
    });
  }

  drag(start: Minute, to: Minute): void {
    this.#change((copy) => {
      const exception = this.book.exceptionOf(copy, start);
      // Nobody resets the rep's answer: a server may, many do not.
      exception.slot = slotAt(to, exception.slot.end - exception.slot.start);
    });
  }

  dragSeries(rule: WeeklyRule): void {
    this.#change((copy) => this.book.rerule(copy, rule));
  }

  /** Every other week, twice a week, for three times: anything but one meeting each period. */
  breakRule(): void {
    this.#change((copy) => {
      copy.plain = false;
    });
  }

  setMinutes(minutes: number, start: Minute | null = null): void {
    this.#change((copy) => {
      if (start === null) copy.minutes = minutes;
      else {
        const exception = this.book.exceptionOf(copy, start);
        exception.slot = slotAt(exception.slot.start, minutes);
      }
    });
  }

  /** @param edit what becomes of the event's text */
  editText(edit: (description: string) => string, start: Minute | null = null): void {
    this.#change((copy) => {
      const event = start === null ? copy : this.book.exceptionOf(copy, start);
      event.description = edit(event.description);
    });
  }

  /** The rep's answer, as the organiser's calendar shows it. */
  answer(start: Minute, answers: RepAnswer): void {
    this.#change((copy) => {
      this.book.exceptionOf(copy, start).answers = answers;
    });
  }

  /** Takes the rep off the guests of one meeting, or of the whole series. */
  takeRepOff(start: Minute | null = null): void {
    this.#change((copy) => {
      const event = start === null ? copy : this.book.exceptionOf(copy, start);
      event.uninvited = true;
    });
  }

  answerSeparate(tag: string, answers: RepAnswer): void {
    this.book.separate.get(tag)!.answers = answers;
    this.book.journal.push(seriesOfTag(tag));
  }

  deleteSeparate(tag: string): void {
    if (this.book.separate.delete(tag)) this.book.journal.push(seriesOfTag(tag));
  }

  dragSeparate(tag: string, to: Minute): void {
    const event = this.book.separate.get(tag)!;
    event.slot = slotAt(to, event.slot.end - event.slot.start);
    this.book.changed(event, this.series);
    event.touchedAt = event.version;
  }

  /** An appointment of their own. */
  takeTime(id: string, slot: Slot): void {
    this.book.foreign.set(id, slot);
    this.book.journal.push('');
  }

  giveTimeBack(id: string): void {
    if (this.book.foreign.delete(id)) this.book.journal.push('');
  }

  event(start: Minute): Single | undefined {
    const copy = this.#copy();
    if (copy.deleted.has(start)) return undefined;
    return (
      copy.exceptions.get(start) ?? {
        slot: slotAt(start, copy.minutes),
        description: copy.description,
        answers: 'none',
      }
    );
  }

  get text(): string {
    return this.#copy().description;
  }

  get stands(): boolean {
    return this.book.newest(this.series) !== undefined;
  }

  #copy(): Copy {
    const copy = this.book.newest(this.series);
    if (!copy) throw new Error('no copy of the series stands in the calendar');
    return copy;
  }

  #change(act: (copy: Copy) => void): void {
    const copy = this.#copy();
    act(copy);
    this.book.changed(copy, this.series);
    copy.touchedAt = copy.version;
  }
}
