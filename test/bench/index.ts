import { callsPerOperation } from './calls.ts';
import { livePush } from './live.ts';
import { print } from './measure.ts';
import type { Table } from './measure.ts';
import { panelGap } from './panel-gap.ts';
import { panelPaint } from './panel-paint.ts';
import { panelWeight } from './panel-weight.ts';
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
  livePush,
  panelWeight,
  panelPaint,
  panelGap,
];

for (const measure of tables) print(await measure());
