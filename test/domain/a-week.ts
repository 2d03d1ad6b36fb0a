import type { Occurrence } from '../../src/domain/occurrence.ts';

const WEEK = 7 * 1440;

/** The occurrence of the week with this number, half an hour on its first day, scheduled unless said otherwise. */
export function aWeek(number: number, change: Partial<Occurrence> = {}): Occurrence {
  const start = number * WEEK;
  return {
    generation: 1,
    originalStart: start,
    week: { start, end: start + 5 * 1440 },
    slot: { start, end: start + 30 },
    state: 'scheduled',
    excuse: null,
    placed: null,
    cancelActs: [],
    answered: [],
    refused: [],
    restores: [],
    attestations: [],
    because: null,
    asks: null,
    ...change,
  };
}
