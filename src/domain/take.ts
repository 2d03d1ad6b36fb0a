import { anchorOf } from './anchor.ts';
import { decline } from './compare.ts';
import type { Facts } from './facts.ts';
import { isOpen, keyOf } from './occurrence.ts';
import type { Occurrence, OccurrenceKey } from './occurrence.ts';
import type { Recovery } from './recovery.ts';
import { slotAt } from './slot.ts';
import type { Slot } from './slot.ts';
import type { Minute } from './minute.ts';
import type { Step } from './step.ts';
import { startInWeek } from './weekly.ts';

/** The facts after a step: what is owed and where it should stand. The calendar is written afterwards, from these. */
export function take(facts: Facts, step: Step, now: Minute): Facts {
  switch (step.do) {
    case 'owe':
      return { ...facts, occurrences: [...facts.occurrences, ...step.occurrences] };
    case 'excuse':
      return change(facts, step.key, (o) => ({
        ...caused(o, { act: null, answers: step.answers }),
        state: 'excused',
        excuse: step.excuse,
        because: step.because,
        asks: null,
      }));
    case 'owe again':
      return change(facts, step.key, (o) => ({
        state: 'scheduled',
        excuse: null,
        slot: slotAt(anchorOf(facts, o), facts.series.minutes),
        because: step.because,
      }));
    case 'accept move':
      return acceptMove(facts, step);
    case 'accept anchor':
      return acceptAnchor(facts, step);
    case 'move':
      return moveAway(facts, step, now);
    case 'cancel':
      return change(facts, step.key, (o) => ({
        ...caused(o, step),
        state: step.state,
        because: step.because,
      }));
    case 'ask':
      return change(facts, step.key, (o) => ({ ...caused(o, step), asks: step.question }));
    case 'propose':
    case 'invite again':
      return change(facts, step.key, (o) => ({ answered: [...o.answered, step.answers] }));
    case 'go on':
      return change(facts, step.key, { asks: null, restores: [] });
    case 'restore series':
      return restoreSeries(facts, step);
    case 'restore':
      return facts;
    case 'close':
      return change(facts, step.key, { state: step.state, because: step.because, asks: null });
    case 'raise recovery':
      return { ...facts, recoveries: [...facts.recoveries, step.recovery] };
    case 'book recovery':
      return bookRecovery(facts, step);
    case 'accept recovery move':
      return changeRecovery(facts, step.second, (r) => ({
        is: { kind: 'separate', slot: step.to },
        placed:
          step.inCalendar && r.placed
            ? { ...r.placed, slot: step.to, number: r.placed.number + 1 }
            : r.placed,
        because: step.because,
      }));
    case 'lose recovery':
      return changeRecovery(facts, step.second, (r) => ({
        is: null,
        state: 'due',
        placed: r.placed && { ...r.placed, how: 'withdrawn' },
        because: step.because,
        answered: [...r.answered, step.answers],
      }));
    case 'end recovery':
      return changeRecovery(facts, step.second, { state: step.state, because: step.because });
    case 'brake':
      return { ...facts, asks: step.question };
    case 'release':
      return { ...facts, asks: null };
    default: {
      const forgotten: never = step;
      return forgotten;
    }
  }
}

type Do<Name extends Step['do']> = Extract<Step, { do: Name }>;
type Change<T> = Partial<T> | ((before: T) => Partial<T>);

function change(facts: Facts, key: OccurrenceKey, by: Change<Occurrence>): Facts {
  return {
    ...facts,
    occurrences: facts.occurrences.map((o) =>
      keyOf(o) === key ? { ...o, ...(typeof by === 'function' ? by(o) : by) } : o,
    ),
  };
}

function changeRecovery(facts: Facts, second: OccurrenceKey, by: Change<Recovery>): Facts {
  return {
    ...facts,
    recoveries: facts.recoveries.map((r) =>
      r.second === second ? { ...r, ...(typeof by === 'function' ? by(r) : by) } : r,
    ),
  };
}

function caused(o: Occurrence, cause: Pick<Do<'move'>, 'act' | 'answers'>): Partial<Occurrence> {
  return {
    cancelActs: cause.act ? [...o.cancelActs, cause.act] : o.cancelActs,
    answered: cause.answers ? [...o.answered, cause.answers] : o.answered,
  };
}

function moveAway(facts: Facts, step: Do<'move'>, now: Minute): Facts {
  return change(facts, step.key, (o) => ({
    ...caused(o, step),
    slot: step.to,
    state: 'moved',
    refused: [...o.refused, o.slot],
    restores: step.act ? [...o.restores, now] : o.restores,
    because: step.because,
    asks: null,
  }));
}

function acceptMove(facts: Facts, step: Do<'accept move'>): Facts {
  return change(facts, step.key, (o) => {
    const placed = step.inCalendar ? movedByHand(o, step.to) : o.placed;
    return {
      slot: step.to,
      state: 'moved',
      because: step.because,
      asks: null,
      placed,
      answered: step.declined ? [...o.answered, decline({ placed })] : o.answered,
    };
  });
}

function movedByHand({ placed }: Occurrence, slot: Slot): Occurrence['placed'] {
  if (!placed) return null;
  return { slot, how: placed.how === 'separate' ? 'separate' : 'in-series', number: placed.number + 1 };
}

/** The rows already written keep their keys; they only stand at the new time, and later ones follow the new rule. */
function acceptAnchor(facts: Facts, step: Do<'accept anchor'>): Facts {
  if (!facts.placed) return facts;
  const { minutes } = facts.series;
  return {
    ...facts,
    series: { ...facts.series, rule: step.rule, generation: facts.series.generation + 1 },
    placed: { ...facts.placed, rule: step.rule, number: facts.placed.number + 1 },
    occurrences: facts.occurrences.map((o) => {
      const start = startInWeek(step.rule, o.week);
      if (!isOpen(o) || o.state === 'moved' || start === null) return o;
      const slot = slotAt(start, minutes);
      return { ...o, slot, placed: o.placed && { ...o.placed, slot, number: o.placed.number + 1 } };
    }),
  };
}

/** A new copy starts with nothing confirmed; a cut one keeps the cut as its base until the repair is read back. */
function restoreSeries(facts: Facts, step: Do<'restore series'>): Facts {
  if (!step.nextCopy) {
    return { ...facts, placed: facts.placed && { ...facts.placed, endsBefore: step.endsBefore } };
  }
  return asNextCopy(facts);
}

/** The count of writes goes on, so that evidence of the last copy is never mistaken for that of the next. */
export function asNextCopy(facts: Facts): Facts {
  return {
    ...facts,
    series: { ...facts.series, copy: facts.series.copy + 1 },
    placed: null,
    occurrences: facts.occurrences.map((o) => ({
      ...o,
      placed: isOpen(o) && o.placed ? { ...o.placed, how: 'withdrawn' } : null,
    })),
  };
}

/** Where the second occurrence is the recovery, its own event says so too. */
function bookRecovery(before: Facts, step: Do<'book recovery'>): Facts {
  const facts =
    step.is.kind === 'occurrence' ? change(before, step.second, { because: step.because }) : before;
  return changeRecovery(facts, step.second, (r) => ({
    is: step.is,
    state: 'booked',
    because: step.because,
    answered: step.answers ? [...r.answered, step.answers] : r.answered,
    refused: r.is?.kind === 'separate' ? [...r.refused, r.is.slot] : r.refused,
  }));
}
