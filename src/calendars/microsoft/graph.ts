import {
  AuthenticationHandler,
  AuthenticationHandlerOptions,
  Client,
} from '@microsoft/microsoft-graph-client';
import type { Context, GraphRequest, Middleware } from '@microsoft/microsoft-graph-client';
import type { Access } from '../access.ts';
import { CalendarError } from '../calendar-error.ts';
import type { Calls } from '../calls.ts';
import { refusalOf } from './refusal.ts';

/** Ids that survive a move between folders, times in UTC, bodies as HTML: asked for with every request. */
const PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="html"';
const PATIENCE_MS = 20_000;
/** More pages than any answer here has: a server that never ends is broken. */
const MOST_PAGES = 100;

export interface GraphDeps {
  readonly access: Access;
  readonly calls: Calls;
  readonly fetch: typeof fetch;
}

export interface Page<T> {
  readonly value: readonly T[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

/** A list to its end, with the link that a later round begins at. */
interface Round<T> {
  readonly entries: readonly T[];
  readonly deltaLink: string | null;
}

interface Sent {
  readonly ifMatch?: string | undefined;
  readonly tellsGuests?: boolean;
}

/**
 * Microsoft Graph v1.0 for one account. The client's own retries stay out: they sleep in the process, for at most
 * 180 s, however long Graph asks for; here every wait goes back to the queue.
 */
export class Graph {
  private readonly client: Client;

  constructor(private readonly deps: GraphDeps) {
    const sign = new AuthenticationHandler({ getAccessToken: () => deps.access.token() });
    sign.setNext(new Send(deps.fetch));
    this.client = Client.initWithMiddleware({ middleware: sign });
  }

  get<T>(path: string): Promise<T> {
    return this.send(path, (request) => request.get() as Promise<T>);
  }

  /** All pages of a list. */
  async list<T>(path: string): Promise<readonly T[]> {
    return (await this.round<T>(path)).entries;
  }

  async round<T>(path: string): Promise<Round<T>> {
    const entries: T[] = [];
    let next: string | undefined = path;
    for (let page = 0; page < MOST_PAGES && next !== undefined; page++) {
      const answer: Page<T> = await this.get<Page<T>>(next);
      entries.push(...answer.value);
      next = answer['@odata.nextLink'];
      if (next === undefined) return { entries, deltaLink: answer['@odata.deltaLink'] ?? null };
    }
    throw new CalendarError('Unreachable', 'Microsoft’s answer never ends.');
  }

  post<T>(path: string, body: object, sent: Sent = {}): Promise<T> {
    return this.send(path, (request) => request.post(body) as Promise<T>, sent);
  }

  patch<T>(path: string, body: object, sent: Sent = {}): Promise<T> {
    return this.send(path, (request) => request.patch(body) as Promise<T>, sent);
  }

  async delete(path: string, sent: Sent = {}): Promise<void> {
    await this.send(path, (request) => request.delete() as Promise<unknown>, sent);
  }

  private async send<T>(
    path: string,
    ask: (request: GraphRequest) => Promise<T>,
    sent: Sent = {},
  ): Promise<T> {
    const { access, calls } = this.deps;
    const token = await access.token();
    const once = (with_: string) =>
      calls.run(() => this.once(path, ask, with_, sent.ifMatch), { tellsGuests: sent.tellsGuests ?? false });
    try {
      return await once(token);
    } catch (error) {
      if (!isRefusedToken(error)) throw error;
      return once(await access.insteadOf(token));
    }
  }

  private async once<T>(
    path: string,
    ask: (request: GraphRequest) => Promise<T>,
    token: string,
    ifMatch: string | undefined,
  ): Promise<T> {
    const signed = new AuthenticationHandlerOptions({ getAccessToken: () => Promise.resolve(token) });
    const request = this.client.api(path).header('Prefer', PREFER).middlewareOptions([signed]);
    try {
      return await ask(ifMatch === undefined ? request : request.header('If-Match', ifMatch));
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** A path with its query, each value encoded; the client itself encodes nothing. */
export function address(path: string, query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${path}?${pairs.join('&')}`;
}

class Send implements Middleware {
  constructor(private readonly fetch: typeof globalThis.fetch) {}

  async execute(context: Context): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    context.response = await this.fetch(context.request, { ...context.options, signal });
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof CalendarError && (error.cause as { status?: number } | undefined)?.status === 401;
}
