import type { Minute } from '../domain/minute.ts';

/** What the vendor is asked to tell, and how it proves to be the vendor. */
export interface WatchRequest {
  /** Ours, a UUID, remembered before the vendor is asked: a first message may overtake the answer. */
  readonly channel: string;
  /** Comes back with every message (`X-Goog-Channel-Token`, `clientState`); at most 128 characters. */
  readonly secret: string;
  /** Where messages go, those about the watch's own life included. Always https. */
  readonly address: string;
}

/** A watch as the vendor confirmed it. */
export interface Watch {
  /** The vendor's name for it: Google takes ours, Graph makes its own. */
  readonly channel: string;
  /** What Google wants to hear when a channel is stopped; null where the channel is enough. */
  readonly resource: string | null;
  /** As answered, not as asked for. */
  readonly expiresAt: Minute;
  /** The vendor reached our address before it answered; otherwise the first message has to show it. */
  readonly proven?: boolean;
}

/**
 * A calendar that tells of its changes by itself. A message only ever says "look again"; polling goes on, less often.
 * Every method throws a CalendarError like a Calendar does.
 */
export abstract class Push {
  abstract watch(request: WatchRequest): Promise<Watch>;

  /** The same watch with a later end; null where the vendor has no such thing and a new watch has to overlap it. */
  abstract renew(watch: Watch): Promise<Watch | null>;

  /** Ends the watch; one that is gone already is done. */
  abstract stop(watch: Omit<Watch, 'expiresAt'>): Promise<void>;
}
