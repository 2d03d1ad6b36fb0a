import { CalendarError } from '../calendars/calendar-error.ts';
import type { Calendar } from '../calendars/calendar.ts';
import type { Calendars } from '../calendars/calendars.ts';
import { recoveryTag } from '../domain/compare.ts';
import type { Facts } from '../domain/facts.ts';
import type { Seen } from '../domain/observation.ts';
import { startInWeek } from '../domain/weekly.ts';
import type { AccountState, RememberedSeries, Store } from '../store/store.ts';

/** What the calendar was read to hold, and what that says of the account. */
export interface Observed {
  readonly seen: Seen;
  readonly state: AccountState;
  /** For how many seconds the calendar asked us to wait. */
  readonly retryAfter: number | null;
  /** How much of the account is gone, counted once one series was found gone (the empty-answer guard). */
  readonly gone: { readonly seriesPlaced: number; readonly seriesGone: number };
}

const NONE = { seriesPlaced: 0, seriesGone: 0 };

/** Reads the calendar. Whatever goes wrong becomes `unreadable` with the reason, never an empty answer. */
export async function observe(
  calendars: Calendars,
  organisation: string,
  remembered: RememberedSeries,
  store: Store,
): Promise<{ calendar: Calendar | null; observed: Observed }> {
  try {
    const calendar = await calendars.open(organisation, remembered.account);
    const seen = await look(calendar, remembered.facts);
    const gone = await howMuchIsGone(calendar, organisation, remembered, seen, store);
    return { calendar, observed: { seen, state: 'connected', retryAfter: null, gone } };
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return { calendar: null, observed: unreadable(error) };
  }
}

function unreadable(error: CalendarError): Observed {
  return {
    seen: { kind: 'unreadable', because: error.message },
    state: stateAfter(error),
    retryAfter: error.retryAfter,
    gone: NONE,
  };
}

/** How an account is whose calendar could not be read or written. */
export function stateAfter({ trouble }: CalendarError): AccountState {
  return trouble === 'AccessRevoked' || trouble === 'Gone' ? 'disconnected' : 'paused';
}

async function look(calendar: Calendar, facts: Facts): Promise<Seen> {
  const { series, placed, occurrences, recoveries } = facts;
  const rule = placed?.rule ?? series.rule;
  const seen = await calendar.read({
    series: { series: series.id, copy: series.copy, rule },
    starts: occurrences.flatMap((o) => startInWeek(rule, o.week) ?? []),
    firstWeekday: facts.week.workingDays[0],
    separate: recoveries
      .filter((r) => r.state === 'due' || r.state === 'booked')
      .map((recovery) => recoveryTag(series.id, recovery)),
  });
  if (seen.kind === 'unreadable' || series.copy === 1) return seen;
  const older = Array.from({ length: series.copy - 1 }, (_, i) => ({ series: series.id, copy: i + 1 }));
  const strays = (await calendar.standing(older)).map(({ copy }) => copy);
  return { ...seen, strays };
}

async function howMuchIsGone(
  calendar: Calendar,
  organisation: string,
  { facts, account }: RememberedSeries,
  seen: Seen,
  store: Store,
): Promise<Observed['gone']> {
  if (seen.kind === 'unreadable' || seen.series.kind === 'stands' || !facts.placed) return NONE;
  const placed = await store.transaction(organisation, ({ series }) => series.placedOnAccount(account.id));
  const standing = await calendar.standing(placed);
  // One answer says that the series is gone, the other shows it: neither is proof of anything.
  if (standing.some((ref) => ref.series === facts.series.id && ref.copy === facts.series.copy)) {
    throw new CalendarError('Unreachable', 'The calendar contradicts itself about this series.');
  }
  return { seriesPlaced: placed.length, seriesGone: placed.length - standing.length };
}
