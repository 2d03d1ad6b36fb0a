import fc from 'fast-check';
import { recoveryTag } from '../../src/domain/compare.ts';
import { HOUR, minuteFromIso } from '../../src/domain/minute.ts';
import { isOpen, keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { plan } from '../../src/domain/plan.ts';
import { slotAt, within } from '../../src/domain/slot.ts';
import { startInWeek } from '../../src/domain/weekly.ts';
import { PlanModel } from '../support/plan-model.ts';
import { LINK, SERIES } from '../support/world.ts';

const NOW = minuteFromIso('2026-11-20T08:00Z');
const DAY = 1440;

/** One thing that happens, about the n-th open meeting that is still to come. */
type Happening = About | Elsewhere;
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
const happening: fc.Arbitrary<Happening> = fc.oneof(
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
const history = fc.array(happening, { minLength: 1, maxLength: 8 });

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);

function upcoming(model: PlanModel): Occurrence[] {
  const { facts, now } = model;
  return facts.occurrences.filter((o) => isOpen(o) && o.asks === null && o.slot.start > now);
}

function startIn(model: PlanModel, o: Occurrence): number {
  return startInWeek(model.facts.placed!.rule, o.week)!;
}

/** @returns how many cancel acts that was, where it can be said in advance */
function happen(model: PlanModel, what: Happening, serial: number): number | null {
  if (what.kind === 'busy') {
    const start = NOW + what.at * HOUR;
    model.busy.push({ start, end: start + what.hours * HOUR });
    return 0;
  }
  if (what.kind === 'wait') {
    model.now += what.hours * HOUR;
    return 0;
  }
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

function acts(model: PlanModel): number {
  return model.facts.occurrences.reduce((sum, o) => sum + o.cancelActs.length, 0);
}

/** Where the calendar shows the meeting of a week; a meeting that people were asked about may stand nowhere. */
function expectOnePlace(model: PlanModel, o: Occurrence): void {
  const week = { start: o.week.start - 21 * DAY, end: o.week.end + 21 * DAY };
  const start = startIn(model, o);
  const living = model.calendar.book.living(SERIES, week).filter((e) => e.of === 'series');
  const mine = living.filter((e) => e.start === start).map((e) => e.slot);
  if (isOpen(o) && o.asks === null) expect(mine).toEqual([o.slot]);
  else if (o.asks === null) expect(mine).toEqual([]);
  else expect(mine.length).toBeLessThanOrEqual(1);
}

/** A recovery of its own stands once, where it was booked. */
function expectRecoveries(model: PlanModel): void {
  const { separate } = model.calendar.book;
  for (const recovery of model.facts.recoveries) {
    const event = separate.get(recoveryTag(SERIES, recovery));
    if (recovery.state === 'booked' && recovery.is?.kind === 'separate' && recovery.is.slot.start > model.now)
      expect(event?.slot).toEqual(recovery.is.slot);
    if (recovery.state === 'due' && event) expect(event.slot.start).toBeLessThanOrEqual(model.now);
  }
}

async function live(
  model: PlanModel,
  what: readonly Happening[],
  each: (acts: number | null) => void = () => {},
): Promise<void> {
  await model.settle();
  for (const [serial, one] of what.entries()) {
    const expected = happen(model, one, serial);
    expect(await model.settle()).toBeLessThan(8);
    each(expected);
  }
}

describe('the plan, whatever happens', () => {
  it('leaves every owed meeting to come in exactly one place, inside its week', async () => {
    await fc.assert(
      fc.asyncProperty(history, zone, async (what, where) => {
        const model = new PlanModel(NOW, { zone: where });
        await live(model, what);
        const { facts, now } = model;
        for (const o of facts.occurrences) {
          if (o.slot.start <= now || o.state.startsWith('held')) continue;
          expectOnePlace(model, o);
          if (isOpen(o))
            expect(o.week.start <= o.slot.start && o.slot.end <= o.week.end + 4 * DAY).toBe(true);
        }
        expectRecoveries(model);
        expect(new Set(facts.occurrences.map((o) => o.week.start)).size).toBe(facts.occurrences.length);
      }),
      { numRuns: 200 },
    );
  });

  it('settles within a few rounds, and a settled plan is empty', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (what) => {
        const model = new PlanModel(NOW);
        await live(model, what);
        expect(await model.round()).toMatchObject({ steps: [], writes: [] });
      }),
      { numRuns: 150 },
    );
  });

  it('counts one act once: never twice, and never none', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (what) => {
        const model = new PlanModel(NOW);
        let before = 0;
        await live(model, what, (expected) => {
          const counted = acts(model) - before;
          if (expected === null) expect(counted).toBeLessThanOrEqual(1);
          else expect(counted).toBe(expected);
          before = acts(model);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('touches nothing foreign', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (what) => {
        const model = new PlanModel(NOW);
        const theirs = slotAt(minuteFromIso('2026-11-24T09:00Z'), 30);
        model.organiser.takeTime('theirs', theirs);
        await live(model, what);
        expect([...model.calendar.book.foreign]).toEqual([['theirs', theirs]]);
      }),
      { numRuns: 50 },
    );
  });

  it('counts nothing and writes nothing while the calendar is unreadable', async () => {
    await fc.assert(
      fc.asyncProperty(history, happening, async (what, last) => {
        const model = new PlanModel(NOW);
        await live(model, what);
        const before = acts(model);
        if (last.kind !== 'cannot') happen(model, last, what.length);
        const made = plan(model.situation, { kind: 'unreadable', because: 'no answer' }, LINK);
        expect(made.writes).toEqual([]);
        const after = made.after.occurrences.reduce((sum, o) => sum + o.cancelActs.length, 0);
        expect(after).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for the same facts, and changes none of them', async () => {
    await fc.assert(
      fc.asyncProperty(history, happening, async (what, last) => {
        const model = new PlanModel(NOW);
        await live(model, what);
        happen(model, last, what.length);
        const { situation } = model;
        const seen = await model.seen();
        const copy = structuredClone(situation);
        expect(plan(copy, structuredClone(seen), LINK)).toEqual(plan(situation, seen, LINK));
        expect(copy).toEqual(situation);
      }),
      { numRuns: 100 },
    );
  });

  it('gives every step a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (what) => {
        const model = new PlanModel(NOW);
        for (const [serial, one] of what.entries()) {
          for (const { because } of (await model.round()).steps) expect(because).toMatch(/^[A-Z].+[.?]$/s);
          if (model.facts.placed) happen(model, one, serial);
        }
      }),
      { numRuns: 50 },
    );
  });
});
