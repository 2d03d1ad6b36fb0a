import { counts, twoThatCount } from '../../src/domain/audit/counter.ts';
import { COUNTING, FINAL, keyOf } from '../../src/domain/occurrence.ts';
import type { Occurrence, OccurrenceState } from '../../src/domain/occurrence.ts';
import type { Recovery, RecoveryState } from '../../src/domain/recovery.ts';

const WEEK = 7 * 1440;

function meeting(n: number, state: OccurrenceState, acts = 0): Occurrence {
  const slot = { start: n * WEEK + 2000, end: n * WEEK + 2030 };
  return {
    generation: 1,
    originalStart: slot.start,
    week: { start: n * WEEK, end: n * WEEK + 5 * 1440 },
    slot,
    state,
    excuse: state === 'excused' ? 'leave' : null,
    placed: null,
    cancelActs: Array.from({ length: acts }, (_, i) => ({
      evidence: `deleted:${i}`,
      at: 0,
      by: 'rep' as const,
    })),
    answered: [],
    refused: [],
    restores: [],
    attestations: [],
    because: null,
    asks: null,
  };
}

/** One letter each: c cancelled, a had a cancel act, h held after an act, x excused, u unconfirmed, s scheduled. */
function weeks(letters: string): Occurrence[] {
  const of = {
    c: 'cancelled_rep',
    a: 'moved',
    h: 'held_attested',
    x: 'excused',
    u: 'unconfirmed',
    s: 'scheduled',
  } as const;
  return letters
    .split('')
    .map((letter, n) => meeting(n, of[letter as keyof typeof of], letter === 'a' || letter === 'h' ? 1 : 0));
}

function recovery(second: Occurrence, state: RecoveryState): Recovery {
  const nothing = { is: null, placed: null, attestations: [], refused: [], answered: [], because: null };
  return { second: keyOf(second), first: keyOf(second), dueBy: 0, window: 'this week', state, ...nothing };
}

function found(
  letters: string,
  twoOfFour = true,
  recoveries: readonly Recovery[] = [],
): readonly number[] | null {
  const all = weeks(letters);
  const two = twoThatCount(all, recoveries, twoOfFour);
  return two && [all.indexOf(two.first), all.indexOf(two.second)];
}

/** Promise 5: what counts, and which two make a recovery. */
describe('the counter', () => {
  it.each(COUNTING)('counts a meeting that ended as %s', (state) => {
    expect(counts(meeting(0, state))).toBe(true);
  });

  it.each(['held_verified', 'held_attested'] as const)(
    'does not count one that was moved and then %s',
    (state) => {
      expect(counts(meeting(0, state, 2))).toBe(false);
    },
  );

  it('counts a cancel act as long as the meeting was not held, and no other end by itself', () => {
    expect(counts(meeting(0, 'moved', 1))).toBe(true);
    expect(counts(meeting(0, 'excused', 1))).toBe(false);
    const others = FINAL.filter((state) => !(COUNTING as readonly string[]).includes(state));
    for (const state of others) expect(counts(meeting(0, state))).toBe(false);
  });

  it.each([
    ['two in a row', 'cc', [0, 1]],
    ['two in a row with an excused week between them', 'cxc', [0, 2]],
    ['two among four', 'cuua', [0, 3]],
    ['two among four, excused weeks skipped', 'cxuxuxa', [0, 6]],
    ['the nearest first of a second', 'cca', [0, 1]],
  ])('finds %s', (_, letters, two) => {
    expect(found(letters)).toEqual(two);
  });

  it.each(['c', 'cuuuc', 'hh', 'chuuh', 'sss'])('finds no two in %s', (letters) => {
    expect(found(letters)).toBeNull();
  });

  it('wants two in a row where the second rule is switched off', () => {
    expect(found('cua', false)).toBeNull();
    expect(found('cxa', false)).toEqual([0, 2]);
  });

  it.each(['met', 'late'] as const)('begins anew after a recovery that was %s', (state) => {
    const held = recovery(weeks('cc')[1]!, state);
    expect(found('cc', true, [held])).toBeNull();
    expect(found('ccc', true, [held])).toBeNull();
    expect(found('cccc', true, [held])).toEqual([2, 3]);
  });

  it('goes on counting after one that failed, but never raises the same second again', () => {
    const failed = recovery(weeks('cc')[1]!, 'failed');
    expect(found('cc', true, [failed])).toBeNull();
    expect(found('ccc', true, [failed])).toEqual([1, 2]);
  });
});
