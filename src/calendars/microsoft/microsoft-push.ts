import type { Subscription } from '@microsoft/microsoft-graph-types';
import { minuteFromIso, minuteToIso } from '../../domain/minute.ts';
import type { Minute } from '../../domain/minute.ts';
import { CalendarError } from '../calendar-error.ts';
import { Push } from '../push.ts';
import type { Watch, WatchRequest } from '../push.ts';
import type { Graph } from './graph.ts';
import type { Place } from './holdings.ts';
import { isNotFound, isRefusal } from './refusal.ts';

/** An hour below the longest life of a subscription to events: clocks differ. Some tenants give less. */
const LIFE = 10_080 - 60;

/** Graph's subscriptions to one calendar. Graph tries our address before it answers. */
export class MicrosoftPush extends Push {
  constructor(
    private readonly graph: Graph,
    private readonly place: Place,
    private readonly now: () => Minute,
  ) {
    super();
  }

  /** The lifecycle address has to be there from the first day: Graph adds none later. */
  override async watch({ secret, address }: WatchRequest): Promise<Watch> {
    const { mailbox, calendar } = this.place;
    const made = await this.graph.post<Subscription>('/subscriptions', {
      changeType: 'created,updated,deleted',
      notificationUrl: address,
      lifecycleNotificationUrl: address,
      resource: `/${mailbox}/calendars/${calendar}/events`,
      expirationDateTime: this.latest(),
      clientState: secret,
    });
    return watchOf(made);
  }

  /** Null where Graph has lost the subscription. Renewing one also gives it our newest consent. */
  override async renew({ channel }: Watch): Promise<Watch | null> {
    try {
      const path = `/subscriptions/${channel}`;
      return watchOf(await this.graph.patch<Subscription>(path, { expirationDateTime: this.latest() }));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  override async stop({ channel }: Omit<Watch, 'expiresAt'>): Promise<void> {
    try {
      await this.graph.delete(`/subscriptions/${channel}`);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  private latest(): string {
    return minuteToIso(this.now() + LIFE);
  }
}

function watchOf({ id, expirationDateTime }: Subscription): Watch {
  if (!id || !expirationDateTime) {
    throw new CalendarError('Unreachable', 'Microsoft did not say how long it will tell us of changes.');
  }
  return { channel: id, resource: null, expiresAt: minuteFromIso(expirationDateTime), proven: true };
}

function isGone(error: unknown): boolean {
  return isNotFound(error) || isRefusal(error, ({ status }) => status === 404 || status === 410);
}
