import type { Command } from '../../src/live/live.api.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { keyOf } from './model.ts';
import type { Change, Model, Waiting } from './model.ts';

const RESEND_MS = 2000;
const TRIES = 8;

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

/** Words of one's own cannot collide with anybody's. */
const OWN_WORDS: ReadonlySet<Command['do']> = new Set([
  'prepare',
  'notice',
  'add deal',
  'change deal',
  'answer',
  'answer career',
  'mark career',
  'commit',
]);

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
      return [
        { ...model, unreached: true },
        [{ do: 'wait', milliseconds: RESEND_MS, then: { kind: 'ResendDue' } }],
      ];
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
  const waiting = { id: `${model.seed}-${counted}`, command, seen: clockOf(model), tries: 0 };
  const lined = { ...model, counted, failure: null, waiting: [...model.waiting, waiting] };
  return model.waiting.length === 0 ? next(lined) : [lined, []];
}

function next(model: Model): Change {
  const [first] = model.waiting;
  const effect = first && sending(model, first);
  return [model, effect ? [effect] : []];
}

function sending(model: Model, { id, command, tries }: Waiting): Effect | null {
  const key = keyOf(model);
  if (!key || !model.view) return null;
  const body = OWN_WORDS.has(command.do) ? { command } : { expected: model.view.revision, command };
  // Made on another revision it is another request, and must not get the first one's answer.
  return { do: 'command', key, id: tries === 0 ? id : `${id}-${tries}`, body };
}

/** Somebody was quicker: what still means the same is said again, the rest has been overtaken and is no error. */
function refused(model: Model, { failure, current }: Extract<Fact, { kind: 'Refused' }>): Change {
  const [first, ...rest] = model.waiting;
  if (!first) return [model, []];
  if (first.command.do === 'end' && hasEnded(current ?? model.view)) return next({ ...model, waiting: rest });
  if (!current) return next({ ...model, waiting: rest, failure: failure.detail });
  const overtaken = CLOCKED.has(first.command.do) && first.seen !== clockOf(model);
  if (overtaken || first.tries >= TRIES) return next({ ...model, waiting: rest });
  return next({ ...model, waiting: [{ ...first, tries: first.tries + 1 }, ...rest] });
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
