import type { BlockKind, Format } from '../agenda/format.ts';
import type { OccurrenceKey } from '../occurrence.ts';
import type { Side } from '../person.ts';
import type { FormatName } from '../series.ts';

/** Milliseconds since 1970-01-01T00:00Z; only the session needs anything finer than a minute. */
export type Millisecond = number;

export type BySide<T> = Readonly<Record<Side, T>>;

/** Who runs the clock. `closed` is final; until then what was written can be confirmed. */
export type Timer =
  | { readonly is: 'waiting' }
  | { readonly is: 'running'; readonly since: Millisecond }
  | { readonly is: 'paused'; readonly since: Millisecond }
  | { readonly is: 'ended'; readonly at: Millisecond }
  | { readonly is: 'closed'; readonly at: Millisecond };

export type SkipReason = 'no_time' | 'done_before' | 'nothing_to_say' | 'other';

/** A block as it runs. `spent` leaves out the stretch that is running now. */
export interface RunningBlock {
  readonly kind: BlockKind;
  /** Seconds that the format gives it. */
  readonly planned: number;
  /** Seconds it has after others gave or took some. */
  readonly seconds: number;
  readonly spent: number;
  readonly startedAt: Millisecond | null;
  readonly skipped: SkipReason | null;
}

/** Everything that the clock's commands change, and that undo brings back. */
export interface Clockwork {
  readonly timer: Timer;
  readonly current: number;
  readonly blocks: readonly RunningBlock[];
}

export type DealKind = 'stuck' | 'exciting';
export type CoachingStep = 'hear' | 'ask' | 'demonstrate' | 'role_play' | 'commit';
export type Tried = 'yes' | 'no' | 'partly';

/** Where both sides hear the clip: playing, it is at `position + (now - at) * speed`, and `at` may lie ahead. */
export interface Playback {
  readonly is: 'playing' | 'paused';
  readonly position: number;
  readonly at: Millisecond;
  readonly speed: number;
  readonly loop: boolean;
}

/** The artifact of the session. */
export interface AttachedClip {
  readonly id: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Null for a transcript excerpt alone. The recording is removed at `keepUntil`, its words stay. */
  readonly media: {
    readonly type: string;
    readonly bytes: number;
    /** Clips brought before this was kept have none. */
    readonly keepUntil?: Millisecond;
  } | null;
  readonly by: Side;
}

/** What was done last, for the small line that says who did it. Holds nobody's words. */
export type Done = { readonly by: Side; readonly at: Millisecond } & (
  | {
      readonly what: 'extended';
      readonly seconds: number;
      readonly block: BlockKind;
      readonly from: BlockKind;
    }
  | { readonly what: 'went on' | 'went back' | 'skipped'; readonly block: BlockKind }
  | { readonly what: Plain }
);

type Plain =
  | 'started'
  | 'paused'
  | 'resumed'
  | 'ended'
  | 'undid'
  | 'inspected'
  | 'wrote the commitment'
  | 'confirmed'
  | 'played the clip'
  | 'held the clip'
  | 'brought a clip';

export type Missing = 'inspection' | 'artifact' | 'commitment' | 'manager_ack' | 'rep_ack';

export interface Deal {
  readonly name: string;
  readonly question: string;
  readonly nextStep: string;
  readonly inOneSentence: boolean | null;
}

/** One line of a clip's transcript; `at` in milliseconds into the clip. */
export interface TranscriptLine {
  readonly at: number;
  readonly speaker: string;
  readonly text: string;
}

/** Everything people wrote: stored sealed and apart, by who may read it. */
export interface Words {
  readonly pair: {
    readonly lastCommitment: string;
    readonly noticed: string;
    readonly stuck: Deal | null;
    readonly exciting: Deal | null;
    readonly answer: string;
    readonly career: string;
    readonly resilience: string;
    readonly commitment: string;
    readonly transcript: readonly TranscriptLine[];
  };
  readonly manager: { readonly positive: string; readonly notes: string; readonly flat: boolean | null };
  readonly rep: { readonly notes: string };
}

/** One live run of an occurrence. Everything outside `words` is free of anybody's words. */
export interface Session extends Clockwork {
  readonly format: FormatName;
  /** How many sessions the series had before; the questions come round by it. */
  readonly number: number;
  /** Length of the calendar event in minutes; the blocks' plan is longer by design (F044). */
  readonly minutes: number;
  readonly startedAt: Millisecond | null;
  readonly endedAt: Millisecond | null;
  readonly touchedAt: Millisecond;
  readonly arrived: BySide<Millisecond | null>;
  /** The occurrence whose commitment is inspected; null where there is none yet. */
  readonly inspects: OccurrenceKey | null;
  readonly tried: Tried | null;
  readonly looking: DealKind;
  readonly step: CoachingStep;
  /** When each coaching step was first reached. */
  readonly steps: Partial<Readonly<Record<CoachingStep, Millisecond>>>;
  readonly clip: AttachedClip | null;
  readonly playback: Playback | null;
  /** Counts the edits of the commitment; 0 while nothing is written. */
  readonly edit: number;
  /** When each side confirmed this very edit. */
  readonly confirmed: BySide<Millisecond | null>;
  readonly wasSkipped: 'open' | 'inspect' | 'close' | 'none' | null;
  readonly missing: readonly Missing[];
  readonly undo: { readonly until: Millisecond; readonly before: Clockwork; readonly of: Done } | null;
  readonly done: Done | null;
  readonly words: Words;
}

/** What a new session starts from. */
export interface Beginning {
  readonly format: Format;
  readonly number: number;
  readonly last: { readonly on: OccurrenceKey; readonly text: string } | null;
  readonly at: Millisecond;
}

export function beginSession({ format, number, last, at }: Beginning): Session {
  return {
    format: format.name,
    timer: { is: 'waiting' },
    current: 0,
    blocks: format.blocks.map(({ kind, seconds }) => ({
      kind,
      planned: seconds,
      seconds,
      spent: 0,
      startedAt: null,
      skipped: null,
    })),
    number,
    minutes: format.minutes,
    startedAt: null,
    endedAt: null,
    touchedAt: at,
    arrived: { manager: null, rep: null },
    inspects: last?.on ?? null,
    tried: null,
    looking: 'stuck',
    step: 'hear',
    steps: {},
    clip: null,
    playback: null,
    edit: 0,
    confirmed: NOBODY,
    wasSkipped: null,
    missing: [],
    undo: null,
    done: null,
    words: {
      pair: { ...EMPTY, lastCommitment: last?.text ?? '' },
      manager: { positive: '', notes: '', flat: null },
      rep: { notes: '' },
    },
  };
}

export const NOBODY: BySide<null> = { manager: null, rep: null };

const EMPTY = {
  noticed: '',
  stuck: null,
  exciting: null,
  answer: '',
  career: '',
  resilience: '',
  commitment: '',
  transcript: [],
};
