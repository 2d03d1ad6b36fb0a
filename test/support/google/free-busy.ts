import type { Event } from './event-store.ts';
import type { FakePrimary } from './google-fake.ts';
import { invalid } from './refusal.ts';
import { minuteOf } from './times.ts';

export interface FreeBusyRequest {
  readonly timeMin: string;
  readonly timeMax: string;
  readonly items: readonly { readonly id: string }[];
}

/** freebusy.query: an unknown calendar is an error of that calendar, not of the call. */
export function freeBusyOf(
  { timeMin, timeMax, items }: FreeBusyRequest,
  find: (id: string) => FakePrimary | undefined,
): object {
  if (items.length > 50) throw invalid('Too many calendars requested.');
  const query = new Map(Object.entries({ timeMin: [timeMin], timeMax: [timeMax], singleEvents: ['true'] }));
  const calendars = items.map(({ id }) => {
    const held = find(id);
    if (!held) return [id, { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }];
    const { items: events } = held.lister.list(query) as { items: Event[] };
    const iso = (time: Event['start']) => new Date(minuteOf(time!, held.store.zone) * 60_000).toISOString();
    const busy = events.filter(isOpaque).map(({ start, end }) => ({ start: iso(start), end: iso(end) }));
    return [id, { busy }];
  });
  return { kind: 'calendar#freeBusy', timeMin, timeMax, calendars: Object.fromEntries(calendars) };
}

function isOpaque({ transparency, attendees }: Event): boolean {
  const mine = attendees?.find(({ self }) => self);
  return transparency !== 'transparent' && mine?.responseStatus !== 'declined';
}
