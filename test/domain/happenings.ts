import fc from 'fast-check';
import { HOUR, minuteFromIso } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { slotAt, within } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import type { PlanModel } from '../support/plan-model.ts';

export const NOW = minuteFromIso('2026-11-20T08:00Z');

/** One thing that happens, about the n-th open meeting that is still to come. */
export type Happening = About | Elsewhere;
type About =
  | {
      readonly kind: 'delete' | 'decline' | 'auto-decline' | 'cannot' | 'excuse' | 'cut';
      readonly n: number;
    }
  | { readonly kind: 'drag'; readonly n: number; readonly by: number };
type Elsewhere =
  | { readonly kind: 'delete series' }
  | { readonly kind: 'lose agenda' }
  | { readonly kind: 'busy'; readonly at: number; readonly hours: number }
  | { readonly kind: 'drag series'; readonly days: number; readonly minutes: number }
  | { readonly kind: 'wait'; readonly hours: number };

const n = fc.integer({ min: 0, max: 4 });
export const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delete' as const, 'decline', 'auto-decline', 'cannot', 'excuse', 'cut'),
    n,
  }),
  fc.record({
    kind: fc.constant('drag' as const),
    n,
    by: fc.integer({ min: -40, max: 40 }).map((q) => q * 3 * HOUR + 30),
  }),
  fc.constant({ kind: 'delete series' as const }),
  fc.constant({ kind: 'lose agenda' as const }),
  fc.record({
    kind: fc.constant('busy' as const),
    at: fc.integer({ min: 0, max: 28 * 24 }),
    hours: fc.integer({ min: 1, max: 120 }),
  }),
  fc.record({
    kind: fc.constant('drag series' as const),
    days: fc.integer({ min: -2, max: 2 }),
    minutes: fc.integer({ min: -8, max: 8 }).map((q) => q * 15),
  }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 200 }) }),
);
export const history = fc.array(happening, { minLength: 1, maxLength: 8 });

function upcoming(model: PlanModel): Occurrence[] {
  const { facts, now } = model;
  return facts.occurrences.filter((o) => isOpen(o) && o.asks === null && o.slot.start > now);
}

export function startIn(model: PlanModel, o: Occurrence): number {
  return startInWeek(model.facts.placed!.rule, o.week)!;
}

/** @returns how many cancel acts that was, where it can be said in advance */
export function happen(model: PlanModel, what: Happening, serial: number): number | null {
  if (what.kind === 'busy') {
    const start = NOW + what.at * HOUR;
    model.busy.push({ start, end: start + what.hours * HOUR });
    return 0;
  }
  if (what.kind === 'wait') {
    model.now += what.hours * HOUR;
    return 0;
  }
  // While the whole series is asked about, there may be nothing left to act on, and what is said waits.
  if (model.facts.asks !== null) return 0;
  if (what.kind === 'delete series') {
    model.organiser.deleteSeries();
    return null;
  }
  if (what.kind === 'lose agenda') {
    model.organiser.editText(() => 'nothing left');
    return 0;
  }
  if (what.kind === 'drag series') return dragSeries(model, what.days, what.minutes);
  return happenTo(model, what, serial);
}

function dragSeries(model: PlanModel, days: number, minutes: number): number {
  const { rule } = model.facts.placed!;
  const firstDay = rule.firstDay + days;
  const weekday = ((((firstDay + 3) % 7) + 7) % 7) + 1;
  if (weekday > 5 || Math.floor(firstDay / 7) < 0) return 0;
  const dragged = {
    ...rule,
    firstDay,
    weekday: weekday as 1,
    minuteOfDay: Math.max(0, rule.minuteOfDay + minutes),
  };
  model.organiser.dragSeries(dragged);
  return 0;
}

function happenTo(model: PlanModel, what: About, serial: number): number | null {
  const o = upcoming(model)[what.n];
  if (!o) return 0;
  const start = startIn(model, o);
  switch (what.kind) {
    case 'delete':
      model.organiser.deleteOccurrence(start);
      return 1;
    case 'decline':
    case 'auto-decline':
      model.organiser.answer(start, what.kind === 'decline' ? 'declined' : 'declined automatically');
      return 0;
    case 'cut':
      model.organiser.deleteThisAndFollowing(start);
      return null;
    case 'drag': {
      const to = slotAt(o.slot.start + what.by, 30);
      if (to.start <= model.now + HOUR) return 0;
      model.organiser.drag(start, to.start);
      return within(to, o.week) ? 0 : 1;
    }
    default:
      return sayAbout(model, o, what.kind, serial);
  }
}

function sayAbout(model: PlanModel, o: Occurrence, kind: 'cannot' | 'excuse', serial: number): number {
  const about = { id: `act-${serial}`, at: model.now, by: 'rep' as const, on: keyOf(o) };
  const act =
    kind === 'cannot'
      ? { ...about, kind: 'cannot-make-it' as const, category: 'busy' }
      : { ...about, kind: 'excuse' as const, excuse: 'sick' as const };
  model.facts = { ...model.facts, acts: [...model.facts.acts, act] };
  return kind === 'cannot' ? 1 : 0;
}
