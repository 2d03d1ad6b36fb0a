import { OWN_WORDS } from '../../src/domain/session/own-words.ts';
import type { Command } from '../../src/live/live.api.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { keyOf } from './model.ts';
import type { Change, Model } from './model.ts';

const RESEND_MS = 2000;
const TRIES = 8;

const RESEND: Effect = { do: 'wait', milliseconds: RESEND_MS, then: { kind: 'ResendDue' } };

/** What these do depends on where the clock is; where somebody moved it, they would do something else. */
const CLOCKED: ReadonlySet<Command['do']> = new Set([
  'start',
  'pause',
  'resume',
  'next',
  'back',
  'extend',
  'skip',
  'undo',
]);

const FREE: ReadonlySet<Command['do']> = new Set(OWN_WORDS);

/** What the service says of a request under an id that it has had before, where it has no answer to repeat. */
const STILL_RUNNING = '/problems/still-running';
const ANSWER_LOST = '/problems/answer-lost';

/** Commands leave one by one, each on the revision that its sender saw. */
export function commanding(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Asked':
      return asked(model, fact.command);
    case 'Answered':
      return next({ ...model, failure: null, waiting: model.waiting.slice(1) });
    case 'Refused':
      return refused(model, fact);
    case 'Unreached':
      return [{ ...model, unreached: true }, [RESEND]];
    case 'ResendDue':
      return next(model);
    case 'SkipOpened':
      return [{ ...model, skipOpen: fact.open }, []];
    case 'AnotherQuestionAsked':
      return [{ ...model, questionTurn: model.questionTurn + 1 }, []];
    default:
      return [model, []];
  }
}

/** True while a command of this kind is on its way: pressing twice is one act. */
export function onItsWay(model: Model, what: Command['do']): boolean {
  return model.waiting.some(({ command }) => command.do === what);
}

/** Puts a command in the line, and starts the line where it stood still. */
export function asked(model: Model, command: Command): Change {
  const counted = model.counted + 1;
  const waiting = { id: `${model.seed}-${counted}`, command, seen: clockOf(model), expected: null, tries: 0 };
  const lined = { ...model, counted, failure: null, waiting: [...model.waiting, waiting] };
  return model.waiting.length === 0 ? next(lined) : [lined, []];
}

function next(model: Model): Change {
  const [first, ...rest] = model.waiting;
  const key = keyOf(model);
  if (!first || !key || !model.view) return [model, []];
  // Under one id it is one request: repeated with what was learnt since, it would be taken for another.
  const expected = first.expected ?? model.view.revision;
  const { id, command, tries } = first;
  const body = FREE.has(command.do) ? { command } : { expected, command };
  const effect: Effect = { do: 'command', key, id: tries === 0 ? id : `${id}-${tries}`, body };
  return [{ ...model, waiting: [{ ...first, expected }, ...rest] }, [effect]];
}

/** Somebody was quicker: what still means the same is said again, the rest has been overtaken and is no error. */
function refused(model: Model, { failure, current }: Extract<Fact, { kind: 'Refused' }>): Change {
  const [first, ...rest] = model.waiting;
  if (!first) return [model, []];
  if (failure.type === STILL_RUNNING) return [model, [RESEND]];
  if (failure.type === ANSWER_LOST) return done({ ...model, waiting: rest });
  if (first.command.do === 'end' && hasEnded(current ?? model.view)) return next({ ...model, waiting: rest });
  if (!current) return next({ ...model, waiting: rest, failure: failure.detail });
  const overtaken = CLOCKED.has(first.command.do) && first.seen !== clockOf(model);
  if (overtaken || first.tries >= TRIES) return next({ ...model, waiting: rest });
  return next({ ...model, waiting: [{ ...first, expected: null, tries: first.tries + 1 }, ...rest] });
}

/** It was carried out and nobody can say any more what was answered; a look at the session shows it. */
function done(model: Model): Change {
  const key = keyOf(model);
  const [sent, effects] = next(model);
  return [sent, key ? [{ do: 'poll', key, after: model.view?.revision ?? null }, ...effects] : effects];
}

/** Both panels hear that the meeting ended: who says so second has nothing left to say. */
function hasEnded(view: Model['view'] | undefined): boolean {
  return view?.timer.is === 'ended';
}

/** Where the clock is, as far as a person sees it when they press something. */
function clockOf({ view }: Model): string {
  if (!view) return '';
  const { timer, current, blocks, undo } = view;
  return [timer.is, current, blocks[current]!.seconds, undo?.until].join();
}
