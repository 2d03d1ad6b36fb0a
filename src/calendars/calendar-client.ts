import type { RecoveryKey } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';

/** What a person can do to an event with a calendar client. */
export const CLIENT_ACTS = ['delete', 'delete-following', 'delete-series', 'drag', 'decline'] as const;

export interface ClientAct {
  readonly series: string;
  readonly on: OccurrenceKey | RecoveryKey;
  readonly act: (typeof CLIENT_ACTS)[number];
  /** Where a dragged event starts now; null for every other act. */
  readonly to: Minute | null;
}

export type ClientOutcome =
  /** It stands in the calendar as the person left it; the loop looks at the series next. */
  | { readonly kind: 'done' }
  /** Nothing of the kind, or not theirs. */
  | { readonly kind: 'unknown'; readonly what: 'series' | 'occurrence' }
  | { readonly kind: 'refused'; readonly because: string };

/**
 * A calendar client for people whose calendar has no other: they delete, drag and decline events as they would
 * anywhere, and the loop learns of it by reading the calendar, like everywhere else.
 */
export abstract class CalendarClient {
  /** @param person whoever acts; only the two people of the pair have the event in their calendar */
  abstract act(organisation: string, person: string, act: ClientAct): Promise<ClientOutcome>;
}
