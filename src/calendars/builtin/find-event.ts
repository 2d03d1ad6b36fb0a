import { recoveryTag } from '../../domain/compare.ts';
import type { Facts } from '../../domain/facts.ts';
import type { Minute } from '../../domain/minute.ts';
import { keyOf } from '../../domain/occurrence.ts';
import { startInWeek } from '../../domain/weekly.ts';
import type { ClientAct } from '../calendar-client.ts';
import type { EventDocument } from '../icalendar/document.ts';
import { instanceOf, isExcluded } from '../icalendar/exceptions.ts';
import type { Instance } from '../icalendar/exceptions.ts';
import { separateUid, seriesUid } from '../icalendar/identity.ts';
import { seenRule } from '../icalendar/rule.ts';

/** The event that shows a meeting; `start` names the instance of a series and is null for an event of its own. */
export interface EventOf {
  readonly uid: string;
  readonly start: Minute | null;
}

/** @returns null where nothing of the kind is owed */
export function eventOf(facts: Facts, on: ClientAct['on']): EventOf | null {
  const { series, placed } = facts;
  const recovery = facts.recoveries.find(({ second }) => on === `recovery:${second}`);
  if (recovery?.is?.kind === 'separate') {
    return { uid: separateUid(recoveryTag(series.id, recovery)), start: null };
  }
  const occurrence = facts.occurrences.find((o) => keyOf(o) === (recovery?.second ?? on));
  const start = occurrence && startInWeek(placed?.rule ?? series.rule, occurrence.week);
  if (start === undefined || start === null) return null;
  return { uid: seriesUid({ series: series.id, copy: series.copy }), start };
}

/** The instance as the calendar shows it; null where it does not. */
export function instanceIn(
  document: EventDocument,
  { series, placed, week }: Facts,
  start: Minute,
): Instance | null {
  const rule = placed?.rule ?? series.rule;
  const seen = seenRule(document.main, rule);
  const instance = instanceOf(document, seen, start, rule.zone, {
    starts: [],
    firstWeekday: week.workingDays[0],
  });
  if (!instance || isExcluded(document, instance)) return null;
  return seen.endsBefore !== null && instance.start >= seen.endsBefore ? null : instance;
}
