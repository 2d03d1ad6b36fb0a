import { counts, standsAtTwoCancels } from '../domain/audit/counter.ts';
import { dayOf, dayToIso, minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import { keyOf } from '../domain/occurrence.ts';
import { overlaps } from '../domain/slot.ts';
import type { Slot } from '../domain/slot.ts';
import { toWall } from '../domain/zone.ts';
import type { Pair } from '../store/pairs.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { ListedOccurrence, ListedRecovery } from '../store/select-occurrences.ts';
import type { Grid } from './audit.api.ts';

/** What the grid is made of, read in one statement each. */
export interface GridParts {
  readonly window: Slot;
  readonly now: Minute;
  readonly twoOfFour: boolean;
  readonly pairs: readonly Pair[];
  readonly names: ReadonlyMap<string, string>;
  readonly series: readonly ListedSeries[];
  /** Of the window, and enough of the past for the flags. */
  readonly occurrences: readonly ListedOccurrence[];
  readonly recoveries: readonly ListedRecovery[];
}

/** Pairs by weeks, with the flags that tell an admin where to look first. */
export function gridOf(parts: GridParts): Grid {
  const seriesOf = Map.groupBy(parts.series, ({ pair }) => pair);
  const heldBy = Map.groupBy(parts.occurrences, ({ series }) => series);
  const owedTo = Map.groupBy(parts.recoveries, ({ series }) => series);
  const pairs = parts.pairs.map((pair) => {
    const series = (seriesOf.get(pair.id) ?? []).map((listed) => ({
      listed,
      occurrences: (heldBy.get(listed.series.id) ?? []).map(({ occurrence }) => occurrence),
      recoveries: (owedTo.get(listed.series.id) ?? []).map(({ recovery }) => recovery),
    }));
    return {
      pair: pair.id,
      manager: { id: pair.manager, name: parts.names.get(pair.manager)! },
      rep: { id: pair.rep, name: parts.names.get(pair.rep)! },
      ended: pair.endedAt !== null,
      twoCancels: series.some((each) => isFlagged(each, parts)),
      recovery: series.flatMap(({ recoveries }) => recoveries.filter(isOwed).map(viewOwed))[0] ?? null,
      cells: series.flatMap((each) => cellsOf(each, parts.window)),
    };
  });
  const weeks = new Set(pairs.flatMap(({ cells }) => cells.map(({ week }) => week)));
  return { weeks: [...weeks].sort(), pairs };
}

interface OneSeries {
  readonly listed: ListedSeries;
  readonly occurrences: readonly ListedOccurrence['occurrence'][];
  readonly recoveries: readonly ListedRecovery['recovery'][];
}

function isFlagged({ listed, occurrences, recoveries }: OneSeries, { twoOfFour, now }: GridParts): boolean {
  if (listed.series.endedAt !== null) return false;
  return standsAtTwoCancels(occurrences, recoveries, twoOfFour, now);
}

function isOwed({ state }: ListedRecovery['recovery']): boolean {
  return state === 'due' || state === 'booked';
}

function viewOwed({ second, state, dueBy }: ListedRecovery['recovery']) {
  return { key: second, state, dueBy: minuteToIso(dueBy) };
}

function cellsOf({ listed, occurrences }: OneSeries, window: Slot) {
  const { id, rule } = listed.series;
  return occurrences
    .filter(({ week }) => overlaps(week, window))
    .map((o) => ({
      series: id,
      key: keyOf(o),
      week: dayToIso(dayOf(toWall(rule.zone, o.week.start))),
      state: o.state,
      slot: { start: minuteToIso(o.slot.start), end: minuteToIso(o.slot.end) },
      counts: counts(o),
    }));
}
