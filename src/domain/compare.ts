import type { Facts } from './facts.ts';
import type { Minute } from './minute.ts';
import type { Seen, SeenEvent, SeenSeries } from './observation.ts';
import { isOpen } from './occurrence.ts';
import type { CancelAct, Occurrence } from './occurrence.ts';
import type { Recovery } from './recovery.ts';
import { slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import { sameRule, startInWeek } from './weekly.ts';
import type { WeeklyRule } from './weekly.ts';

/** One way in which the calendar is not as it was last confirmed. Every one is a person's doing, or a fault's. */
export type Difference =
  | { readonly is: 'series deleted'; readonly proof: string }
  | { readonly is: 'series cut short'; readonly endsBefore: Minute }
  | { readonly is: 'series rule changed'; readonly rule: WeeklyRule | null }
  | { readonly is: 'series altered'; readonly what: 'agenda' | 'length' }
  /** Off the guests of one meeting; null: of the whole series. */
  | { readonly is: 'rep taken off'; readonly occurrence: Occurrence | null }
  | { readonly is: 'occurrence deleted'; readonly occurrence: Occurrence }
  | {
      readonly is: 'occurrence moved';
      readonly occurrence: Occurrence;
      readonly to: Slot;
      readonly declined: boolean;
    }
  | { readonly is: 'occurrence altered'; readonly occurrence: Occurrence; readonly what: 'agenda' | 'length' }
  | { readonly is: 'occurrence declined'; readonly occurrence: Occurrence; readonly automatically: boolean }
  | { readonly is: 'recovery deleted'; readonly recovery: Recovery }
  | { readonly is: 'recovery declined'; readonly recovery: Recovery }
  | { readonly is: 'recovery moved'; readonly recovery: Recovery; readonly to: Slot };

type Complete = Extract<Seen, { kind: 'complete' }>;
type Standing = Extract<SeenSeries, { kind: 'stands' }>;

/** The tag of a recovery's own event. */
export function recoveryTag(series: string, recovery: Pick<Recovery, 'second'>): string {
  return `${series}/recovery/${recovery.second}`;
}

/**
 * Placed against seen. What was never confirmed makes no difference: it is simply written. A series that is gone
 * is one difference, not one for each of its occurrences.
 */
export function compare(facts: Facts, seen: Complete, now: Minute): Difference[] {
  return [
    ...compareSeries(facts, seen.series),
    ...compareEach(facts, seen, now),
    ...compareRecoveries(facts, seen, now),
  ];
}

function compareSeries({ placed, series }: Facts, seen: SeenSeries): Difference[] {
  if (!placed || placed.copy !== series.copy) return [];
  if (seen.kind === 'gone')
    return series.endedAt === null ? [{ is: 'series deleted', proof: seen.proof }] : [];
  const differences: Difference[] = [];
  if (seen.rule === null || !sameRule(seen.rule, placed.rule)) {
    differences.push({ is: 'series rule changed', rule: seen.rule });
  }
  if (seen.endsBefore !== null && seen.endsBefore !== placed.endsBefore && series.endedAt === null) {
    differences.push({ is: 'series cut short', endsBefore: seen.endsBefore });
  }
  if (seen.agenda.kind === 'lost') differences.push({ is: 'series altered', what: 'agenda' });
  if (seen.minutes !== series.minutes) differences.push({ is: 'series altered', what: 'length' });
  if (seen.repInvited === false) differences.push({ is: 'rep taken off', occurrence: null });
  return differences;
}

function compareEach(facts: Facts, seen: Complete, now: Minute): Difference[] {
  const { placed, series } = facts;
  if (!placed || placed.copy !== series.copy || seen.series.kind === 'gone') return [];
  const { rule, endsBefore } = seen.series;
  // With another rule the instances are not the ones we placed; the rule's own difference comes first.
  if (rule === null || !sameRule(rule, placed.rule)) return [];
  return facts.occurrences.flatMap((occurrence) => {
    const start = startInWeek(placed.rule, occurrence.week);
    const event = start === null ? undefined : seen.occurrences.get(start);
    if (!isOpen(occurrence) || !occurrence.placed || !event || start === null) return [];
    if (endsBefore !== null && start >= endsBefore) return [];
    return compareOne(facts, occurrence, event, seen.series as Standing, now);
  });
}

function compareOne(
  facts: Facts,
  o: Occurrence,
  event: SeenEvent,
  series: Standing,
  now: Minute,
): Difference[] {
  if (event.kind === 'gone') {
    if (o.placed!.how === 'withdrawn' || wasTidiedUp(facts, o, now)) return [];
    return o.cancelActs.some((act) => act.evidence === deletion(o))
      ? []
      : [{ is: 'occurrence deleted', occurrence: o }];
  }
  const at = slotAt(event.slot.start, facts.series.minutes);
  // Past meetings stay as they are; somebody may still drag one back into the future.
  if (Math.max(event.slot.end, o.slot.end) <= now) return [];
  const differences: Difference[] = [];
  const moved =
    (event.slot.start !== o.placed!.slot.start && event.slot.start !== o.slot.start) || wasPutBack(o, event);
  const declined = event.repAnswers === 'declined' || event.repAnswers === 'declined automatically';
  if (moved) differences.push({ is: 'occurrence moved', occurrence: o, to: at, declined });
  // What has begun is not written any more, so it is no difference either.
  const isOurs = event.own && o.slot.start > now;
  if (isOurs && event.slot.end - event.slot.start !== facts.series.minutes) {
    differences.push({ is: 'occurrence altered', occurrence: o, what: 'length' });
  }
  if (isOurs && event.agenda.kind === 'lost' && series.agenda.kind === 'present') {
    differences.push({ is: 'occurrence altered', occurrence: o, what: 'agenda' });
  }
  if (isOurs && event.repInvited === false && series.repInvited !== false) {
    differences.push({ is: 'rep taken off', occurrence: o });
  }
  if (declined && !moved && !o.answered.includes(decline(o))) {
    const automatically = event.repAnswers === 'declined automatically';
    differences.push({ is: 'occurrence declined', occurrence: o, automatically });
  }
  return differences;
}

/** We stopped and asked after an act in the calendar, and somebody undid it by hand: that is their answer. */
function wasPutBack(o: Occurrence, event: Extract<SeenEvent, { kind: 'stands' }>): boolean {
  const lastAct = o.cancelActs.at(-1);
  return o.asks !== null && event.slot.start === o.slot.start && lastAct !== undefined && undid(lastAct, o);
}

/** A past event that was still seen standing after it began was tidied away, not cancelled. */
function wasTidiedUp(facts: Facts, o: Occurrence, now: Minute): boolean {
  const { start } = o.placed!.slot;
  return start <= now && facts.observedAt !== null && facts.observedAt >= start;
}

function compareRecoveries(facts: Facts, seen: Complete, now: Minute): Difference[] {
  return facts.recoveries.flatMap((recovery): Difference[] => {
    const event = seen.separate.get(recoveryTag(facts.series.id, recovery));
    if (recovery.state !== 'booked' || recovery.is?.kind !== 'separate' || !recovery.placed || !event)
      return [];
    if (recovery.placed.slot.end <= now) return [];
    if (event.kind === 'gone') {
      const known = recovery.placed.how === 'withdrawn' || recovery.answered.includes(deletion(recovery));
      return known ? [] : [{ is: 'recovery deleted', recovery }];
    }
    const { start } = event.slot;
    if (start === recovery.placed.slot.start || start === recovery.is.slot.start) {
      const asked = event.repAnswers === 'declined' && !recovery.answered.includes(decline(recovery));
      return asked ? [{ is: 'recovery declined', recovery }] : [];
    }
    return [{ is: 'recovery moved', recovery, to: slotAt(start, facts.series.minutes) }];
  });
}

/** Evidence names the confirmed write that an act undid: one act counts once, however often it is seen. */
export function deletion(of: Pick<Occurrence, 'placed'>): string {
  return `deleted:${of.placed?.number ?? 0}`;
}

/** Whether the act took away what our last confirmed write had left: what stands since then is another write. */
export function undid({ evidence }: CancelAct, of: Pick<Occurrence, 'placed'>): boolean {
  return evidence === deletion(of) || evidence.startsWith(`dragged:${of.placed?.number ?? 0}:`);
}

export function dragOut(of: Pick<Occurrence, 'placed'>, to: Slot): string {
  return `dragged:${of.placed?.number ?? 0}:${to.start}`;
}

export function decline(of: Pick<Occurrence, 'placed'>): string {
  return `declined:${of.placed?.number ?? 0}`;
}
