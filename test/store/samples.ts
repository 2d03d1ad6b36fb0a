import { DAY } from '../../src/domain/minute.ts';
import type { Occurrence } from '../../src/domain/occurrence.ts';
import type { Recovery } from '../../src/domain/recovery.ts';
import type { WeeklyRule } from '../../src/domain/weekly.ts';
import type { LedgerEntry } from '../../src/store/store.ts';
import { aWeek } from '../domain/a-week.ts';

/** Tuesday, 24 November 2026, 09:00 in UTC. */
export const NOW = 29_920_860;

export const RULE: WeeklyRule = {
  zone: 'UTC',
  weekday: 2,
  minuteOfDay: 540,
  everyWeeks: 1,
  firstDay: Math.floor(NOW / DAY) - 700,
};

export const HOURS = { 1: [[540, 1020]], 2: [[540, 1020]] } as const;

/** The occurrence so many weeks after NOW, scheduled where it was owed unless said otherwise. */
export function occurrence(weeks: number, change: Partial<Occurrence> = {}): Occurrence {
  const start = NOW + weeks * 7 * DAY;
  const monday = start - 540 - DAY;
  return aWeek(weeks, {
    originalStart: start,
    week: { start: monday, end: monday + 5 * DAY },
    slot: { start, end: start + 30 },
    ...change,
  });
}

/** A recovery for the occurrences so many weeks after NOW. */
export function recovery(first: number, second: number, change: Partial<Recovery> = {}): Recovery {
  const { originalStart, week } = occurrence(second);
  return {
    second: `1@${originalStart}`,
    first: `1@${occurrence(first).originalStart}`,
    dueBy: week.end - 6 * 60,
    window: 'this week',
    state: 'due',
    is: null,
    placed: null,
    attestations: [],
    refused: [],
    answered: [],
    because: 'two meetings in a row did not happen',
    ...change,
  };
}

export function entry(series: string, because: string): LedgerEntry {
  return {
    at: NOW,
    kind: 'moved',
    series,
    occurrence: `1@${NOW}`,
    actor: 'perennial',
    facts: { to: NOW + 60, share: 0.1, kept: true, nothing: null, 'ä "quoted"': 'word' },
    because,
  };
}
