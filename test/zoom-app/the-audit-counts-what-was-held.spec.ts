import type { Grid } from '../../src/audit/audit.api.ts';
import { step } from '../../zoom-app/audit/cell-steps.ts';
import { flaggedFirst } from '../../zoom-app/audit/flagged-first.ts';
import { heldPerWeek } from '../../zoom-app/audit/held-per-week.ts';

type State = Grid['pairs'][number]['cells'][number]['state'];

function gridOf(weeks: Readonly<Record<string, readonly State[]>>): Grid {
  const cells = Object.entries(weeks).flatMap(([week, states]) =>
    states.map((state, index) => ({
      series: `${index}`,
      key: `1@${index}`,
      week,
      state,
      slot: { start: week, end: week },
      counts: false,
    })),
  );
  const person = { id: 'p', name: 'P' };
  const pair = { pair: 'p', manager: person, rep: person, ended: false, twoCancels: false, recovery: null };
  return { weeks: Object.keys(weeks), pairs: [{ ...pair, cells }] };
}

test('excused meetings are not owed, and a week with an open meeting is not over', () => {
  const grid = gridOf({
    '2026-11-02': ['held_verified', 'held_attested', 'excused', 'cancelled_rep'],
    '2026-11-09': ['excused'],
    '2026-11-16': ['held_attested', 'moved'],
  });
  expect(heldPerWeek(grid)).toEqual([{ week: '2026-11-02', held: 2, owed: 3 }]);
});

test('pairs that need somebody come first, ended ones last', () => {
  const { weeks, pairs } = gridOf({ '2026-11-02': ['held_verified'] });
  const named = (pair: string, more: object) => ({ ...pairs[0]!, pair, ...more });
  const due = { key: '1@1', state: 'due' as const, dueBy: '2026-11-27T17:00:00Z' };
  const grid = flaggedFirst({
    weeks,
    pairs: [
      named('ended', { ended: true }),
      named('well', {}),
      named('owed', { recovery: due }),
      named('two', { twoCancels: true }),
    ],
  });
  expect(grid.pairs.map(({ pair }) => pair)).toEqual(['owed', 'two', 'well', 'ended']);
});

test.each([
  ['ArrowRight', { row: 1, column: 2 }],
  ['ArrowUp', { row: 0, column: 1 }],
  ['ArrowDown', { row: 1, column: 1 }],
  ['Home', { row: 1, column: 0 }],
  ['End', { row: 1, column: 3 }],
  ['x', null],
])('%s leads from cell to cell and stays inside the grid', (key, to) => {
  expect(step({ row: 1, column: 1 }, key, { rows: 2, columns: 4 })).toEqual(to);
});
