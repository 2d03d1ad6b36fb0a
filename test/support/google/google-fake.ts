import { EventStore } from './event-store.ts';
import { Faults, userLimit } from './faults.ts';
import { freeBusyOf } from './free-busy.ts';
import { EventLister, one } from './list-events.ts';
import type { Query } from './list-events.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import { routeOf } from './routes.ts';
import type { Route } from './routes.ts';
import { checkShape } from './schema.ts';
import { TokenEndpoint } from './token-endpoint.ts';
import { Watches } from './watches.ts';
import { EventWriter } from './write-events.ts';
import type { SendUpdates } from './write-events.ts';

/** One person's primary calendar, whose id is their address. */
export interface FakePrimary {
  readonly store: EventStore;
  readonly writer: EventWriter;
  readonly lister: EventLister;
}

interface Call {
  readonly route: Route;
  readonly calendar: FakePrimary;
  readonly event: string;
  readonly query: Query;
  readonly body: Record<string, unknown>;
  readonly ifMatch: string | null;
}

/** Google Calendar and its sign-in, as strict as the documents are. Speaks HTTP through `fetch`. */
export class GoogleFake {
  readonly calendars = new Map<string, FakePrimary>();
  readonly oauth: TokenEndpoint;
  readonly watches: Watches;
  readonly faults = new Faults();
  /** Calls by the name of their method: `events.patch`. */
  readonly calls: Record<string, number> = {};
  /** `quotaUser` of every call. */
  readonly quotaUsers = new Set<string | null>();

  /** Units that one `quotaUser` may spend in a minute; a patch is three. */
  unitsPerMinute = 600;
  readonly #spent = new Map<string, { minute: number; units: number }>();
  /** What somebody does in the moment before our next write arrives. */
  beforeWrite: (() => unknown) | null = null;

  constructor(private readonly now: () => number) {
    this.oauth = new TokenEndpoint(now);
    this.watches = new Watches(now);
  }

  addCalendar(email: string, zone: string): FakePrimary {
    const store = new EventStore(email, email, zone, this.now);
    const added = { store, writer: new EventWriter(store), lister: new EventLister(store) };
    this.calendars.set(email.toLowerCase(), added);
    return added;
  }

  get writes(): number {
    const { calls } = this;
    return ['insert', 'patch', 'delete'].reduce((sum, name) => sum + (calls[`events.${name}`] ?? 0), 0);
  }

  /** From now on every sync token that was given out is answered with 410. */
  forgetSyncTokens(): void {
    for (const { store } of this.calendars.values()) store.oldestToken = ++store.seq;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    if (input instanceof Request) {
      return this.handle(input.method, new URL(input.url), input.headers, await input.text());
    }
    const sent = init?.body ?? '';
    const text = typeof sent === 'string' ? sent : await new Response(sent).text();
    return this.handle(init?.method ?? 'GET', new URL(input), new Headers(init?.headers), text);
  };

  handle(method: string, url: URL, headers: Headers, text: string): Response {
    try {
      return url.host === 'oauth2.googleapis.com'
        ? this.#token(url, text)
        : this.#api(method, url, headers, text);
    } catch (error) {
      if (error instanceof Refusal) return answer(error.status, error.body, error.headers);
      throw error;
    }
  }

  #token(url: URL, text: string): Response {
    this.#count('token');
    const done = this.faults.meet('token');
    if (url.pathname !== '/token') throw notFound();
    const [status, body] = this.oauth.token(new URLSearchParams(text));
    done();
    return answer(status, body);
  }

  #api(method: string, url: URL, headers: Headers, text: string): Response {
    if (url.host !== 'www.googleapis.com') throw new TypeError(`fetch failed: nobody is called ${url.host}`);
    const [route, [calendar = '', event = '']] = routeOf(method, url.pathname);
    this.#count(route.name);
    const done = this.faults.meet(route.writes ? 'write' : 'read');
    const query = queryOf(url);
    this.#spend(one(query, 'quotaUser'), route.name === 'events.patch' ? 3 : 1);
    const unknown = [...query.keys()].find((name) => !route.params.includes(name));
    if (unknown) throw invalid(`Unknown name "${unknown}": Cannot bind query parameter.`);
    const email = this.#authorised(headers, route);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    if (route.takes) checkShape(route.takes, body);
    const held = route.calendar ? this.#calendar(calendar, email) : null;
    const call = { route, calendar: held!, event, query, body, ifMatch: headers.get('if-match') };
    if (route.writes) this.#somebodyActs();
    const before = held?.store.seq;
    const result = this.#run(call, email);
    if (held && held.store.seq !== before) this.watches.changed(held.store.id);
    if (route.gives) checkShape(route.gives, result);
    done();
    return result === null ? answer(204, null) : answer(200, masked(result, one(query, 'fields')));
  }

  #run({ route, calendar, event, query, body, ifMatch }: Call, email: string): object | null {
    const send = (one(query, 'sendUpdates') ?? 'none') as SendUpdates;
    switch (route.name) {
      case 'events.insert':
        return calendar.writer.insert(body, send);
      case 'events.patch':
        return calendar.writer.patch(event, body, ifMatch, send);
      case 'events.delete':
        calendar.writer.delete(event, ifMatch, send);
        return null;
      case 'events.get':
        return calendar.store.find(event) ?? refuse(notFound());
      case 'events.list':
        return calendar.lister.list(query);
      case 'events.instances':
        return calendar.lister.instances(event, query);
      case 'events.watch':
        return this.watches.watch(calendar.store.id, body);
      case 'channels.stop':
        this.watches.stop(body);
        return null;
      default:
        return freeBusyOf(body as never, (id) =>
          this.calendars.get((id === 'primary' ? email : id).toLowerCase()),
        );
    }
  }

  #authorised(headers: Headers, { scopes }: Route): string {
    const token = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? null;
    const grant = this.oauth.grantOf(token);
    if (!grant) throw new Refusal(401, 'authError', 'Invalid Credentials');
    if (!grant.scopes.some((scope) => scopes.includes(scope.replace(/^.*\/auth\//, '')))) {
      throw new Refusal(
        403,
        'insufficientPermissions',
        'Insufficient Permission: Request had insufficient authentication scopes.',
      );
    }
    return grant.email;
  }

  #calendar(id: string, email: string): FakePrimary {
    const owner = id === 'primary' ? email : id;
    const held = this.calendars.get(owner.toLowerCase());
    if (!held || owner.toLowerCase() !== email.toLowerCase()) throw notFound();
    return held;
  }

  #spend(user: string | null, units: number): void {
    this.quotaUsers.add(user);
    const minute = this.now();
    const before = this.#spent.get(user ?? '');
    const spent = { minute, units: units + (before?.minute === minute ? before.units : 0) };
    this.#spent.set(user ?? '', spent);
    if (spent.units > this.unitsPerMinute) throw userLimit(60);
  }

  #somebodyActs(): void {
    const act = this.beforeWrite;
    this.beforeWrite = null;
    act?.();
  }

  #count(name: string): void {
    this.calls[name] = (this.calls[name] ?? 0) + 1;
  }
}

function refuse(refusal: Refusal): never {
  throw refusal;
}

function queryOf(url: URL): Query {
  const query = new Map<string, string[]>();
  for (const [name, value] of url.searchParams) query.set(name, [...(query.get(name) ?? []), value]);
  return query;
}

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  if (status === 204) return new Response(null, { status });
  const all = { 'content-type': 'application/json; charset=UTF-8', ...headers };
  return new Response(JSON.stringify(body), { status, headers: all });
}

/** Partial responses: `items(id,status),nextPageToken`. */
function masked(value: object, fields: string | null): object {
  if (fields === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [, name, inside] of fields.matchAll(/(\w+)(?:\(([^)]*)\))?/g)) {
    const held = (value as Record<string, unknown>)[name!];
    if (held === undefined) continue;
    kept[name!] = inside && Array.isArray(held) ? held.map((each: object) => masked(each, inside)) : held;
  }
  return kept;
}
