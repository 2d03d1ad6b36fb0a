import { createHash } from 'node:crypto';
import { calendar } from '@googleapis/calendar';
import type { calendar_v3 } from '@googleapis/calendar';
import { CalendarError } from '../calendar-error.ts';
import type { VendorDeps, VendorSettings } from '../vendor.ts';
import { isStatus, refusalOf } from './refusal.ts';

export type Event = calendar_v3.Schema$Event;
export type ListQuery = calendar_v3.Params$Resource$Events$List;

/** Whether guests hear of a write. Tags and the agenda's text are no news to anybody. */
export type Telling = 'all' | 'none';

export type ClientDeps = Omit<VendorDeps, 'owner' | 'ids'> & { readonly fetch?: typeof fetch };

interface RequestOptions {
  readonly headers: Record<string, string>;
  readonly retry: false;
  readonly timeout: number;
  readonly fetchImplementation: typeof fetch;
}

const TIMEOUT_MS = 20_000;
const MOST_AT_ONCE = 2500;
const api = calendar('v3').events;
const channels = calendar('v3').channels;
const freebusy = calendar('v3').freebusy;

/** Google's answers about one calendar. Every request goes through the account's calls, and none is repeated here. */
export class GoogleClient {
  readonly #calendarId: string;
  readonly #quotaUser: string;

  constructor(
    { calendarId, email }: VendorSettings,
    private readonly deps: ClientDeps,
  ) {
    this.#calendarId = calendarId;
    // Without it all accounts of a service account count as one user. A digest, because it shows in Google's logs.
    this.#quotaUser = createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 40);
  }

  /** The event, deleted or not; null where Google knows of none. */
  async get(eventId: string): Promise<Event | null> {
    try {
      return await this.#send((options) => api.get({ ...this.#place, eventId }, options));
    } catch (error) {
      if (isStatus(error, 404)) return null;
      throw error;
    }
  }

  /** All pages. */
  async list(query: ListQuery): Promise<readonly Event[]> {
    return (await this.sync(query)).events;
  }

  /** All pages, and where the next question goes on. */
  async sync(query: ListQuery): Promise<{ events: readonly Event[]; token: string | null }> {
    const events: Event[] = [];
    for (let page: ListQuery = {}; ;) {
      const asked = { maxResults: MOST_AT_ONCE, ...query, ...page, ...this.#place };
      const answer = await this.#send((options) => api.list(asked, options));
      events.push(...itemsOf(answer));
      if (!answer.nextPageToken) return { events, token: answer.nextSyncToken ?? null };
      page = { pageToken: answer.nextPageToken };
    }
  }

  /** Instances of a series that stand, or would stand, in a window; null where the series is not known. */
  async instances(eventId: string, timeMin: string, timeMax: string): Promise<readonly Event[] | null> {
    const events: Event[] = [];
    try {
      for (let pageToken: string | undefined; ;) {
        const window = { eventId, timeMin, timeMax, showDeleted: true, maxResults: MOST_AT_ONCE };
        const asked = { ...window, ...(pageToken ? { pageToken } : {}), ...this.#place };
        const answer = await this.#send((options) => api.instances(asked, options));
        events.push(...itemsOf(answer));
        if (!answer.nextPageToken) return events;
        pageToken = answer.nextPageToken;
      }
    } catch (error) {
      if (isStatus(error, 404, 410)) return null;
      throw error;
    }
  }

  /** The one instance that was to start then, deleted or not; null where there is none. */
  async instanceAt(eventId: string, originalStart: string): Promise<Event | null> {
    const asked = { ...this.#place, eventId, originalStart, showDeleted: true };
    const answer = await this.#send((options) => api.instances(asked, options));
    const [found] = itemsOf(answer);
    return found ? this.get(found.id!) : null;
  }

  insert(requestBody: Event, sendUpdates: Telling): Promise<Event> {
    return this.#send(
      (options) => api.insert({ ...this.#place, sendUpdates, requestBody }, options),
      sendUpdates,
    );
  }

  patch(event: Event, requestBody: Event, sendUpdates: Telling): Promise<Event> {
    const asked = { ...this.#place, eventId: event.id!, sendUpdates, requestBody };
    return this.#send((options) => api.patch(asked, matching(options, event)), sendUpdates);
  }

  /** An event that is gone already is fine. */
  async delete(event: Event): Promise<void> {
    const asked = { ...this.#place, eventId: event.id!, sendUpdates: 'all' };
    try {
      await this.#send((options) => api.delete(asked, matching(options, event)), 'all');
    } catch (error) {
      if (!isStatus(error, 404, 410)) throw error;
    }
  }

  watch(requestBody: calendar_v3.Schema$Channel): Promise<calendar_v3.Schema$Channel> {
    return this.#send((options) => api.watch({ ...this.#place, requestBody }, options));
  }

  async stopChannel(requestBody: calendar_v3.Schema$Channel): Promise<void> {
    const { quotaUser } = this.#place;
    await this.#send((options) => channels.stop({ quotaUser, requestBody }, options));
  }

  /** Busy time as everybody who may see it sees it. @throws CalendarError also for an error of the calendar alone */
  async freeBusy(timeMin: string, timeMax: string): Promise<calendar_v3.Schema$TimePeriod[]> {
    const id = this.#calendarId;
    const requestBody = { timeMin, timeMax, items: [{ id }] };
    const { quotaUser } = this.#place;
    const { calendars } = await this.#send((options) => freebusy.query({ quotaUser, requestBody }, options));
    const found = calendars?.[id];
    if (found?.busy && !found.errors?.length) return found.busy;
    throw new CalendarError('Unreachable', 'Google does not show the busy time of this calendar.');
  }

  get #place() {
    return { calendarId: this.#calendarId, quotaUser: this.#quotaUser };
  }

  #send<T>(
    request: (options: RequestOptions) => Promise<{ data: T }>,
    telling: Telling = 'none',
  ): Promise<T> {
    return this.deps.calls.run(() => this.#signed(request), { tellsGuests: telling === 'all' });
  }

  /** A token may end between two clocks: one refusal is answered with another token. */
  async #signed<T>(request: (options: RequestOptions) => Promise<{ data: T }>): Promise<T> {
    const { access } = this.deps;
    const token = await access.token();
    try {
      return await this.#once(request, token);
    } catch (error) {
      if (!isStatus(error, 401)) throw error;
      return this.#once(request, await access.insteadOf(token));
    }
  }

  async #once<T>(request: (options: RequestOptions) => Promise<{ data: T }>, token: string): Promise<T> {
    const headers = { authorization: `Bearer ${token}` };
    const fetchImplementation = this.deps.fetch ?? fetch;
    try {
      const { data } = await request({ headers, retry: false, timeout: TIMEOUT_MS, fetchImplementation });
      return data;
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

function matching(options: RequestOptions, { etag }: Event): RequestOptions {
  return { ...options, headers: { ...options.headers, 'if-match': etag! } };
}

// An answer without a list is no empty list.
function itemsOf({ items }: calendar_v3.Schema$Events): readonly Event[] {
  if (Array.isArray(items)) return items;
  throw new CalendarError('Unreachable', 'Google Calendar gave an answer that we cannot read.');
}
