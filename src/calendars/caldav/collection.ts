import type { DAVResponse } from 'tsdav';
import { CalendarError } from '../calendar-error.ts';
import type { DavClient } from './dav-client.ts';
import { refusalOf } from './refusal.ts';

/** Whole-calendar questions, and the way between addresses and names. */
export class Collection {
  private readonly client: DavClient;
  private readonly url: string;

  constructor(client: DavClient, url: string) {
    this.client = client;
    this.url = url.endsWith('/') ? url : `${url}/`;
  }

  urlOf(name: string): string {
    return this.url + name;
  }

  /** The name of one of its resources, as the server writes it; null for the collection itself and for others. */
  nameOf(href: string | undefined): string | null {
    const address = URL.parse(href ?? '', this.url);
    if (href === undefined || !address) return null;
    const cut = address.pathname.lastIndexOf('/') + 1;
    const inside = decoded(address.pathname.slice(0, cut)) === decoded(new URL(this.url).pathname);
    return (inside && address.pathname.slice(cut)) || null;
  }

  /** Properties of the collection itself; those that the server does not have are missing. */
  async properties(wanted: Record<string, unknown>): Promise<Record<string, unknown>> {
    const [self] = await this.find('0', wanted);
    if (!self?.props)
      throw new CalendarError('Unreachable', 'The calendar server gave an answer we cannot read.');
    return self.props;
  }

  /** Properties of everything in it. */
  async list(wanted: Record<string, unknown>): Promise<readonly DAVResponse[]> {
    return complete(await this.find('1', wanted));
  }

  /** @throws CalendarError where the server refuses, or leaves out the rest */
  async report(body: Record<string, unknown>): Promise<readonly DAVResponse[]> {
    const responses = await this.ask(body);
    throwRefused(responses);
    return complete(responses);
  }

  /** Null where the server cannot answer this kind of question. */
  async reportIfAble(body: Record<string, unknown>): Promise<readonly DAVResponse[] | null> {
    const responses = await this.ask(body);
    const refused = whole(responses);
    if (refused && [400, 403, 405, 409, 422].includes(refused.status)) return null;
    throwRefused(responses);
    return complete(responses);
  }

  /** The answer as it is. */
  ask(body: Record<string, unknown>): Promise<DAVResponse[]> {
    return this.client.query({ method: 'REPORT', url: this.url, depth: '1', namespace: 'd', body });
  }

  private async find(depth: '0' | '1', wanted: Record<string, unknown>): Promise<DAVResponse[]> {
    const responses = await this.client.query({
      method: 'PROPFIND',
      url: this.url,
      depth,
      namespace: 'd',
      body: { 'd:propfind': { ...PROPERTY_NAMESPACES, 'd:prop': wanted } },
    });
    throwRefused(responses);
    return responses;
  }
}

// Servers write the same path with more or fewer percent signs.
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export const PROPERTY_NAMESPACES = {
  _attributes: {
    'xmlns:d': 'DAV:',
    'xmlns:c': 'urn:ietf:params:xml:ns:caldav',
    'xmlns:cs': 'http://calendarserver.org/ns/',
  },
};

/** The answer to the request as a whole, where the server refused it or sent no multistatus. */
export function whole(responses: readonly DAVResponse[]): DAVResponse | null {
  const [only] = responses;
  return only && !isMultistatus(only) ? only : null;
}

/** @throws CalendarError where the request as a whole was refused or answered in another language */
export function throwRefused(responses: readonly DAVResponse[]): void {
  const refused = whole(responses);
  if (!refused) return;
  if (!refused.ok) throw refusalOf(refused.status, String(refused.raw));
  throw new CalendarError('Unreachable', 'The calendar server gave an answer we cannot read.');
}

function isMultistatus({ raw }: DAVResponse): boolean {
  return typeof raw === 'object' && raw !== null && 'multistatus' in raw;
}

// Part of an answer is no answer: what was left out would look like absence.
function complete(responses: readonly DAVResponse[]): readonly DAVResponse[] {
  if (!responses.some(({ status }) => status === 507)) return responses;
  throw new CalendarError('Unreachable', 'The calendar is too large for the server to list.');
}
