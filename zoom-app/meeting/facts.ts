import type { Command, Entered, SessionView, ZoomChallenge } from '../../src/live/live.api.ts';
import type { ProblemView } from '../../src/platform/problems/problem.api.ts';
import type { Probe } from './server-clock.ts';

/** Why the service did not do what it was asked; null where it could not be reached at all. */
export type Failure = ProblemView | null;

/** Words that only their writer types; each is one field on the panel. */
export type Field =
  | 'positive'
  | 'notes'
  | 'noticed'
  | 'answer'
  | 'career'
  | 'resilience'
  | 'commitment'
  | 'stuck name'
  | 'stuck question'
  | 'stuck step'
  | 'exciting name'
  | 'exciting question'
  | 'exciting step';

/** How somebody got to the panel. */
export interface Arrival {
  /** From the address of a personal link. */
  readonly link: string | null;
  /** The context that Zoom sent with the page. */
  readonly context: string | null;
  /** From before a reload. */
  readonly kept: { readonly session: string; readonly token: string } | null;
  readonly zoom: boolean;
  /** Tells this panel's requests from any other's. */
  readonly seed: string;
}

/** What happened: everything that can change the panel. `at` is our steady clock in milliseconds. */
export type Fact =
  | ({ readonly kind: 'Opened'; readonly at: number } & Arrival)
  | { readonly kind: 'EntryAnswered'; readonly entered: Entered }
  | { readonly kind: 'EntryFailed'; readonly failure: Failure }
  | { readonly kind: 'MeetingChosen'; readonly series: string; readonly key: string }
  | { readonly kind: 'LinkingAsked' }
  | { readonly kind: 'ChallengeGiven'; readonly challenge: ZoomChallenge }
  | { readonly kind: 'RetryAsked' }
  | { readonly kind: 'SessionCame'; readonly view: SessionView; readonly at: number }
  | { readonly kind: 'StreamOpened' | 'StreamBroke' | 'StreamWanted'; readonly token: string }
  | { readonly kind: 'PollDue'; readonly token: string }
  | { readonly kind: 'NothingNewer' }
  | { readonly kind: 'PollFailed'; readonly failure: Failure }
  | { readonly kind: 'ClockAnswered'; readonly probe: Probe }
  | { readonly kind: 'ClockDue' }
  | { readonly kind: 'TimePassed'; readonly at: number }
  | { readonly kind: 'Asked'; readonly command: Command }
  | { readonly kind: 'Answered'; readonly view: SessionView; readonly at: number }
  | {
      readonly kind: 'Refused';
      readonly failure: ProblemView;
      readonly current: SessionView | null;
      readonly at: number;
    }
  | { readonly kind: 'Unreached' }
  | { readonly kind: 'ResendDue' }
  | { readonly kind: 'Typed'; readonly field: Field; readonly text: string }
  | { readonly kind: 'TypingPaused'; readonly field: Field; readonly turn: number }
  | { readonly kind: 'FieldLeft'; readonly field: Field }
  | { readonly kind: 'AnotherQuestionAsked' }
  | { readonly kind: 'SkipOpened'; readonly open: boolean }
  | { readonly kind: 'ClipChosen'; readonly file: File; readonly start: number }
  | { readonly kind: 'TranscriptWritten'; readonly text: string }
  | { readonly kind: 'ClipSaved' }
  | { readonly kind: 'ClipFailed'; readonly failure: Failure }
  | { readonly kind: 'SoundJoined' }
  | { readonly kind: 'SoundStarted' }
  | { readonly kind: 'SoundBlocked' }
  | { readonly kind: 'SoundFailed' }
  | { readonly kind: 'SoundLost' }
  | { readonly kind: 'TonesReady'; readonly on: boolean }
  | { readonly kind: 'TonesTurned'; readonly on: boolean }
  | { readonly kind: 'ZoomConfigured'; readonly running: string; readonly missing: readonly string[] }
  | { readonly kind: 'ZoomRefused'; readonly call: string; readonly code: string }
  | { readonly kind: 'ZoomWasSlow' }
  | { readonly kind: 'ContextGiven'; readonly context: string }
  | { readonly kind: 'ContextChanged' }
  | { readonly kind: 'ConfigDue' }
  | {
      readonly kind: 'Authorized';
      readonly code: string;
      readonly state: string;
      readonly redirectUri: string;
    }
  | { readonly kind: 'Nudged'; readonly revision: number }
  | { readonly kind: 'PanelSeen' }
  | { readonly kind: 'PanelHidden' }
  | { readonly kind: 'MeetingEnded' }
  | { readonly kind: 'DeskAsked'; readonly url: string }
  | { readonly kind: 'PageLeft' };

export type Send = (fact: Fact) => void;
