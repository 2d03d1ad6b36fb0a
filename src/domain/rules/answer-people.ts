import type { Act } from '../facts.ts';
import { isOpen, keyOf } from '../occurrence.ts';
import type { CancelAct, Occurrence } from '../occurrence.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { moveOrCancel, named } from './a-cancel-act-becomes-a-move.ts';
import { acceptMove } from './a-move-inside-the-week-is-accepted.ts';
import { granted } from './excused-weeks-owe-nothing.ts';
import { answerRecoveryAct } from './keep-the-recovery.ts';

const EXCUSED = {
  leave: 'Approved leave: nothing is owed this week.',
  public_holiday: 'It is a public holiday, so nothing is owed this week.',
  sick: 'Somebody is ill, so nothing is owed this week.',
  role_skip: 'A senior rep skips this week; the next one is owed again.',
} as const;

/** What people did in Perennial itself: the same rules as for what they do in a calendar. */
export function answerPerson(situation: Situation, act: Act): Step[] {
  if (act.on.startsWith('recovery:')) return answerRecoveryAct(situation, act);
  const o = situation.facts.occurrences.find((each) => keyOf(each) === act.on);
  if (!o || !isOpen(o)) return [];
  switch (act.kind) {
    case 'cannot-make-it':
      return cannotMakeIt(situation, o, act);
    case 'move':
      return [acceptMove(situation, o, act.to, 'in Perennial', false)];
    case 'excuse':
      return [excused(o, act)];
    case 'answer':
      return [
        {
          do: 'go on',
          key: keyOf(o),
          because: 'The question was answered, so the meeting is looked after again.',
        },
      ];
    default: {
      const forgotten: never = act;
      return forgotten;
    }
  }
}

function excused(o: Occurrence, { id, excuse }: Act & { kind: 'excuse' }): Step {
  return { do: 'excuse', key: keyOf(o), excuse, answers: granted(id), because: EXCUSED[excuse] };
}

function cannotMakeIt(situation: Situation, o: Occurrence, act: Act & { kind: 'cannot-make-it' }): Step[] {
  const evidence = `said:${act.id}`;
  if (o.cancelActs.some((known) => known.evidence === evidence)) return [];
  const by: CancelAct['by'] = act.by === 'admin' ? 'unknown' : act.by;
  const who = by === 'unknown' ? 'Somebody' : `The ${by}`;
  const what = `${who} cannot make it (${act.category.replaceAll('_', ' ')}): ${named(situation, o)} makes way.`;
  return moveOrCancel(situation, o, { evidence, at: act.at, by }, what.replace('The meeting', 'the meeting'));
}
