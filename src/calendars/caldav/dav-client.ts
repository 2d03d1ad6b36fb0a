import { davRequest } from 'tsdav';
import type { DAVResponse } from 'tsdav';
import { CalendarError } from '../calendar-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { budgetOf } from './call-budget.ts';
import { guardAddress, systemLookup } from './guard-address.ts';
import type { Lookup } from './guard-address.ts';
import { refusalOf } from './refusal.ts';
import type { CaldavLogin } from './settings.ts';

export interface DavDeps {
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
  readonly lookup?: Lookup;
}

export interface DavQuery {
  readonly method: 'PROPFIND' | 'REPORT';
  readonly url: string;
  readonly depth: '0' | '1';
  readonly namespace: 'd' | 'c';
  /** An XML document as tsdav writes it. */
  readonly body: Record<string, unknown>;
}

const TIMEOUT_MS = 20_000;
const MOST_REDIRECTS = 5;

/** One account on one server: signs in, keeps to its budget, never leaves the server's origin. */
export class DavClient {
  readonly origin: string;
  private readonly authorization: string;
  private readonly user: string;
  private readonly deps: DavDeps;
  private guarded: Promise<void> | null = null;

  /** @param url any address of the server; requests to another origin are refused */
  constructor(url: string, { user, password }: Pick<CaldavLogin, 'user' | 'password'>, deps: DavDeps) {
    this.origin = new URL(url).origin;
    this.user = user;
    this.authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
    this.deps = deps;
  }

  /**
   * One request, redirects followed within the origin. Answers that say the server is out of reach, busy, or does
   * not know us any more are thrown; every other status is the caller's to read.
   */
  async send(url: string, init: RequestInit = {}): Promise<Response> {
    let target = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await this.call(target, init);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !location) return refuseOutage(response);
      target = new URL(location, target);
    }
    throw new CalendarError('Unreachable', 'The calendar server sends us round in circles.');
  }

  /** A PROPFIND or REPORT. Nothing is thrown for what the server says of single resources. */
  async query({ method, url, depth, namespace, body }: DavQuery): Promise<DAVResponse[]> {
    return davRequest({
      url,
      init: { method, namespace, headers: { depth }, body },
      fetch: (_, init) => this.send(url, init),
    });
  }

  private async call(target: URL, init: RequestInit): Promise<Response> {
    if (target.origin !== this.origin) {
      throw new CalendarError(
        'Unreachable',
        `The calendar server sends us on to ${target.origin}. If that is right, connect with that address.`,
      );
    }
    this.guarded ??= guardAddress(target, this.deps.lookup ?? systemLookup);
    await this.guarded;
    budgetOf(this.origin, this.user).spend(this.deps.clock.milliseconds());
    const headers = new Headers(init.headers);
    headers.set('authorization', this.authorization);
    // Compressing proxies rewrite etags, and then no conditional write ever matches.
    headers.set('accept-encoding', 'identity');
    const request = {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    } as const;
    try {
      return await whole(await (this.deps.fetch ?? fetch)(target, request));
    } catch (cause) {
      throw new CalendarError('Unreachable', `The calendar server ${target.host} does not answer.`, {
        cause,
      });
    }
  }
}

// The body is read under the same time limit as the head, so that a server that stops halfway is out of reach too.
async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = await response.text();
  return new Response([204, 205, 304].includes(status) ? null : body, { status, statusText, headers });
}

async function refuseOutage(response: Response): Promise<Response> {
  const { status } = response;
  if (status !== 401 && status !== 429 && status < 500) return response;
  if (status === 507) return response;
  throw refusalOf(status, await response.text(), response.headers.get('retry-after'));
}
