import { minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { AccountView } from './accounts.api.ts';

export interface AccountSurroundings {
  readonly names: ReadonlyMap<string, string>;
  readonly primaries: ReadonlySet<string>;
  readonly series: readonly ListedSeries[];
}

/** An account as the caller may see it: where a calendar lies and who signs in is its owner's business alone. */
export function showAccount(
  caller: Caller,
  account: CalendarAccount,
  around: AccountSurroundings,
): AccountView {
  const { id, person, provider, state, because, verifiedAt, writtenAt } = account;
  const series = around.series.filter((each) => each.account === id);
  const asks = [...new Set(series.flatMap((each) => (each.asks === null ? [] : [each.asks])))];
  return {
    id,
    person: { id: person, name: around.names.get(person) ?? '' },
    provider,
    state,
    because,
    asks,
    whatToDo: whatToDo(account, asks.length > 0, caller.person === person),
    calendar: caller.person === person ? calendarOf(account) : null,
    primary: around.primaries.has(id),
    series: series.length,
    verifiedAt: iso(verifiedAt),
    writtenAt: iso(writtenAt),
  };
}

function whatToDo({ state }: CalendarAccount, isAsked: boolean, isOwn: boolean): string | null {
  switch (state) {
    case 'disconnected':
      return isOwn
        ? 'Give its password again. Or connect another calendar and move its series there.'
        : 'Ask its owner to give the password again, or to connect another calendar: its series can be moved there.';
    case 'paused':
      return 'Nothing is lost, and it is tried again by itself. Check it to try at once.';
    case 'connected':
      return isAsked
        ? 'Look at the calendar. If the meetings should stand there, release the account: they are put back.'
        : null;
    default: {
      const forgotten: never = state;
      return forgotten;
    }
  }
}

function calendarOf({ provider, settings }: CalendarAccount): AccountView['calendar'] {
  if (provider === 'builtin') return null;
  const { calendarUrl = '', user = '', calendarName = '' } = settings;
  return { url: calendarUrl, user, name: calendarName };
}

function iso(minute: Minute | null): string | null {
  return minute === null ? null : minuteToIso(minute);
}
