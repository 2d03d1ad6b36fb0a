import { isStart, startsOf } from './expand.ts';
import { bare } from './event-store.ts';
import type { Event, EventStore } from './event-store.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { minuteOf } from './times.ts';

/** Query parameters, repeated ones in order. */
export type Query = ReadonlyMap<string, readonly string[]>;

const NOT_WITH_TOKEN =
  'iCalUID orderBy privateExtendedProperty q sharedExtendedProperty timeMin timeMax updatedMin'.split(' ');
const PAGING = ['pageToken', 'syncToken', 'quotaUser', 'alt', 'prettyPrint'];
const MOST_AHEAD = 800 * 1440;

interface Listed {
  readonly event: Event;
  readonly seq: number;
}

/** events.list and events.instances. */
export class EventLister {
  /** An empty list with 200, as long as it lasts. */
  empty = false;

  constructor(private readonly store: EventStore) {}

  list(query: Query): object {
    const token = one(query, 'syncToken');
    const seen = token === null ? -1 : this.tokenSeq(token, query);
    const single = flag(query, 'singleEvents');
    if (one(query, 'orderBy') === 'startTime' && !single)
      throw invalid('The requested ordering is not available.');
    const all = single ? this.expandedEvents(query) : this.storedEvents(seen);
    const since = all.filter(({ seq }) => seq > seen);
    const found = this.empty
      ? []
      : since.filter(({ event }) => this.matches(event, query, token !== null, single));
    const items = found.map(({ event }) => (isBare(event) ? bare(event) : event));
    return this.page(
      items,
      query,
      NOT_WITH_TOKEN.some((name) => query.has(name)) ? null : this.newToken(query),
    );
  }

  instances(id: string, query: Query): object {
    const master = this.store.stored.get(id);
    if (!master) throw notFound();
    const original = one(query, 'originalStart');
    const expanded = this.instancesOf(id, window(query));
    const shown = expanded.filter(({ event }) => {
      if (event.status === 'cancelled' && !flag(query, 'showDeleted')) return false;
      return original === null || minuteOf(event.originalStartTime!, this.store.zone) === minutes(original);
    });
    const items = this.empty ? [] : shown.map(({ event }) => (isBare(event) ? bare(event) : event));
    return this.page(items, query, null);
  }

  private storedEvents(seen: number): Listed[] {
    const { stored } = this.store;
    return [...stored.values()]
      .filter(({ seq }) => seq > seen)
      .map((one) => ({ event: this.store.shown(one), seq: one.seq }));
  }

  private expandedEvents(query: Query): Listed[] {
    const masters = [...this.store.stored.values()].filter(({ of }) => of === null);
    return masters.flatMap((one) =>
      one.fields.recurrence
        ? this.instancesOf(one.id, window(query))
        : [{ event: this.store.shown(one), seq: one.seq }],
    );
  }

  /** Filtered by where they stand, as the vendor does, not by where they stood. */
  private instancesOf(id: string, { from, until }: { from: number; until: number }): Listed[] {
    const { store } = this;
    const master = store.stored.get(id)!;
    const exceptions = store.exceptionsOf(id);
    const edited = new Set(exceptions.map(({ of }) => minuteOf(of!.originalStart, store.zone)));
    const long = minuteOf(master.fields.end!, store.zone) - minuteOf(master.fields.start!, store.zone);
    const starts = startsOf(master.fields, store.zone, from - long, until);
    const plain = starts
      .filter((start) => !edited.has(start))
      .map((start) => ({
        event: store.plain(master, start),
        seq: master.seq,
      }));
    const moved = exceptions
      .filter(({ of }) => isStart(master.fields, store.zone, minuteOf(of!.originalStart, store.zone)))
      .map((one) => ({ event: store.shown(one), seq: one.seq }));
    return [...plain, ...moved].filter(({ event }) => overlaps(event, store.zone, from, until));
  }

  private matches(event: Event, query: Query, incremental: boolean, single: boolean): boolean {
    const instance = event.recurringEventId !== undefined;
    const shows = flag(query, 'showDeleted') || incremental || (instance && !single);
    if (event.status === 'cancelled' && !shows) return false;
    const uid = one(query, 'iCalUID');
    if (uid !== null && event.iCalUID !== uid) return false;
    for (const kind of ['private', 'shared'] as const) {
      for (const wanted of query.get(`${kind}ExtendedProperty`) ?? []) {
        const [key, value] = [wanted.slice(0, wanted.indexOf('=')), wanted.slice(wanted.indexOf('=') + 1)];
        if (isBare(event) || event.extendedProperties?.[kind]?.[key] !== value) return false;
      }
    }
    const types = query.get('eventTypes');
    if (types && !types.includes(event.eventType ?? 'default')) return false;
    return this.inWindow(event, query);
  }

  private inWindow(event: Event, query: Query): boolean {
    const { from, until } = window(query);
    if (!query.has('timeMin') && !query.has('timeMax')) return true;
    if (event.recurrence) return startsOf(event, this.store.zone, from - 1440, until).length > 0;
    return overlaps(event, this.store.zone, from, until);
  }

  private tokenSeq(token: string, query: Query): number {
    const forbidden = NOT_WITH_TOKEN.find((name) => query.has(name));
    if (forbidden) throw invalid(`Sync token cannot be used with ${forbidden}.`);
    if (one(query, 'showDeleted') === 'false') throw invalid('Sync token needs deleted events.');
    const [seq, asked] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [number, string];
    if (seq < this.store.oldestToken) {
      throw new Refusal(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.');
    }
    if (asked !== sameAsked(query)) throw invalid('The parameters differ from those of the first sync.');
    return seq;
  }

  private newToken(query: Query): string {
    return Buffer.from(JSON.stringify([this.store.seq, sameAsked(query)])).toString('base64url');
  }

  private page(items: readonly Event[], query: Query, token: string | null): object {
    const most = Math.min(Number(one(query, 'maxResults') ?? 250), 2500);
    const from = Number(one(query, 'pageToken') ?? 0);
    const rest = items.length > from + most;
    return {
      kind: 'calendar#events',
      summary: this.store.owner,
      timeZone: this.store.zone,
      accessRole: 'owner',
      items: items.slice(from, from + most),
      ...(rest ? { nextPageToken: String(from + most) } : token ? { nextSyncToken: token } : {}),
    };
  }
}

export function one(query: Query, name: string): string | null {
  return query.get(name)?.[0] ?? null;
}

function flag(query: Query, name: string): boolean {
  return one(query, name) === 'true';
}

function sameAsked(query: Query): string {
  const kept = [...query].filter(([name]) => !PAGING.includes(name) && !NOT_WITH_TOKEN.includes(name));
  return JSON.stringify(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Lists keep of a cancelled event only what is certain. */
function isBare(event: Event): boolean {
  return event.status === 'cancelled';
}

function window(query: Query): { from: number; until: number } {
  const from = one(query, 'timeMin');
  const until = one(query, 'timeMax');
  return {
    from: from === null ? -Infinity : minutes(from),
    until: until === null ? (from === null ? 0 : minutes(from)) + 60 * MOST_AHEAD : minutes(until),
  };
}

function minutes(iso: string): number {
  if (!/(Z|[+-]\d\d:\d\d)$/.test(iso)) throw invalid('Bad Request: a time needs its offset.');
  return Temporal.Instant.from(iso).epochMilliseconds / 60_000;
}

function overlaps(event: Event, zone: string, from: number, until: number): boolean {
  return minuteOf(event.end!, zone) > from && minuteOf(event.start!, zone) < until;
}
