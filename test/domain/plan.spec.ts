import fc from 'fast-check';
import { recoveryTag } from '../../src/domain/compare.ts';
import { minuteFromIso } from '../../src/domain/minute.ts';
import { isOpen } from '../../src/domain/occurrence.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import { plan } from '../../src/domain/plan.ts';
import { slotAt } from '../../src/domain/slot.ts';
import { PlanModel } from '../support/plan-model.ts';
import { LINK, SERIES } from '../support/world.ts';
import { NOW, happen, happening, history, startIn } from './happenings.ts';
import type { Happening } from './happenings.ts';

const DAY = 1440;

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
);

function acts(model: PlanModel): number {
  return model.facts.occurrences.reduce((sum, o) => sum + o.cancelActs.length, 0);
}

/** Where the calendar shows the meeting of a week; what people were asked about may stand nowhere. */
function expectOnePlace(model: PlanModel, o: Occurrence): void {
  const week = { start: o.week.start - 21 * DAY, end: o.week.end + 21 * DAY };
  const start = startIn(model, o);
  const living = model.calendar.book.living(SERIES, week).filter((e) => e.of === 'series');
  const mine = living.filter((e) => e.start === start).map((e) => e.slot);
  const isAsked = o.asks !== null || model.facts.asks !== null;
  if (isOpen(o) && !isAsked) expect(mine).toEqual([o.slot]);
  else if (!isAsked) expect(mine).toEqual([]);
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
