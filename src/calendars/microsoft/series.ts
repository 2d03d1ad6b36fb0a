import { createHash } from 'node:crypto';
import type { Event } from '@microsoft/microsoft-graph-types';
import { DAY, dayOf, dayToIso, minuteFromIso } from '../../domain/minute.ts';
import type { Minute, Weekday } from '../../domain/minute.ts';
import { slotAt } from '../../domain/slot.ts';
import type { Slot } from '../../domain/slot.ts';
import { ruleWall, sameWeek } from '../icalendar/rule.ts';
import { agendaIn, meaningIn } from './body.ts';
import type { Held } from './holdings.ts';
import type { SeenRule } from './rule.ts';
import { dateIn, slotOf } from './times.ts';

/** A series as it was read: the master by its id, and what stands in for occurrences that it cannot hold. */
export interface ReadSeries {
  readonly master: Held['event'];
  readonly rep: string;
  readonly seen: SeenRule;
  /** The zone in which Outlook names occurrences by their date. */
  readonly zone: string;
  /** Dates that were taken out; nothing brings them back. */
  readonly cancelled: ReadonlySet<string>;
  /** By the date that the rule gives them. */
  readonly exceptions: ReadonlyMap<string, Event>;
  /** By the start that the rule gave them when they were made. */
  readonly standIns: ReadonlyMap<Minute, Event>;
  /** Original starts around those that were asked for, where the rule is not a plain weekly one any more. */
  readonly expanded: readonly Minute[];
  readonly firstWeekday: Weekday | undefined;
}

/** One occurrence: its instance in the series, and the event that stands in for it. Often both are null. */
export interface Standing {
  /** What the series' own rule has in that week. */
  readonly own: Minute;
  readonly date: string;
  readonly instance:
    | { readonly kind: 'plain'; readonly slot: Slot }
    | { readonly kind: 'exception'; readonly event: Event; readonly slot: Slot }
    | null;
  readonly standIn: Event | null;
}

/** @returns null where the series has no meeting of its own in that week, nor ever had */
export function standingAt(series: ReadSeries, start: Minute): Standing | null {
  const { seen, zone, cancelled, exceptions } = series;
  const own = ownStart(series, start);
  const standIn = standInFor(series, start);
  if (own === null) return standIn && { own: start, date: dateIn(zone, start), instance: null, standIn };
  const date = dateOf(series, own);
  const exception = exceptions.get(date);
  const plain = { kind: 'plain' as const, slot: slotAt(own, seen.minutes) };
  const stands = exception
    ? { kind: 'exception' as const, event: exception, slot: slotOf(exception) }
    : plain;
  const over = seen.endsBefore !== null && own >= seen.endsBefore;
  return { own, date, instance: over || cancelled.has(date) ? null : stands, standIn };
}

/** The date by which Outlook names the occurrence of a start. */
export function dateOf({ seen, zone }: Pick<ReadSeries, 'seen' | 'zone'>, own: Minute): string {
  return seen.rule ? dayToIso(dayOf(ruleWall(seen.rule, own))) : dateIn(zone, own);
}

/**
 * What everything that a write could go over came down to. Answers and markup are left out: they change by
 * themselves, and every one of them gives the event another change key.
 */
export function versionOf({ master, cancelled, exceptions, standIns }: ReadSeries): string {
  const { recurrence } = master;
  return digest([
    [recurrence?.pattern, recurrence?.range, ...facts(master)],
    [...cancelled].toSorted(),
    [...exceptions].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([date, event]) => [date, ...facts(event)]),
    [...standIns].toSorted(([a], [b]) => a - b).map(([start, event]) => [start, ...facts(event)]),
  ]);
}

export function versionOfOne(event: Event): string {
  return digest(facts(event));
}

export function agendaOf(event: Event) {
  return agendaIn(event.body?.content ?? '');
}

/** When an exception would have begun; Outlook tells it in UTC. */
export function originalStart(event: Event): Minute | null {
  return event.originalStart ? minuteFromIso(event.originalStart) : null;
}

function ownStart({ seen, expanded, firstWeekday }: ReadSeries, start: Minute): Minute | null {
  if (seen.rule) return sameWeek(seen.rule, start, firstWeekday);
  if (expanded.includes(start)) return start;
  const near = expanded.filter((other) => Math.abs(other - start) < 3.5 * DAY);
  return near.length === 1 ? near[0]! : null;
}

// A person may have moved the anchor since the stand-in was made: then the week tells which one is meant.
function standInFor({ seen, standIns, firstWeekday }: ReadSeries, start: Minute): Event | null {
  const exact = standIns.get(start);
  if (exact || !seen.rule) return exact ?? null;
  const week = sameWeek(seen.rule, start, firstWeekday);
  for (const [made, event] of standIns) {
    if (week !== null && sameWeek(seen.rule, made, firstWeekday) === week) return event;
  }
  return null;
}

function facts(event: Event): unknown[] {
  const { start, end } = slotOf(event);
  return [start, end, event.isCancelled === true, meaningIn(event.body?.content ?? '')];
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
