import type { Minute } from './minute.ts';
import type { CancelAct, Excuse, FinalState, Occurrence, OccurrenceKey } from './occurrence.ts';
import type { Recovery, RecoveryState } from './recovery.ts';
import type { Slot } from './slot.ts';
import type { WeeklyRule } from './weekly.ts';

/** One decision of the loop. `because` is a sentence for a person; it holds no names and nobody's own words. */
export type Step = { readonly because: string } & (
  | { readonly do: 'owe'; readonly occurrences: readonly Occurrence[] }
  /** `answers` names the person's act that granted it; null where it follows from the calendar of days off. */
  | {
      readonly do: 'excuse';
      readonly key: OccurrenceKey;
      readonly excuse: Excuse;
      readonly answers: string | null;
    }
  | { readonly do: 'owe again'; readonly key: OccurrenceKey }
  /** A person moved it inside the week. `base` is where the calendar shows it, once that was read. */
  | {
      readonly do: 'accept move';
      readonly key: OccurrenceKey;
      readonly to: Slot;
      readonly inCalendar: boolean;
      /** The event still shows an older decline, which the move has answered. */
      readonly declined: boolean;
    }
  | { readonly do: 'accept anchor'; readonly rule: WeeklyRule }
  | ({ readonly do: 'move'; readonly key: OccurrenceKey; readonly to: Slot } & Cause)
  | ({ readonly do: 'cancel'; readonly key: OccurrenceKey; readonly state: FinalState } & Cause)
  /** Stop here until both people have spoken. */
  | ({ readonly do: 'ask'; readonly key: OccurrenceKey; readonly question: string } & Cause)
  | {
      readonly do: 'propose';
      readonly key: OccurrenceKey;
      readonly answers: string;
      readonly slots: readonly Slot[];
    }
  /** The rep belongs to the guests again. */
  | { readonly do: 'invite again'; readonly key: OccurrenceKey; readonly answers: string }
  | { readonly do: 'go on'; readonly key: OccurrenceKey }
  | { readonly do: 'restore series'; readonly nextCopy: boolean; readonly endsBefore: Minute | null }
  | {
      readonly do: 'restore';
      readonly key: OccurrenceKey | null;
      readonly what: 'agenda' | 'length' | 'rule';
    }
  | { readonly do: 'close'; readonly key: OccurrenceKey; readonly state: FinalState }
  | { readonly do: 'raise recovery'; readonly recovery: Recovery }
  | {
      readonly do: 'book recovery';
      readonly second: OccurrenceKey;
      readonly is: NonNullable<Recovery['is']>;
      /** Evidence that this booking answers, where a person took the last one away. */
      readonly answers: string | null;
    }
  | {
      readonly do: 'accept recovery move';
      readonly second: OccurrenceKey;
      readonly to: Slot;
      readonly inCalendar: boolean;
    }
  /** Its event was taken away and nothing else is free: due again, with the question asked. */
  | { readonly do: 'lose recovery'; readonly second: OccurrenceKey; readonly answers: string }
  | { readonly do: 'end recovery'; readonly second: OccurrenceKey; readonly state: RecoveryState }
  | { readonly do: 'brake'; readonly question: string }
  | { readonly do: 'release' }
);

/** What a step answers: a cancel act, or evidence that is none (a decline). */
interface Cause {
  readonly act: CancelAct | null;
  readonly answers: string | null;
}
