import { refuse } from './brakes.ts';
import { compare } from './compare.ts';
import type { Difference } from './compare.ts';
import { confirm } from './confirm.ts';
import type { Facts } from './facts.ts';
import type { Seen } from './observation.ts';
import { acceptOrBringBack } from './rules/a-move-inside-the-week-is-accepted.ts';
import { answerDecline } from './rules/a-decline-asks-for-a-move.ts';
import { endRecoveries } from './rules/a-recovery-is-met-late-or-failed.ts';
import { acceptAnchorOrRestore } from './rules/accept-new-anchor.ts';
import { answerPerson } from './rules/answer-people.ts';
import { closeOccurrences } from './rules/both-sides-close-the-week.ts';
import { bringBackCutSeries, bringBackDeletedSeries } from './rules/bring-back-the-series.ts';
import { excuseWeeks } from './rules/excused-weeks-owe-nothing.ts';
import {
  bookRecoveries,
  keepDraggedRecovery,
  moveDeclinedRecovery,
  moveDeletedRecovery,
} from './rules/keep-the-recovery.ts';
import { moveDeletedOccurrence } from './rules/move-deleted-occurrence.ts';
import { oweOneEachPeriod } from './rules/owe-one-each-period.ts';
import { putRepBackOnce } from './rules/put-the-rep-back-once.ts';
import { restoreOurs } from './rules/restore-what-is-ours.ts';
import { raiseRecovery } from './rules/two-cancels-make-a-recovery.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';
import { take } from './take.ts';
import { writesFor } from './write.ts';
import type { Write } from './write.ts';

/** What the loop would do: decisions with their reasons, the facts after them, and what to make true in the calendar. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly after: Facts;
  readonly writes: readonly Write[];
  /** The page that the agenda leads to. */
  readonly link: string;
  /** What the series was read at; null where it does not stand. */
  readonly version: string | null;
}

/**
 * The whole decision, pure: expected and placed (the facts) against seen, at a moment. An unreadable calendar
 * changes nothing by itself; what people said in Perennial and what time brings about still counts.
 */
export function plan(situation: Situation, seen: Seen, link: string): Plan {
  const { now } = situation;
  const complete = seen.kind === 'complete' ? seen : null;
  const start = complete ? confirm(situation.facts, complete, now) : situation.facts;
  const course = new Course({ ...situation, facts: start });
  course.follow(({ facts }) => oweOneEachPeriod(facts, now));
  course.follow(({ facts }) => excuseWeeks(facts, now));
  for (const act of start.acts) course.follow((at) => answerPerson(at, act));
  course.forget(start.acts);
  if (complete) {
    const before = situation.facts.observedAt;
    const refused = answerCalendar(course, { ...start, observedAt: before }, complete, now);
    if (refused) return { ...stopped({ ...situation, facts: start }, refused), link, version: null };
  }
  course.follow(({ facts }) => closeOccurrences(facts, now));
  course.follow(({ facts }) => endRecoveries(facts, now));
  course.follow(raiseRecovery);
  course.follow(bookRecoveries);
  const { facts, steps } = course;
  const writes = complete ? writesFor(facts, complete, now, link) : [];
  const version = complete?.series.kind === 'stands' ? complete.series.version : null;
  return { steps, after: facts, writes, link, version };
}

/** @returns the brakes' question where the answers would put back too much */
function answerCalendar(
  course: Course,
  start: Facts,
  seen: Seen & { kind: 'complete' },
  now: number,
): string | null {
  const taken = course.steps.length;
  // Whether an event stood after it began is known from earlier readings, not from this one.
  const changed = { ...course.facts, observedAt: start.observedAt };
  for (const difference of compare(changed, seen, now)) course.follow((at) => answer(at, difference));
  const answers = course.steps.slice(taken);
  const question =
    answers.find((step) => step.do === 'brake')?.question ?? refuse(start, answers.filter(putsBack).length);
  if (!question && start.asks !== null)
    course.follow(() => [{ do: 'release', because: 'The calendar is looked after again.' }]);
  return question;
}

function answer(at: Situation, difference: Difference): Step[] {
  switch (difference.is) {
    case 'series deleted':
      return bringBackDeletedSeries(at);
    case 'series cut short':
      return bringBackCutSeries(at, difference.endsBefore);
    case 'series rule changed':
      return acceptAnchorOrRestore(at.facts, difference.rule);
    case 'series altered':
      return restoreOurs(at.facts.series, null, difference.what);
    case 'rep taken off':
      return putRepBackOnce(at, difference.occurrence);
    case 'occurrence deleted':
      return moveDeletedOccurrence(at, difference.occurrence);
    case 'occurrence moved':
      return acceptOrBringBack(at, difference);
    case 'occurrence altered':
      return restoreOurs(at.facts.series, difference.occurrence, difference.what);
    case 'occurrence declined':
      return answerDecline(at, difference.occurrence, difference.automatically);
    case 'recovery deleted':
      return moveDeletedRecovery(at, difference.recovery);
    case 'recovery declined':
      return moveDeclinedRecovery(at, difference.recovery);
    case 'recovery moved':
      return keepDraggedRecovery(at, difference.recovery, difference.to);
    default: {
      const forgotten: never = difference;
      return forgotten;
    }
  }
}

function putsBack(step: Step): boolean {
  return step.do === 'restore series' || ((step.do === 'move' || step.do === 'cancel') && step.act !== null);
}

/** Nothing is counted or written and people's own acts wait, but what is over still ends with what was said of it. */
function stopped(start: Situation, question: string): Omit<Plan, 'link' | 'version'> {
  const course = new Course(start);
  course.follow(({ facts, now }) => closeOccurrences(facts, now));
  course.follow(({ facts, now }) => endRecoveries(facts, now));
  if (start.facts.asks !== question) course.follow(() => [{ do: 'brake', question, because: question }]);
  return { steps: course.steps, after: course.facts, writes: [] };
}

/** Steps taken one after the other, each rule seeing what the ones before it decided. */
class Course {
  readonly steps: Step[] = [];
  #situation: Situation;

  constructor(situation: Situation) {
    this.#situation = situation;
  }

  get facts(): Facts {
    return this.#situation.facts;
  }

  follow(rule: (at: Situation) => readonly Step[]): void {
    for (const step of rule(this.#situation)) {
      this.steps.push(step);
      this.#situation = { ...this.#situation, facts: take(this.facts, step, this.#situation.now) };
    }
  }

  forget(acts: Facts['acts']): void {
    const kept = this.facts.acts.filter((act) => !acts.includes(act));
    this.#situation = { ...this.#situation, facts: { ...this.facts, acts: kept } };
  }
}
