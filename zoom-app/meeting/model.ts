import type { Command, Entered, SessionView } from '../../src/live/live.api.ts';
import type { Effect, Key } from './effects.ts';
import type { Failure, Field } from './facts.ts';
import { offsetOf, UNKNOWN_CLOCK } from './server-clock.ts';
import type { ServerClock } from './server-clock.ts';

/** How far somebody is on the way into their session. */
export type Entry =
  | { readonly is: 'opening' }
  | { readonly is: 'in'; readonly key: Key }
  | Exclude<Entered, { is: 'in' }>
  | { readonly is: 'linking' }
  | { readonly is: 'nobody' }
  | { readonly is: 'failed'; readonly failure: Failure };

/** Words that are being written. `sent` is what the service was last given. */
export interface Draft {
  readonly text: string;
  readonly sent: string | null;
  /** Counts keystrokes, so that only the last one's pause counts. */
  readonly turn: number;
  readonly left: boolean;
  /** Whether the service would not have them: they are sent again when the field is left, or with the page. */
  readonly refused: boolean;
}

/** A command on its way; its id makes a repetition harmless. */
export interface Waiting {
  readonly id: string;
  readonly command: Command;
  /** The field whose words it carries; null for what was pressed. */
  readonly field: Field | null;
  /** Where the clock was when its sender pressed. */
  readonly seen: string;
  /** The revision that it named under its id; null before it was sent. */
  readonly expected: number | null;
  readonly tries: number;
  /** Whether it is on its way, so that nothing but its answer moves the line. */
  readonly away: boolean;
}

export interface Zoom {
  readonly is: 'absent' | 'asked' | 'slow' | 'configured' | 'dead';
  readonly missing: readonly string[];
  /** Last given by Zoom, until it was exchanged. */
  readonly context: string | null;
  /** Whether Zoom itself was asked for the context; the page may have brought one that was spent already. */
  readonly asked: boolean;
  /** Whether the configuration was tried a second time. */
  readonly retried: boolean;
}

export interface Model {
  readonly now: number;
  readonly seed: string;
  readonly counted: number;
  readonly clock: ServerClock;
  /** Server time minus ours as the first view shows it, until the clock was asked. */
  readonly glimpse: number;
  readonly entry: Entry;
  /** The personal link that the page came with, until it was answered. */
  readonly link: string | null;
  readonly zoom: Zoom;
  readonly line: 'opening' | 'live' | 'broken';
  readonly unreached: boolean;
  readonly view: SessionView | null;
  readonly waiting: readonly Waiting[];
  readonly failure: string | null;
  readonly drafts: Partial<Readonly<Record<Field, Draft>>>;
  readonly questionTurn: number;
  readonly skipOpen: boolean;
  readonly sound: 'off' | 'joined' | 'blocked' | 'failed';
  /** Soft tones at cues; none before a tap allows them, and none ever for who asks for a still page. */
  readonly tones: 'none' | 'on' | 'off';
  readonly clipState: 'none' | 'saving' | 'failed';
  /** The last thing that must be heard. */
  readonly said: string;
  /** The block that was announced last. */
  readonly spokenBlock: number | null;
  /** What Zoom was last told to show on the tile, and whether it was asked for the commitment. */
  readonly indicator: string;
  readonly notified: boolean;
  /** Another window of Zoom, or another tab, lies over the panel. */
  readonly hidden: boolean;
}

export type Change = readonly [Model, readonly Effect[]];

export const FIRST: Model = {
  now: 0,
  seed: '',
  counted: 0,
  clock: UNKNOWN_CLOCK,
  glimpse: 0,
  entry: { is: 'opening' },
  link: null,
  zoom: { is: 'absent', missing: [], context: null, asked: false, retried: false },
  line: 'opening',
  unreached: false,
  view: null,
  waiting: [],
  failure: null,
  drafts: {},
  questionTurn: 0,
  skipOpen: false,
  sound: 'off',
  tones: 'none',
  clipState: 'none',
  said: '',
  spokenBlock: null,
  indicator: '',
  notified: false,
  hidden: false,
};

/** Server time minus our steady clock, as well as it is known. */
export function offset({ clock, glimpse }: Model): number {
  return offsetOf(clock) ?? glimpse;
}

/** The server's present. */
export function serverNow(model: Model): number {
  return model.now + offset(model);
}

/** The key of the session that we are in; null on the way there. */
export function keyOf({ entry }: Model): Key | null {
  return entry.is === 'in' ? entry.key : null;
}
