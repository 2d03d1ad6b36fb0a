import { splice } from '../../src/domain/agenda/splice.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { RepAnswer } from '../../src/domain/observation.ts';
import { overlaps, slotAt } from '../../src/domain/slot.ts';
import type { Slot } from '../../src/domain/slot.ts';
import { startOf, startsBetween } from '../../src/domain/weekly.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';

export interface Single {
  slot: Slot;
  description: string;
  answers: RepAnswer;
  /** The rep was taken off its guests. */
  uninvited?: boolean;
}

export interface Copy {
  readonly series: string;
  readonly copy: number;
  rule: WeeklyRule;
  /** False once somebody made it something else than one meeting each period. */
  plain: boolean;
  minutes: number;
  endsBefore: Minute | null;
  description: string;
  uninvited?: boolean;
  /** By the start that the rule gives them. */
  exceptions: Map<Minute, Single>;
  deleted: Set<Minute>;
  version: number;
  /** The version that a person's last change left. */
  touchedAt: number;
}

export type Separate = Single & { version: number; touchedAt: number };

/** One event that stands in the calendar because of a series. */
export interface Living {
  readonly of: 'series' | 'separate';
  readonly copy: number;
  readonly start: Minute;
  readonly slot: Slot;
}

/** What stands in a calendar, without any format: versions count every change, the journal names what changed. */
export class EventBook {
  /** Whether edits of appointments and separate events reach the calendar; a vendor's book shows the series alone. */
  readonly holdsAll: boolean = true;
  readonly copies = new Map<string, Copy>();
  readonly separate = new Map<string, Separate>();
  readonly foreign = new Map<string, Slot>();
  /** The series that each change was about, '' for anything else. */
  readonly journal: string[] = [];
  #version = 0;

  copy(ref: { series: string; copy: number }): Copy | undefined {
    return this.copies.get(`${ref.series}#${ref.copy}`);
  }

  newest(series: string): Copy | undefined {
    return [...this.copies.values()]
      .filter((c) => c.series === series)
      .toSorted((a, b) => b.copy - a.copy)[0];
  }

  add(copy: Omit<Copy, 'version' | 'touchedAt'>): Copy {
    const added = { ...copy, version: 0, touchedAt: 0 };
    this.copies.set(`${copy.series}#${copy.copy}`, added);
    this.changed(added, copy.series);
    return added;
  }

  remove(copy: Copy): void {
    this.copies.delete(`${copy.series}#${copy.copy}`);
    this.journal.push(copy.series);
  }

  changed(what: { version: number }, series: string): void {
    what.version = ++this.#version;
    this.journal.push(series);
  }

  /** The rule's starts in a window, without the deleted ones and those that moved. */
  plainStarts(copy: Copy, window: Slot): Minute[] {
    const end = Math.min(window.end, copy.endsBefore ?? Infinity);
    return startsBetween(copy.rule, window.start, end).filter(
      (start) => !copy.deleted.has(start) && !copy.exceptions.has(start),
    );
  }

  living(series: string, window: Slot): Living[] {
    const found: Living[] = [];
    for (const copy of this.copies.values()) {
      if (copy.series === series) found.push(...this.livingIn(copy, window));
    }
    for (const [tag, { slot }] of this.separate) {
      if (seriesOfTag(tag) === series) found.push({ of: 'separate', copy: 0, start: slot.start, slot });
    }
    return found.filter(({ slot }) => overlaps(slot, window));
  }

  livingIn(copy: Copy, window: Slot): Living[] {
    const of = 'series' as const;
    const plain = this.plainStarts(copy, window).map((start) => {
      return { of, copy: copy.copy, start, slot: slotAt(start, copy.minutes) };
    });
    const moved = [...copy.exceptions].filter(([start]) => start < (copy.endsBefore ?? Infinity));
    return [...plain, ...moved.map(([start, { slot }]) => ({ of, copy: copy.copy, start, slot }))];
  }

  exceptionOf(copy: Copy, start: Minute): Single {
    const known = copy.exceptions.get(start);
    if (known) return known;
    const made: Single = {
      slot: slotAt(start, copy.minutes),
      description: copy.description,
      answers: 'none',
    };
    copy.exceptions.set(start, made);
    return made;
  }

  /** Another rule for the same meetings: the n-th stays the n-th, with whatever was done to it. */
  rerule(copy: Copy, rule: WeeklyRule): void {
    const starts = new Map<Minute, Minute>();
    for (let n = 0; n < 260; n++) starts.set(startOf(copy.rule, n), startOf(rule, n));
    copy.exceptions = new Map([...copy.exceptions].map(([at, e]) => [starts.get(at) ?? at, e]));
    copy.deleted = new Set([...copy.deleted].map((at) => starts.get(at) ?? at));
    copy.rule = rule;
    copy.plain = true;
  }
}

export function withBlock(description: string, block: string): string {
  return splice(description, block);
}

export function seriesOfTag(tag: string): string {
  return tag.slice(0, tag.indexOf('/'));
}
