/** Monday is 1. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** Working days in the order of the week: the first one follows the longest break. */
export function inWeekOrder(days: readonly Weekday[]): readonly Weekday[] {
  const sorted = days.toSorted((a, b) => a - b);
  const breaks = sorted.map((day, i) => (i === 0 ? day + 7 - sorted.at(-1)! : day - sorted[i - 1]!));
  const first = breaks.indexOf(Math.max(...breaks));
  return [...sorted.slice(first), ...sorted.slice(0, first)];
}
