import { callsPerOperation } from './calls.ts';
import { print } from './measure.ts';
import type { Table } from './measure.ts';
import { unchangedSeries } from './reconcile.ts';
import { recurrence } from './recurrence.ts';
import { allPairs, slotSearch } from './slots.ts';

/** Run with `npm run bench`: each table compares a peer, ours and a floor in this one process. */
const tables: readonly (() => Table | Promise<Table>)[] = [
  slotSearch,
  allPairs,
  recurrence,
  unchangedSeries,
  callsPerOperation,
];

for (const measure of tables) print(await measure());
