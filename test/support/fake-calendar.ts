import { CalendarError } from '../../src/calendars/calendar-error.ts';
import { Calendar } from '../../src/calendars/calendar.ts';
import type {
  Changes,
  OccurrenceEvent,
  ReadRequest,
  SeriesEvent,
  SeriesRef,
  Written,
} from '../../src/calendars/calendar.ts';
import { readAgenda } from '../../src/domain/agenda/splice.ts';
import { packBusy } from '../../src/domain/find-slots.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Seen, SeenAgenda, SeenEvent, SeenSeries } from '../../src/domain/observation.ts';
import type { Busy } from '../../src/domain/person.ts';
import { overlaps, sameSlot, slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { sameRule, startsBetween } from '../../src/domain/weekly.ts';
import { EventBook, seriesOfTag, withBlock } from './event-book.ts';
import type { Copy, Single } from './event-book.ts';

/** How often each method was called: what an operation costs. */
export type Calls = Record<string, number>;

/** A calendar in memory that means what the port says, without any vendor's format. People act on `book`. */
export class FakeCalendar extends Calendar {
  readonly book = new EventBook();
  readonly calls: Calls = {};
  /** Writes that went over a person's change which the writer had not seen. */
  readonly clobbered: string[] = [];
  /** Off only to show that the tests see it: a server that forgets to check what a write must match. */
  checksVersions = true;

  override async read({ series, starts, separate }: ReadRequest): Promise<Seen> {
    this.count('read');
    const copy = series ? this.book.copy(series) : undefined;
    const same = copy?.plain && series && sameRule(copy.rule, series.rule);
    return {
      kind: 'complete',
      series: seenSeries(copy),
      occurrences: new Map(starts.map((start) => [start, same ? this.#occurrence(copy, start) : gone()])),
      separate: new Map(separate.map((tag) => [tag, this.#separate(tag)])),
    };
  }

  override async placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null): Promise<Written> {
    this.count('placeSeries');
    const copy = this.book.copy(ref);
    if (!copy) {
      if (version !== null) throw conflict();
      return written(this.#createSeries(ref, event));
    }
    // What stands already was left by an earlier call whose answer was lost.
    if (version === null) return written(copy);
    this.#check(copy, version, 'series');
    if (!copy.plain || !sameRule(copy.rule, event.rule)) this.book.rerule(copy, event.rule);
    copy.minutes = event.minutes;
    copy.endsBefore = event.endsBefore;
    if (event.putsRepBack) copy.uninvited = false;
    copy.description = withBlock(copy.description, event.block.text);
    this.book.changed(copy, ref.series);
    return written(copy);
  }

  override async withdrawSeries(ref: SeriesRef): Promise<void> {
    this.count('withdrawSeries');
    const copy = this.book.copy(ref);
    if (copy) this.book.remove(copy);
  }

  override async placeOccurrence(
    ref: SeriesRef,
    start: Minute,
    event: OccurrenceEvent,
    version: string,
  ): Promise<Written> {
    this.count('placeOccurrence');
    const copy = this.#mustStand(ref, version);
    const exception = this.book.exceptionOf(copy, start);
    if (!sameSlot(exception.slot, event.slot)) exception.answers = 'none';
    exception.slot = event.slot;
    if (event.putsRepBack) exception.uninvited = false;
    exception.description = withBlock(exception.description, event.block.text);
    copy.deleted.delete(start);
    this.book.changed(copy, ref.series);
    return written(copy);
  }

  override async withdrawOccurrence(ref: SeriesRef, start: Minute, version: string): Promise<Written> {
    this.count('withdrawOccurrence');
    const copy = this.#mustStand(ref, version);
    copy.exceptions.delete(start);
    copy.deleted.add(start);
    this.book.changed(copy, ref.series);
    return written(copy);
  }

  override async placeSeparate(
    tag: string,
    event: OccurrenceEvent,
    version: string | null,
  ): Promise<Written> {
    this.count('placeSeparate');
    const known = this.book.separate.get(tag);
    if (!known) {
      if (version !== null) throw conflict();
      const description = withBlock('', event.block.text);
      const made = { slot: event.slot, description, answers: 'none' as const, version: 0, touchedAt: 0 };
      this.book.separate.set(tag, made);
      this.book.changed(made, seriesOfTag(tag));
      return written(made);
    }
    if (version === null && sameSlot(known.slot, event.slot)) return written(known);
    this.#check(known, version ?? '0', 'separate');
    known.slot = event.slot;
    known.description = withBlock(known.description, event.block.text);
    this.book.changed(known, seriesOfTag(tag));
    return written(known);
  }

  override async withdrawSeparate(tag: string): Promise<void> {
    this.count('withdrawSeparate');
    if (this.book.separate.delete(tag)) this.book.journal.push(seriesOfTag(tag));
  }

  override async busy(
    window: Slot,
    except: { readonly series: string | null; readonly tags: readonly string[] },
  ): Promise<Busy> {
    this.count('busy');
    const slots = [...this.book.foreign.values()];
    for (const copy of this.book.copies.values()) {
      if (copy.series === except.series) continue;
      slots.push(...this.book.livingIn(copy, window).map(({ slot }) => slot));
    }
    for (const [tag, { slot }] of this.book.separate) if (!except.tags.includes(tag)) slots.push(slot);
    return packBusy(slots.filter((slot) => overlaps(slot, window)));
  }

  override async changes(cursor: string | null): Promise<Changes> {
    this.count('changes');
    const { journal } = this.book;
    const next = `after ${journal.length}`;
    const from = cursor === null ? NaN : Number(/^after (\d+)$/.exec(cursor)?.[1]);
    if (!(from <= journal.length)) return { kind: 'everything', cursor: next };
    const since = journal.slice(from);
    const series = [...new Set(since)].filter((id) => id !== '');
    return { kind: 'since', series, busyChanged: since.length > 0, cursor: next };
  }

  override async standing(refs: readonly SeriesRef[]): Promise<readonly SeriesRef[]> {
    this.count('standing');
    return refs.filter((ref) => this.book.copy(ref));
  }

  protected count(method: string): void {
    this.calls[method] = (this.calls[method] ?? 0) + 1;
  }

  #createSeries(ref: SeriesRef, event: SeriesEvent): Copy {
    const { rule, minutes, endsBefore } = event;
    const description = withBlock('', event.block.text);
    const parts = { rule, minutes, endsBefore, description, plain: true };
    return this.book.add({ ...ref, ...parts, exceptions: new Map(), deleted: new Set() });
  }

  #mustStand(ref: SeriesRef, version: string): Copy {
    const copy = this.book.copy(ref);
    if (!copy) throw conflict();
    this.#check(copy, version, 'occurrence');
    return copy;
  }

  #check(event: { version: number; touchedAt: number }, version: string, what: string): void {
    if (Number(version) === event.version) return;
    if (this.checksVersions) throw conflict();
    if (Number(version) < event.touchedAt) this.clobbered.push(what);
  }

  #occurrence(copy: Copy, start: Minute): SeenEvent {
    const exception = copy.exceptions.get(start);
    const ends = copy.endsBefore !== null && start >= copy.endsBefore;
    if (ends || copy.deleted.has(start) || startsBetween(copy.rule, start, start + 1).length === 0)
      return gone();
    if (exception) return seenEvent(exception, copy.version, true);
    const plain: Single = {
      slot: slotAt(start, copy.minutes),
      description: copy.description,
      answers: 'none',
    };
    return seenEvent(plain, copy.version, false);
  }

  #separate(tag: string): SeenEvent {
    const event = this.book.separate.get(tag);
    return event ? seenEvent(event, event.version, true) : gone();
  }
}

function seenSeries(copy: Copy | undefined): SeenSeries {
  if (!copy) return { kind: 'gone', proof: 'asked for by its identity: not there' };
  const { version, rule, plain, minutes, endsBefore, description } = copy;
  const agenda = agendaOf(description);
  const seen = { rule: plain ? rule : null, minutes, endsBefore, agenda, repInvited: !copy.uninvited };
  return { kind: 'stands', version: String(version), ...seen };
}

function seenEvent(
  { slot, description, answers, uninvited }: Single,
  version: number,
  own: boolean,
): SeenEvent {
  const agenda = agendaOf(description);
  return {
    kind: 'stands',
    version: String(version),
    slot,
    agenda,
    repAnswers: answers,
    repInvited: !uninvited,
    own,
  };
}

let lastRead: { readonly description: string; readonly agenda: SeenAgenda } | null = null;

/** The meetings of a series share one text, which need not be read twelve times. */
function agendaOf(description: string): SeenAgenda {
  if (lastRead?.description !== description) lastRead = { description, agenda: readAgenda(description) };
  return lastRead.agenda;
}

function gone(): SeenEvent {
  return { kind: 'gone', proof: 'asked for by its identity: not there' };
}

function conflict(): CalendarError {
  return new CalendarError('Conflict', 'The event changed since it was read.');
}

function written({ version }: { version: number }): Written {
  return { version: String(version) };
}
