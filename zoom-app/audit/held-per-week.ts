import type { Grid } from '../../src/audit/audit.api.ts';

export interface HeldWeek {
  readonly week: string;
  readonly held: number;
  /** Excused ones owe nothing and are left out. */
  readonly owed: number;
}

type State = Grid['pairs'][number]['cells'][number]['state'];

const OPEN: readonly State[] = ['scheduled', 'moved'];
const HELD: readonly State[] = ['held_verified', 'held_attested'];

/** How many of each week's owed meetings were held; weeks with an open meeting are not over and left out. */
export function heldPerWeek({ weeks, pairs }: Grid): readonly HeldWeek[] {
  const cells = Map.groupBy(
    pairs.flatMap((pair) => pair.cells),
    ({ week }) => week,
  );
  return weeks.flatMap((week) => {
    const states = (cells.get(week) ?? []).map(({ state }) => state).filter((state) => state !== 'excused');
    if (states.length === 0 || states.some((state) => OPEN.includes(state))) return [];
    return [{ week, held: states.filter((state) => HELD.includes(state)).length, owed: states.length }];
  });
}
