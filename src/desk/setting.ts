import type { WorkingWeek } from '../domain/facts.ts';
import { minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Slot } from '../domain/slot.ts';
import type { Caller } from '../platform/access/caller.ts';
import type { ListedSeries } from '../store/postgres-series.ts';

/** What a view depends on besides its subject: whose series it is, who asks, and when. */
export interface Setting {
  readonly listed: ListedSeries;
  readonly week: WorkingWeek;
  readonly caller: Caller;
  readonly now: Minute;
}

export function viewSlot({ start, end }: Slot): { start: string; end: string } {
  return { start: minuteToIso(start), end: minuteToIso(end) };
}
