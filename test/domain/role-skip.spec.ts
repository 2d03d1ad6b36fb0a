import { maySkip } from '../../src/domain/audit/role-skip.ts';
import type { Act } from '../../src/domain/facts.ts';
import { keyOf } from '../../src/domain/occurrence.ts';
import type { Excuse, Occurrence } from '../../src/domain/occurrence.ts';
import { aWeek } from './a-week.ts';

/** One week for each word: owed, or excused for that reason. */
function weeks(...words: readonly (Excuse | 'owed')[]): Occurrence[] {
  return words.map((word, number) =>
    aWeek(number, word === 'owed' ? {} : { state: 'excused', excuse: word }),
  );
}

describe('a senior rep may skip a week, never two in a row (F084)', () => {
  test.each([
    ['the week before was skipped', weeks('role_skip', 'owed', 'owed')],
    ['the week after is skipped', weeks('owed', 'owed', 'role_skip')],
    ['only a leave lies between', weeks('role_skip', 'leave', 'owed', 'owed')],
  ])('not where %s', (_, all) => {
    const o = all.findLast((each, i) => each.excuse === null && i < all.length - 1) ?? all[1]!;
    expect(maySkip(all, [], o)).toBe(false);
  });

  test('where a held or owed week lies on both sides', () => {
    const all = weeks('role_skip', 'owed', 'owed', 'owed', 'role_skip');
    expect(maySkip(all, [], all[2]!)).toBe(true);
  });

  test('not where the neighbouring skip was agreed to a moment ago', () => {
    const all = weeks('owed', 'owed', 'owed');
    const act: Act = { id: 'a', at: 0, by: 'admin', kind: 'excuse', on: keyOf(all[0]!), excuse: 'role_skip' };
    expect(maySkip(all, [act], all[1]!)).toBe(false);
    expect(maySkip(all, [act], all[2]!)).toBe(true);
  });
});
