import { agendaBlock } from './agenda/agenda.ts';
import type { AgendaBlock } from './agenda/agenda.ts';
import { meaningOf } from './agenda/splice.ts';
import { recoveryTag } from './compare.ts';
import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import type { Seen, SeenEvent, SeenSeries } from './observation.ts';
import { isOpen, keyOf } from './occurrence.ts';
import type { Occurrence, OccurrenceKey } from './occurrence.ts';
import { sameSlot } from './slot.ts';
import type { Slot } from './slot.ts';
import { ofMeeting, ofSeries, uninvited } from './uninvited.ts';
import { sameRule, startInWeek, startOf } from './weekly.ts';
import type { WeeklyRule } from './weekly.ts';

/** One thing to make true in the calendar. `version` is what the write must still find; null creates. */
export type Write =
  | {
      readonly write: 'series';
      readonly rule: WeeklyRule;
      readonly endsBefore: Minute | null;
      readonly block: AgendaBlock;
      readonly version: string | null;
      /** The rep is missing among its guests. */
      readonly putsRepBack?: boolean;
    }
  | { readonly write: 'withdraw series'; readonly copy: number }
  | {
      readonly write: 'occurrence';
      readonly key: OccurrenceKey;
      readonly start: Minute;
      readonly slot: Slot;
      readonly block: AgendaBlock;
      readonly putsRepBack?: boolean;
    }
  | { readonly write: 'withdraw occurrence'; readonly key: OccurrenceKey; readonly start: Minute }
  | {
      readonly write: 'separate';
      readonly second: OccurrenceKey;
      readonly tag: string;
      readonly slot: Slot;
      readonly block: AgendaBlock;
      readonly version: string | null;
    }
  | { readonly write: 'withdraw separate'; readonly second: OccurrenceKey; readonly tag: string };

type Complete = Extract<Seen, { kind: 'complete' }>;

/** @param link the public address of a series' page */
export function writesFor(facts: Facts, seen: Complete, now: Minute, link: string): Write[] {
  const series = seriesWrite(facts, seen.series, link);
  // Occurrences are written once the series stands as it should: only then are its instances the ones we mean.
  const each = series ? [] : eachWrite(facts, seen, now, link);
  const strays = (seen.strays ?? []).map((copy): Write => ({ write: 'withdraw series', copy }));
  return [...strays, ...(series ? [series] : []), ...each, ...separateWrites(facts, seen, now, link)];
}

function seriesWrite(facts: Facts, seen: SeenSeries, link: string): Write | null {
  const { series, placed } = facts;
  const rule = placed?.rule ?? series.rule;
  const block = agendaBlock(series.format, null, link);
  if (seen.kind === 'gone') {
    if (series.endedAt !== null) return null;
    return { write: 'series', rule: series.rule, endsBefore: null, block, version: null };
  }
  // A rule that ends before its first meeting still shows that one in many clients.
  if (series.endedAt !== null && series.endedAt <= startOf(rule, 0)) {
    return { write: 'withdraw series', copy: series.copy };
  }
  const putsRepBack = seen.repInvited === false && uninvited(facts.occurrences, ofSeries(facts)) === 'owed';
  const right =
    !putsRepBack &&
    seen.rule !== null &&
    sameRule(seen.rule, rule) &&
    seen.minutes === series.minutes &&
    seen.endsBefore === series.endedAt &&
    seen.agenda.kind === 'present' &&
    seen.agenda.meaning === meaningOf(block.text);
  return right
    ? null
    : {
        write: 'series',
        rule,
        endsBefore: series.endedAt,
        block,
        version: seen.version,
        ...(putsRepBack && { putsRepBack }),
      };
}

function eachWrite(facts: Facts, seen: Complete, now: Minute, link: string): Write[] {
  const rule = facts.placed?.rule ?? facts.series.rule;
  return facts.occurrences.flatMap((o): Write[] => {
    const start = startInWeek(rule, o.week);
    const event = start === null ? undefined : seen.occurrences.get(start);
    if (start === null || !event || o.asks !== null) return [];
    if (isOpen(o)) return o.slot.start > now ? occurrenceWrite(facts, o, start, event, link) : [];
    const stands = event.kind === 'stands' && event.slot.start > now;
    // What we took away and a person put back is theirs.
    if (!stands || !isGivenUp(o) || o.placed?.how === 'withdrawn') return [];
    return [{ write: 'withdraw occurrence', key: keyOf(o), start }];
  });
}

/** Whether the week's event is to be taken out of the calendar. */
export function isGivenUp(o: Occurrence): boolean {
  // After the pair's end the series itself stops.
  return (o.state === 'excused' && o.excuse !== 'pair_ended') || o.state.startsWith('cancelled_');
}

function occurrenceWrite(
  facts: Facts,
  o: Occurrence,
  start: Minute,
  event: SeenEvent,
  link: string,
): Write[] {
  const stands = event.kind === 'stands' && sameSlot(event.slot, o.slot);
  if (stands && !event.own) return [];
  const block = agendaBlock(facts.series.format, o.because, link);
  const putsRepBack =
    event.kind === 'stands' && event.repInvited === false && uninvited([o], ofMeeting(o)) === 'owed';
  const what = { key: keyOf(o), start, slot: o.slot, block };
  const write: Write = { write: 'occurrence', ...what, ...(putsRepBack && { putsRepBack }) };
  if (!stands) return [write];
  const right = event.agenda.kind === 'present' && event.agenda.meaning === meaningOf(block.text);
  return right && !putsRepBack ? [] : [write];
}

function separateWrites(facts: Facts, seen: Complete, now: Minute, link: string): Write[] {
  return facts.recoveries.flatMap((recovery): Write[] => {
    const tag = recoveryTag(facts.series.id, recovery);
    const event = seen.separate.get(tag);
    if (!event) return [];
    const slot = recovery.is?.kind === 'separate' ? recovery.is.slot : null;
    if (recovery.state !== 'booked' || !slot) {
      const stray = event.kind === 'stands' && event.slot.start > now && recovery.state === 'due';
      return stray ? [{ write: 'withdraw separate', second: recovery.second, tag }] : [];
    }
    if (slot.start <= now) return [];
    const block = agendaBlock(facts.series.format, recovery.because, link);
    const version = event.kind === 'stands' ? event.version : null;
    const right =
      event.kind === 'stands' &&
      sameSlot(event.slot, slot) &&
      event.agenda.kind === 'present' &&
      event.agenda.meaning === meaningOf(block.text);
    return right ? [] : [{ write: 'separate', second: recovery.second, tag, slot, block, version }];
  });
}
