import type { CommandBody, TranscriptBody } from '../../src/live/live.api.ts';
import type { CapabilityName } from './capabilities.ts';
import type { Fact } from './facts.ts';
import type { Playback } from './following.ts';

/** The session that a token opens. */
export interface Key {
  readonly session: string;
  readonly token: string;
}

/** Where the sound comes from. `until` is server time, after which the address is refused. */
export interface Source {
  readonly url: string;
  readonly until: number;
}

/** What the player needs to be where the other side is. `offset` is server time minus our steady clock. */
export interface Follow {
  readonly playback: Playback;
  readonly duration: number;
  readonly source: Source;
  readonly offset: number;
}

/** Something for network.ts. */
export type NetworkEffect =
  | { readonly do: 'enter'; readonly by: 'link' | 'zoom' | 'zoom/code'; readonly body: unknown }
  | { readonly do: 'ask challenge' }
  | { readonly do: 'listen'; readonly key: Key; readonly after: number | null }
  | { readonly do: 'poll'; readonly key: Key; readonly after: number | null }
  | { readonly do: 'ask time'; readonly key: Key }
  | {
      readonly do: 'command';
      readonly key: Key;
      readonly id: string;
      readonly body: CommandBody;
      /** Sent with a page that closes: what is answered is told nobody. */
      readonly unheard?: boolean;
    }
  | { readonly do: 'upload'; readonly key: Key; readonly file: File; readonly start: number }
  | { readonly do: 'write transcript'; readonly key: Key; readonly body: TranscriptBody };

/** Something for zoom.ts. */
export type ZoomEffect =
  | { readonly do: 'configure' }
  | { readonly do: 'ask context' }
  | { readonly do: 'tell zoom'; readonly call: CapabilityName; readonly options?: object };

/** Something for player.ts. */
export type PlayerEffect =
  | { readonly do: 'join sound'; readonly source: Source }
  | { readonly do: 'follow'; readonly follow: Follow | null };

/** Something for tone.ts. Getting ready must be done within a tap. */
export type ToneEffect =
  | { readonly do: 'ready tone' }
  | { readonly do: 'sound tone' }
  | { readonly do: 'keep tones'; readonly on: boolean };

/** Something for browser.ts. `tick` replaces the tick that was waiting. */
export type BrowserEffect =
  | { readonly do: 'wait'; readonly milliseconds: number; readonly then: Fact }
  | { readonly do: 'tick'; readonly milliseconds: number }
  | { readonly do: 'keep'; readonly key: Key | null }
  /** Out of the address bar, and so out of what a reload would send. */
  | { readonly do: 'forget link' };

/** Something to be done in the world; the update only names it. */
export type Effect = NetworkEffect | ZoomEffect | PlayerEffect | ToneEffect | BrowserEffect;
