import { OWN_WORDS } from '../../src/domain/session/own-words.ts';
import type { Command } from '../../src/live/live.api.ts';
import type { Effect, Key } from './effects.ts';
import type { Fact, Field } from './facts.ts';
import { keyOf } from './model.ts';
import type { Change, Model, Waiting } from './model.ts';

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
      return later({ ...model, unreached: true });
    case 'ResendDue':
    case 'EntryAnswered':
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

/** Puts a command in the line, and starts the line where it stood still. `field`: whose words it carries. */
export function asked(model: Model, command: Command, field: Field | null = null): Change {
  const counted = model.counted + 1;
  const id = `${model.seed}-${counted}`;
  const waiting = { id, command, field, seen: clockOf(model), expected: null, tries: 0, away: false };
  const lined = { ...model, counted, failure: null, waiting: [...model.waiting, waiting] };
  return model.waiting.length === 0 ? next(lined) : [lined, []];
}

/**
 * With a page that closes every field's last words leave, past whatever else is in the line. Nobody hears the
 * answer: should the page live on, the line sends them again under the same ids.
 */
export function lastWords(model: Model): Change {
  const key = keyOf(model);
  if (!key || !model.view) return [model, []];
  const { revision } = model.view;
  const isLast = ({ field }: Waiting, place: number): boolean =>
    field !== null && !model.waiting.slice(place + 1).some((later) => later.field === field);
  const waiting = model.waiting.map((each, place) =>
    isLast(each, place) ? { ...each, expected: each.expected ?? revision } : each,
  );
  const leaving = waiting.filter((each, place) => isLast(each, place) && !each.away);
  return [{ ...model, waiting }, leaving.map((each) => ({ ...sending(key, each), unheard: true }))];
}

function next(model: Model): Change {
  const [first, ...rest] = model.waiting;
  const key = keyOf(model);
  if (!first || first.away || !key || !model.view) return [model, []];
  // Under one id it is one request: repeated with what was learnt since, it would be taken for another.
  const sent = { ...first, expected: first.expected ?? model.view.revision, away: true };
  return [{ ...model, waiting: [sent, ...rest] }, [sending(key, sent)]];
}

function sending(key: Key, { id, command, expected, tries }: Waiting): Effect {
  const body = expected === null || FREE.has(command.do) ? { command } : { expected, command };
  return { do: 'command', key, id: tries === 0 ? id : `${id}-${tries}`, body };
}

/** It goes again in a while, under the same id. */
function later(model: Model): Change {
  return [back(model), [RESEND]];
}

function back(model: Model): Model {
  const [first, ...rest] = model.waiting;
  return first ? { ...model, waiting: [{ ...first, away: false }, ...rest] } : model;
}

/** Somebody was quicker: what still means the same is said again, the rest has been overtaken and is no error. */
function refused(model: Model, { failure, current }: Extract<Fact, { kind: 'Refused' }>): Change {
  const [first, ...rest] = model.waiting;
  if (!first) return [model, []];
  if (failure.type === STILL_RUNNING) return later(model);
  if (failure.type === ANSWER_LOST) return done({ ...model, waiting: rest });
  // It waits for the token of whoever enters again.
  if (failure.status === 401) return [back(model), []];
  if (failure.status >= 500) return later({ ...model, unreached: true });
  if (first.command.do === 'end' && hasEnded(current ?? model.view)) return next({ ...model, waiting: rest });
  if (!current) return next({ ...dropped(model), failure: failure.detail });
  const overtaken = CLOCKED.has(first.command.do) && first.seen !== clockOf(model);
  if (overtaken || first.tries >= TRIES) return next(dropped(model));
  const again = { ...first, expected: null, tries: first.tries + 1, away: false };
  return next({ ...model, waiting: [again, ...rest] });
}

/** The first is given up. Its words stay in their field, not sent, unless later ones are in the line already. */
function dropped(model: Model): Model {
  const [first, ...waiting] = model.waiting;
  const field = first?.field ?? null;
  const draft = field && model.drafts[field];
  if (!draft || waiting.some((later) => later.field === field)) return { ...model, waiting };
  const unsent = { ...draft, sent: null, left: false, refused: true };
  return { ...model, waiting, drafts: { ...model.drafts, [field]: unsent } };
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
