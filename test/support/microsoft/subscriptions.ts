import type { Subscription } from '@microsoft/microsoft-graph-types';
import { badRequest, notFound, Refused } from './answer.ts';
import { wrongWith } from './held.ts';

const ON_CREATE = [
  'changeType',
  'notificationUrl',
  'lifecycleNotificationUrl',
  'resource',
  'expirationDateTime',
  'clientState',
  'latestSupportedTlsVersion',
];
const LONGEST_MINUTES = 10_080;
const SHORTEST_MINUTES = 45;
const SHORTENED_TO = 4_230;

/** How the fake reaches our own web hooks: a POST as Graph would make it. */
export type Deliver = (url: string, body: unknown) => Promise<{ status: number; type: string; text: string }>;

export interface Subscribed extends Subscription {
  readonly mailbox: string;
}

/** Subscriptions to the events of calendars, with the handshakes and the limits. */
export class Subscriptions {
  readonly all = new Map<string, Subscribed>();
  /** A tenant in which subscriptions live shorter than they were asked for. */
  shortens = false;
  #count = 0;

  constructor(
    private readonly now: () => number,
    public deliver: Deliver,
  ) {}

  async create(body: unknown, mailbox: string): Promise<Subscribed> {
    const wrong = wrongWith('subscription', body);
    if (wrong) throw badRequest(`The request body does not fit a subscription: ${wrong}`);
    const asked = body as Subscription;
    const unknown = Object.keys(asked).find((name) => !ON_CREATE.includes(name));
    if (unknown) throw badRequest(`${unknown} cannot be set here`);
    if ((asked.clientState?.length ?? 0) > 128) throw badRequest('clientState is longer than 128 characters');
    if (!asked.notificationUrl?.startsWith('https://')) throw badRequest('notificationUrl must be https');
    this.refuseDuplicate(asked);
    const expirationDateTime = this.expiry(asked.expirationDateTime);
    for (const url of [asked.notificationUrl, asked.lifecycleNotificationUrl])
      if (url) await this.validate(url);
    const id = `subscription-${++this.#count}`;
    const made = { ...asked, id, expirationDateTime, mailbox };
    this.all.set(id, made);
    return made;
  }

  renew(id: string, body: unknown): Subscribed {
    const known = this.live(id);
    const names = Object.keys(body as object);
    if (names.some((name) => name !== 'expirationDateTime')) {
      throw badRequest(`${names.join()} cannot be changed; lifecycleNotificationUrl cannot be added later`);
    }
    const renewed = { ...known, expirationDateTime: this.expiry((body as Subscription).expirationDateTime) };
    this.all.set(id, renewed);
    return renewed;
  }

  remove(id: string): void {
    this.live(id);
    this.all.delete(id);
  }

  /** Tells everybody who listens to a mailbox. @param times Graph tells some things twice */
  async tell(
    mailbox: string,
    changeType: 'created' | 'updated' | 'deleted',
    event: string,
    times = 1,
  ): Promise<void> {
    for (const { id, clientState, notificationUrl } of this.listening(mailbox)) {
      const item = {
        subscriptionId: id,
        clientState,
        changeType,
        tenantId: 'tenant',
        subscriptionExpirationDateTime: this.all.get(id!)!.expirationDateTime,
        resource: `Users/${mailbox}/Events/${event}`,
        resourceData: {
          '@odata.type': '#Microsoft.Graph.Event',
          id: event,
        },
      };
      for (let i = 0; i < times; i++) await this.deliver(notificationUrl!, { value: [item] });
    }
  }

  async tellLifecycle(
    mailbox: string,
    lifecycleEvent: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed',
  ): Promise<void> {
    for (const { id, clientState, lifecycleNotificationUrl } of this.listening(mailbox)) {
      if (lifecycleEvent === 'subscriptionRemoved') this.all.delete(id!);
      const item = { subscriptionId: id, clientState, lifecycleEvent, tenantId: 'tenant' };
      if (lifecycleNotificationUrl) await this.deliver(lifecycleNotificationUrl, { value: [item] });
    }
  }

  private listening(mailbox: string): Subscribed[] {
    return [...this.all.values()].filter(
      (one) => one.mailbox === mailbox && Date.parse(one.expirationDateTime!) > this.now(),
    );
  }

  private live(id: string): Subscribed {
    const known = this.all.get(id);
    if (!known || Date.parse(known.expirationDateTime!) <= this.now()) throw notFound();
    return known;
  }

  private refuseDuplicate({ resource, changeType, notificationUrl }: Subscription): void {
    const taken = [...this.all.values()].some(
      (one) =>
        one.resource === resource &&
        one.changeType === changeType &&
        one.notificationUrl === notificationUrl &&
        Date.parse(one.expirationDateTime!) > this.now(),
    );
    if (taken) throw new Refused(409, 'Conflict', 'A subscription for this resource exists already.');
  }

  private expiry(asked: string | undefined): string {
    const minutes = (Date.parse(asked ?? '') - this.now()) / 60_000;
    if (!(minutes > 0)) throw badRequest('expirationDateTime must lie ahead');
    if (minutes > LONGEST_MINUTES)
      throw badRequest('Subscription expiration can only be 10080 minutes in the future.');
    const longest = this.shortens ? SHORTENED_TO : LONGEST_MINUTES;
    const given = Math.min(longest, Math.max(SHORTEST_MINUTES, minutes));
    return new Date(this.now() + given * 60_000).toISOString();
  }

  private async validate(url: string): Promise<void> {
    const token = `Validation: a token/with+signs ${this.#count}`;
    const joined = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
    const { status, type, text } = await this.deliver(joined, null);
    if (status !== 200 || !type.startsWith('text/plain') || text !== token) {
      throw new Refused(400, 'ValidationError', 'Subscription validation request failed.');
    }
  }
}
