/** Somebody whom the meeting platform vouches for. */
export interface Arrival {
  /** Their account there, stable over meetings; null for a guest. */
  readonly account: string | null;
  /** The running meeting; null where the app was opened outside one. */
  readonly meeting: string | null;
  /** Milliseconds; after this the vouching is worth nothing. */
  readonly until: number;
}

/** What somebody allowed us to ask the platform. */
export interface Grant {
  readonly code: string;
  readonly verifier: string;
  readonly redirectUri: string;
}

/** An account there and the address that the platform has verified for it. */
export interface Identity {
  readonly account: string;
  readonly email: string;
}

/** Where meetings take place. Says who is who; everything else works without it. */
export abstract class MeetingPlatform {
  abstract readonly connected: boolean;

  /** @returns null for what is forged, altered, out of date or meant for somebody else, without saying which */
  abstract recognise(sealed: string, now: number): Arrival | null;

  /** @returns null where the platform does not honour the grant or has verified no address */
  abstract identify(grant: Grant): Promise<Identity | null>;
}
