import fc from 'fast-check';
import { standsAtTwoCancels } from '../../src/domain/audit/counter.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence, OccurrenceState } from '../../src/domain/occurrence.ts';
import type { Recovery, RecoveryState } from '../../src/domain/recovery.ts';
import { aWeek } from './a-week.ts';

const WEEK = 7 * 1440;

function weeks(...states: readonly OccurrenceState[]): Occurrence[] {
  return states.map((state, number) =>
    aWeek(number, { state, excuse: state === 'excused' ? 'leave' : null }),
  );
}

function recovery([first, second]: readonly Occurrence[], state: RecoveryState): Recovery {
  return {
    first: keyOf(first!),
    second: keyOf(second!),
    dueBy: 0,
    window: 'this week',
    state,
    is: null,
    placed: null,
    attestations: [],
    refused: [],
    answered: [],
    because: null,
  };
}

const flag = (all: readonly Occurrence[], recoveries: readonly Recovery[] = [], twoOfFour = true) =>
  standsAtTwoCancels(all, recoveries, twoOfFour, all.length * WEEK);

describe('the two-cancel flag that an admin sees (F056)', () => {
  const gone = 'cancelled_rep';

  test('stands after two in a row, excused weeks skipped', () => {
    expect(flag(weeks('held_attested', gone, gone))).toBe(true);
    expect(flag(weeks(gone, 'excused', gone))).toBe(true);
    expect(flag(weeks('held_attested', gone))).toBe(false);
  });

  test('stands after two among the last four, where the organisation keeps that rule', () => {
    const all = weeks(gone, 'held_attested', 'held_attested', gone);
    expect(flag(all)).toBe(true);
    expect(flag(all, [], false)).toBe(false);
  });

  test('stays while the recovery is owed or failed, and goes once one was held', () => {
    const all = weeks(gone, gone);
    for (const state of ['due', 'booked', 'failed'] as const)
      expect(flag(all, [recovery(all, state)])).toBe(true);
    for (const state of ['met', 'late'] as const) expect(flag(all, [recovery(all, state)])).toBe(false);
  });

  test('goes with time: four owed meetings later nobody remembers', () => {
    const states = fc.array(fc.constantFrom<OccurrenceState>('held_attested', gone, 'excused'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(states, (past) => {
        const held = ['held_attested', 'held_attested', 'held_attested', 'held_attested'] as const;
        expect(flag(weeks(...past, ...held))).toBe(false);
      }),
    );
  });
});
