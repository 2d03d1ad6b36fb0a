import type { Facts } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { slotAt } from '../slot.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Step } from '../step.ts';
import { startInWeek, startsBetween } from '../weekly.ts';
import { workingWeekOf } from '../working-week.ts';

/** How far ahead occurrences are written down: twelve weeks (F001). */
const HORIZON = 12 * 7 * 1440;

/** Every period owes one occurrence; its row exists before anybody acts, also for weeks that passed unwatched. */
export function oweOneEachPeriod(facts: Facts, now: Minute): Step[] {
  if (facts.series.endedAt !== null) return [];
  const last = facts.occurrences.at(-1);
  const from = last ? last.week.end : Number.MIN_SAFE_INTEGER;
  const occurrences = startsBetween(facts.series.rule, from, now + HORIZON).map((start) =>
    owed(facts, start),
  );
  if (occurrences.length === 0) return [];
  return [{ do: 'owe', occurrences, because: 'Every period owes one meeting.' }];
}

function owed(facts: Facts, originalStart: Minute): Occurrence {
  const { series, placed } = facts;
  const slot = slotAt(originalStart, series.minutes);
  const working = workingWeekOf(facts.week, series.rule.zone, originalStart);
  // Where the organisation stopped working on the anchor's day, the meeting still lies in the week that owes it.
  const week = { start: working.start, end: Math.max(working.end, slot.end) };
  const stands = placed?.copy === series.copy ? startInWeek(placed.rule, week) : null;
  return {
    generation: series.generation,
    originalStart,
    week,
    slot,
    state: 'scheduled',
    excuse: null,
    // A placed series already holds this meeting; whoever deleted it in advance did so after that.
    placed: stands === null ? null : { slot: slotAt(stands, series.minutes), how: 'in-series', number: 1 },
    cancelActs: [],
    answered: [],
    refused: [],
    restores: [],
    attestations: [],
    because: null,
    asks: null,
  };
}
