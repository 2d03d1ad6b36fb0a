import { callsPerOperation } from './calls.ts';
import { googleCalls } from './google-calls.ts';
import { livePush } from './live.ts';
import type { Table } from './measure.ts';
import { microsoftCalls } from './microsoft-calls.ts';
import { panelGap } from './panel-gap.ts';
import { panelPaint } from './panel-paint.ts';
import { panelWeight } from './panel-weight.ts';
import { pollingBudget } from './polling-budget.ts';
import { unchangedSeries } from './reconcile.ts';
import { recurrence } from './recurrence.ts';
import { repairTime } from './repair.ts';
import { allPairs, slotSearch } from './slots.ts';

/** Each table compares a peer, ours and a floor in this one process. */
export const TABLES: readonly (() => Table | Promise<Table>)[] = [
  slotSearch,
  allPairs,
  recurrence,
  unchangedSeries,
  callsPerOperation,
  googleCalls,
  microsoftCalls,
  pollingBudget,
  repairTime,
  livePush,
  panelWeight,
  panelPaint,
  panelGap,
];
