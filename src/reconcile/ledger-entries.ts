import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import { minuteToIso } from '../domain/minute.ts';
import type { OccurrenceKey } from '../domain/occurrence.ts';
import type { Step } from '../domain/step.ts';
import type { LedgerEntry } from '../store/store.ts';

type Recorded = Record<string, string | number | boolean | null>;

/** One ledger row for each step of a plan: what was decided, about which occurrence, and the reason. */
export function ledgerEntries(facts: Facts, steps: readonly Step[], now: Minute): LedgerEntry[] {
  return steps.map((step) => ({
    at: now,
    kind: step.do,
    series: facts.series.id,
    occurrence: occurrenceOf(step),
    actor: 'perennial',
    facts: factsOf(step),
    because: step.because,
  }));
}

/** The occurrence that a step is about; null for one about the series. */
export function occurrenceOf(step: Step): OccurrenceKey | null {
  if ('key' in step) return step.key;
  if ('second' in step) return step.second;
  return step.do === 'raise recovery' ? step.recovery.second : null;
}

function factsOf(step: Step): Recorded {
  switch (step.do) {
    case 'owe':
      return { count: step.occurrences.length, from: minuteToIso(step.occurrences[0]!.originalStart) };
    case 'move':
    case 'cancel':
    case 'ask':
      return { ...to(step), ...cause(step) };
    case 'accept move':
    case 'accept recovery move':
      return to(step);
    case 'excuse':
      return { excuse: step.excuse };
    case 'close':
    case 'end recovery':
      return { state: step.state };
    case 'restore':
      return { what: step.what };
    case 'restore series':
      return { nextCopy: step.nextCopy };
    case 'accept anchor':
      return { weekday: step.rule.weekday, minuteOfDay: step.rule.minuteOfDay };
    case 'raise recovery':
      return {
        first: step.recovery.first,
        dueBy: minuteToIso(step.recovery.dueBy),
        window: step.recovery.window,
      };
    case 'book recovery':
      return {
        is: step.is.kind,
        ...(step.is.kind === 'separate' ? { to: minuteToIso(step.is.slot.start) } : {}),
      };
    default:
      return {};
  }
}

function to(step: Step): Recorded {
  return 'to' in step ? { to: minuteToIso(step.to.start) } : {};
}

function cause(step: Extract<Step, { do: 'move' | 'cancel' | 'ask' }>): Recorded {
  if (step.act) return { evidence: step.act.evidence, by: step.act.by };
  return step.answers ? { answers: step.answers } : {};
}
