import type { Facts } from '../facts.ts';
import type { Minute } from '../minute.ts';
import { isOpen, keyOf } from '../occurrence.ts';
import type { Attestation, FinalState, Occurrence } from '../occurrence.ts';
import type { Step } from '../step.ts';
import { closesAt } from '../working-week.ts';
import { cancelledBy } from './a-cancel-act-becomes-a-move.ts';

interface Ending {
  readonly state: FinalState;
  readonly because: string;
}

/**
 * Both sides say whether a meeting was held. Two equal words close it at once; two working days after the week's
 * end it closes with what was said. Silence is not absence: it ends as unconfirmed, never as a no-show.
 */
export function closeOccurrences(facts: Facts, now: Minute): Step[] {
  return facts.occurrences.filter(isOpen).flatMap((o): Step[] => {
    const due = now >= closesAt(facts.week, facts.series.rule.zone, o.week);
    const ending = agreed(o) ?? (due ? atClose(facts, o) : null);
    return ending ? [{ do: 'close', key: keyOf(o), ...ending }] : [];
  });
}

function wordsOf(o: Occurrence): readonly [Attestation | undefined, Attestation | undefined] {
  const of = (side: Attestation['by']) => o.attestations.find((attestation) => attestation.by === side);
  return [of('manager'), of('rep')];
}

function agreed(o: Occurrence): Ending | null {
  const [manager, rep] = wordsOf(o);
  if (!manager || !rep || manager.says !== rep.says) return null;
  if (manager.says === 'held') return { state: 'held_attested', because: 'Both sides say that it was held.' };
  const absent = manager.absent === rep.absent ? manager.absent : 'both';
  return noShow(absent, 'Both sides say that it was not held.');
}

function atClose(facts: Facts, o: Occurrence): Ending {
  const [manager, rep] = wordsOf(o);
  if (manager && rep) {
    return { state: 'held_disputed', because: 'One side says that it was held, the other that it was not.' };
  }
  const only = manager ?? rep;
  if (only?.says === 'not_held')
    return noShow(only.absent, 'One side says that it was not held; nobody disagreed in time.');
  if (only)
    return {
      state: 'unconfirmed',
      because: 'One side says that it was held; the other said nothing in time.',
    };
  return unspoken(facts, o);
}

function unspoken(facts: Facts, o: Occurrence): Ending {
  const lastAct = o.cancelActs.at(-1);
  if (lastAct && (o.asks !== null || o.placed === null)) {
    return {
      state: cancelledBy(lastAct.by),
      because: 'It was taken out of the calendar and no other time was agreed.',
    };
  }
  if (facts.observedAt === null || facts.observedAt < o.slot.start) {
    return {
      state: 'not_measurable',
      because: 'The calendar could not be read around this meeting. An admin should look at the account.',
    };
  }
  return { state: 'unconfirmed', because: 'Neither side said in time whether it was held.' };
}

function noShow(absent: Attestation['absent'], because: string): Ending {
  return { state: `no_show_${absent ?? 'both'}`, because };
}
