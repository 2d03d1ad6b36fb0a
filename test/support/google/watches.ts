import type { calendar_v3 } from '@googleapis/calendar';
import { invalid, notFound } from './refusal.ts';

/** One POST to our webhook: no body, everything in its headers. */
export interface Notification {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Channel {
  readonly id: string;
  readonly resourceId: string;
  readonly calendar: string;
  readonly address: string;
  readonly token: string | null;
  readonly expiresAt: number;
  messages: number;
}

const WEEK_SECONDS = 604_800;

/** events.watch and channels.stop. What it has to tell waits in `outbox` for the test to deliver, lose or repeat. */
export class Watches {
  readonly outbox: Notification[] = [];
  readonly #channels = new Map<string, Channel>();

  constructor(private readonly now: () => number) {}

  watch(calendar: string, body: calendar_v3.Schema$Channel): object {
    const { id, type, address, token, params } = body;
    if (!id || !/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) throw invalid('Invalid channel id.');
    if (type !== 'web_hook') throw invalid('Unknown channel type.');
    if (!address?.startsWith('https://')) throw invalid('WebHook callback must be HTTPS.');
    if ((token ?? '').length > 256) throw invalid('The channel token is too long.');
    if (this.#channels.has(id)) throw invalid('Channel id not unique.');
    const ttl = Math.min(Number(params?.['ttl'] ?? WEEK_SECONDS), WEEK_SECONDS);
    const expiresAt = this.now() + Math.floor(ttl / 60);
    const resourceId = `resource-of-${Buffer.from(calendar).toString('base64url')}`;
    const channel = { id, resourceId, calendar, address, token: token ?? null, expiresAt, messages: 0 };
    this.#channels.set(id, channel);
    this.#send(channel, 'sync');
    const resourceUri = `https://www.googleapis.com/calendar/v3/calendars/${calendar}/events?alt=json`;
    const expiration = String(expiresAt * 60_000);
    return { kind: 'api#channel', id, resourceId, resourceUri, expiration, ...(token ? { token } : {}) };
  }

  stop({ id, resourceId }: calendar_v3.Schema$Channel): void {
    const channel = this.#channels.get(id ?? '');
    if (!channel || channel.resourceId !== resourceId || channel.expiresAt <= this.now()) throw notFound();
    this.#channels.delete(channel.id);
  }

  /** Every live channel hears of it, our own writes included. */
  changed(calendar: string): void {
    for (const channel of this.#channels.values()) {
      if (channel.calendar === calendar && channel.expiresAt > this.now()) this.#send(channel, 'exists');
    }
  }

  get open(): number {
    return [...this.#channels.values()].filter(({ expiresAt }) => expiresAt > this.now()).length;
  }

  #send(channel: Channel, state: 'sync' | 'exists'): void {
    channel.messages += state === 'sync' ? 1 : 3;
    this.outbox.push({
      address: channel.address,
      headers: {
        'x-goog-channel-id': channel.id,
        'x-goog-resource-id': channel.resourceId,
        'x-goog-resource-state': state,
        'x-goog-resource-uri': `https://www.googleapis.com/calendar/v3/calendars/${channel.calendar}/events`,
        'x-goog-message-number': String(channel.messages),
        'x-goog-channel-expiration': new Date(channel.expiresAt * 60_000).toUTCString(),
        ...(channel.token === null ? {} : { 'x-goog-channel-token': channel.token }),
      },
    });
  }
}
