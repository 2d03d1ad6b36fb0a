import type { Side } from '../person.ts';
import type {
  AttachedClip,
  CoachingStep,
  DealKind,
  Millisecond,
  Session,
  SkipReason,
  TranscriptLine,
  Tried,
} from './session.ts';

/** What somebody did in a session, and when; the server says the time. */
export type Happened = { readonly by: Side; readonly at: Millisecond } & (Clocked | Written | Heard);

/** What the clock's buttons do. */
export type Clocked =
  | { readonly kind: 'SessionStarted' }
  | { readonly kind: 'BlockPaused' }
  | { readonly kind: 'BlockResumed' }
  | { readonly kind: 'BlockEnded' }
  | { readonly kind: 'BlockReopened' }
  | { readonly kind: 'BlockExtended'; readonly seconds: number }
  | { readonly kind: 'BlockSkipped'; readonly because: SkipReason }
  | { readonly kind: 'ActUndone' }
  | { readonly kind: 'MeetingEnded' };

/** What is written, said and confirmed. */
export type Written =
  | { readonly kind: 'PersonArrived' }
  | { readonly kind: 'PreparationWritten'; readonly positive?: string; readonly notes?: string }
  | { readonly kind: 'CommitmentInspected'; readonly tried: Tried }
  | { readonly kind: 'NoticedWritten'; readonly text: string }
  | { readonly kind: 'DealAdded'; readonly deal: DealKind; readonly name: string; readonly question: string }
  | {
      readonly kind: 'DealChanged';
      readonly deal: DealKind;
      readonly name?: string;
      readonly question?: string;
      readonly inOneSentence?: boolean;
    }
  | { readonly kind: 'DealLookedAt'; readonly deal: DealKind }
  | { readonly kind: 'NextStepWritten'; readonly deal: DealKind; readonly text: string }
  | { readonly kind: 'CoachingStepReached'; readonly step: CoachingStep }
  | { readonly kind: 'AnswerNoted'; readonly text: string }
  | { readonly kind: 'CareerAnswered'; readonly text: string }
  | { readonly kind: 'ResilienceAnswered'; readonly text: string }
  | { readonly kind: 'CareerMarked'; readonly flat: boolean | null }
  | { readonly kind: 'SkippedStepNamed'; readonly step: 'open' | 'inspect' | 'close' | 'none' }
  | { readonly kind: 'CommitmentWritten'; readonly text: string }
  | { readonly kind: 'CommitmentConfirmed'; readonly edit: number };

/** What is done with the clip. */
export type Heard =
  | {
      readonly kind: 'ClipBrought';
      readonly clip: AttachedClip;
      readonly transcript: readonly TranscriptLine[];
    }
  | { readonly kind: 'TranscriptWritten'; readonly lines: readonly TranscriptLine[] }
  | { readonly kind: 'ClipPlayed'; readonly position?: number }
  | { readonly kind: 'ClipHeld' }
  | { readonly kind: 'ClipBackedUp'; readonly milliseconds: number }
  | { readonly kind: 'SpeedSet'; readonly speed: number }
  | { readonly kind: 'LoopSet'; readonly loop: boolean };

/** Why something cannot be: not this side's to do, not yet or no longer, or never. */
export interface Refusal {
  readonly refused: 'not yours' | 'not now' | 'not possible';
  readonly because: string;
}

export type Taken = Session | Refusal;

export function isRefused(taken: Taken): taken is Refusal {
  return 'refused' in taken;
}

export const notYours = (because: string): Refusal => ({ refused: 'not yours', because });
export const notNow = (because: string): Refusal => ({ refused: 'not now', because });
export const notPossible = (because: string): Refusal => ({ refused: 'not possible', because });
