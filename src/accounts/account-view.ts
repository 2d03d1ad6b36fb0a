import { isVendor } from '../calendars/vendors.ts';
import { minuteToIso } from '../domain/minute.ts';
import type { Minute } from '../domain/minute.ts';
import type { Caller } from '../platform/access/caller.ts';
import type { CountedCalls } from '../store/calls.ts';
import type { ListedSeries } from '../store/postgres-series.ts';
import type { CalendarAccount } from '../store/store.ts';
import type { Stores } from '../store/stores.ts';
import type { Watching } from '../store/watches.ts';
import type { AccountView } from './accounts.api.ts';
import { adviceOn } from './advice.ts';

interface AccountSurroundings {
  readonly names: ReadonlyMap<string, string>;
  readonly primaries: ReadonlySet<string>;
  readonly series: readonly ListedSeries[];
  readonly watching: ReadonlyMap<string, Watching>;
  readonly calls: ReadonlyMap<string, CountedCalls>;
}

/** Accounts as the caller may see them. */
export async function viewsOf(
  { people, accounts, series, watches, calls }: Stores,
  caller: Caller,
  shown: readonly CalendarAccount[],
  now: Minute,
): Promise<AccountView[]> {
  const around = {
    names: new Map((await people.list()).map(({ id, name }) => [id, name])),
    primaries: await accounts.primaries(),
    series: await series.list(),
    watching: new Map((await watches.overview(now)).map((each) => [each.account, each])),
    calls: new Map((await calls.lastHour(now)).map((each) => [each.account, each])),
  };
  return shown.map((account) => showAccount(caller, account, around));
}

/** Where a calendar lies and who signs in is its owner's business alone. */
function showAccount(caller: Caller, account: CalendarAccount, around: AccountSurroundings): AccountView {
  const { id, person, provider, state, because, verifiedAt, writtenAt } = account;
  const series = around.series.filter((each) => each.account === id);
  const asks = [...new Set(series.flatMap((each) => (each.asks === null ? [] : [each.asks])))];
  const push = pushOf(account, around.watching.get(id));
  const isOwn = caller.person === person;
  return {
    id,
    person: { id: person, name: around.names.get(person) ?? '' },
    provider,
    connectedBy: account.settings['grant'] === 'domain' ? 'domain' : 'owner',
    state,
    because,
    asks,
    ...adviceOn({ account, isAsked: asks.length > 0, isOwn, unheard: push?.because ?? null }),
    calendar: isOwn ? calendarOf(account) : null,
    primary: around.primaries.has(id),
    series: series.length,
    verifiedAt: iso(verifiedAt),
    writtenAt: iso(writtenAt),
    push,
    calls: callsOf(account, around.calls.get(id)),
  };
}

function pushOf({ provider }: CalendarAccount, watching: Watching | undefined): AccountView['push'] {
  if (!isVendor(provider)) return null;
  const { heardAt = null, until = null, because = null } = watching ?? {};
  return { heardAt: iso(heardAt), until: iso(until), because: until === null ? because : null };
}

function callsOf({ provider }: CalendarAccount, counted: CountedCalls | undefined): AccountView['calls'] {
  if (!isVendor(provider)) return null;
  return { made: counted?.calls ?? 0, throttled: counted?.throttled ?? 0 };
}

function calendarOf({ provider, settings }: CalendarAccount): AccountView['calendar'] {
  if (provider === 'builtin') return null;
  const { calendarUrl = '', user = '', calendarName = '', email = '' } = settings;
  return isVendor(provider)
    ? { url: null, user: email, name: calendarName }
    : { url: calendarUrl, user, name: calendarName };
}

function iso(minute: Minute | null): string | null {
  return minute === null ? null : minuteToIso(minute);
}
