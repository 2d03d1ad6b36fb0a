import { CalendarError } from '../calendar-error.ts';
import { Push } from '../push.ts';
import type { Watch, WatchRequest } from '../push.ts';
import type { GoogleClient } from './google-client.ts';
import { isStatus } from './refusal.ts';

/** Google's channels: seven days each, never renewed, listed nowhere. Only who remembers one can stop it. */
export class GooglePush extends Push {
  constructor(private readonly client: GoogleClient) {
    super();
  }

  override async watch({ channel, secret, address }: WatchRequest): Promise<Watch> {
    const request = { id: channel, type: 'web_hook', address, token: secret };
    const { resourceId, expiration } = await this.client.watch(request);
    if (resourceId && expiration) {
      return { channel, resource: resourceId, expiresAt: Math.floor(Number(expiration) / 60_000) };
    }
    throw new CalendarError('Unreachable', 'Google did not say how long it will tell us of changes.');
  }

  override async renew(): Promise<null> {
    return null;
  }

  override async stop({ channel, resource }: Omit<Watch, 'expiresAt'>): Promise<void> {
    try {
      await this.client.stopChannel({ id: channel, resourceId: resource });
    } catch (error) {
      if (!isStatus(error, 404, 410)) throw error;
    }
  }
}
