import { DAY } from '../../domain/minute.ts';
import type { SeriesRef } from '../calendar.ts';
import { markOf } from './content.ts';
import { overridesOf, parseDocument } from './document.ts';
import type { EventDocument } from './document.ts';
import { markFor } from './edit-series.ts';
import { whose } from './identity.ts';
import type { Resource } from './resources.ts';
import type { SeenRule } from './rule.ts';

/** Where the second half of a split series must begin, if a person changed "this and following". */
export function windowAfter({ endsBefore, rule }: SeenRule): { start: number; end: number } | null {
  if (endsBefore === null) return null;
  return { start: endsBefore, end: endsBefore + 14 * (rule?.everyWeeks ?? 1) * DAY };
}

/** Whether an override stands for all later meetings too (RANGE=THISANDFUTURE, RFC 5545 section 3.2.13). */
export function changesFollowing(document: EventDocument): boolean {
  return overridesOf(document).some((override) =>
    override.getFirstProperty('recurrence-id')!.getParameter('range'),
  );
}

/**
 * Whether a resource is the second half of a series: clients change "this and following" by ending the series and
 * going on in a copy of it under a UID of their own. Bringing the first half back would make two meetings a week.
 */
export function isSplitOff({ ics }: Resource, ref: SeriesRef): boolean {
  try {
    const { main, uid } = parseDocument(ics);
    return whose(uid) === null && main.hasProperty('rrule') && markOf(main) === markFor(ref);
  } catch {
    return false;
  }
}
