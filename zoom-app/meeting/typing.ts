import type { Command, SessionView } from '../../src/live/live.api.ts';
import { asked, lastWords } from './commanding.ts';
import type { Fact, Field } from './facts.ts';
import type { Change, Draft, Model } from './model.ts';

/** A pause in typing after which what stands there is saved. */
const PAUSE_MS = 400;

/** Everything that is written is saved by itself, so that a panel that closes loses nothing. */
export function typing(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'Typed':
      return typed(model, fact.field, fact.text);
    case 'TypingPaused':
      return model.drafts[fact.field]?.turn === fact.turn ? save(model, fact.field) : [model, []];
    case 'FieldLeft':
      return left(model, fact.field);
    case 'PageLeft':
      return saveAll(model);
    case 'Answered':
    case 'SessionCame':
      // News that was on its way before the words were must not show what they replaced.
      return [model.waiting.length > 0 ? model : { ...model, drafts: stillNeeded(model.drafts) }, []];
    default:
      return [model, []];
  }
}

/** What the field shows: the draft where there is one, else what the service holds. */
export function shownText(model: Model, field: Field): string {
  return model.drafts[field]?.text ?? (model.view ? savedText(model.view, field) : '');
}

/** Whether what the field shows is what the service holds. */
export function saveState(model: Model, field: Field): 'saved' | 'saving' | 'refused' | 'untouched' {
  const draft = model.drafts[field];
  if (!draft || !model.view) return 'untouched';
  if (draft.text.trim() === savedText(model.view, field)) return 'saved';
  return draft.refused ? 'refused' : 'saving';
}

/** What was written and the service does not hold, as far as is known. */
export function unsentWords(model: Model): readonly string[] {
  const fields = Object.keys(model.drafts) as Field[];
  return fields
    .filter((field) => saveState(model, field) !== 'saved')
    .map((field) => shownText(model, field).trim())
    .filter((text) => text !== '');
}

function typed(model: Model, field: Field, text: string): Change {
  const before = model.drafts[field];
  const turn = (before?.turn ?? 0) + 1;
  const draft: Draft = { text, sent: before?.sent ?? null, turn, left: false, refused: false };
  return [
    { ...model, drafts: { ...model.drafts, [field]: draft } },
    [{ do: 'wait', milliseconds: PAUSE_MS, then: { kind: 'TypingPaused', field, turn } }],
  ];
}

function left(model: Model, field: Field): Change {
  const draft = model.drafts[field];
  if (!draft) return [model, []];
  return save({ ...model, drafts: { ...model.drafts, [field]: { ...draft, left: true } } }, field);
}

function saveAll(model: Model): Change {
  let now: Change = [model, []];
  for (const field of Object.keys(model.drafts) as Field[]) {
    const [next, effects] = save(now[0], field);
    now = [next, [...now[1], ...effects]];
  }
  const [last, effects] = lastWords(now[0]);
  return [last, [...now[1], ...effects]];
}

/** Sent once per wording. An empty field is only sent where the service knows that something was there. */
function save(model: Model, field: Field): Change {
  const draft = model.drafts[field];
  if (!draft || !model.view) return [model, []];
  const text = draft.text.trim();
  if (text === (draft.sent ?? savedText(model.view, field)))
    return [{ ...model, drafts: stillNeeded(model.drafts) }, []];
  const command = commandFor(model.view, field, text);
  if (!command) return [model, []];
  const sent: Draft = { ...draft, sent: text, refused: false };
  return asked({ ...model, drafts: { ...model.drafts, [field]: sent } }, command, field);
}

/** A draft whose field was left and whose words were sent has done its work. */
function stillNeeded(drafts: Model['drafts']): Model['drafts'] {
  const kept = Object.entries(drafts).filter(
    ([, { left, sent, text }]) => !(left && (sent ?? text.trim()) === text.trim()),
  );
  return Object.fromEntries(kept);
}

function savedText(view: SessionView, field: Field): string {
  switch (field) {
    case 'positive':
      return view.you === 'manager' ? view.preparation.positive : '';
    case 'notes':
      return view.preparation.notes;
    case 'noticed':
      return view.inspection.noticed;
    case 'answer':
      return view.coaching.answer;
    case 'career':
      return view.career.answer;
    case 'resilience':
      return view.resilience?.answer ?? '';
    case 'commitment':
      return view.commitment.text;
    default: {
      const { kind, part } = dealField(field);
      return view.deals[kind]?.[part] ?? '';
    }
  }
}

function commandFor(view: SessionView, field: Field, text: string): Command | null {
  switch (field) {
    case 'positive':
      return { do: 'prepare', positive: text };
    case 'notes':
      return { do: 'prepare', notes: text };
    case 'noticed':
      return { do: 'notice', text };
    case 'answer':
      return { do: 'answer', text };
    case 'career':
      return { do: 'answer career', text };
    case 'resilience':
      return { do: 'answer resilience', text };
    case 'commitment':
      // An empty commitment is none; the last wording stands until there is another.
      return text === '' ? null : { do: 'commit', text };
    default:
      return dealCommand(view, dealField(field), text);
  }
}

interface DealField {
  readonly kind: 'stuck' | 'exciting';
  readonly part: 'name' | 'question' | 'nextStep';
}

function dealField(field: Field): DealField {
  const [kind, part] = field.split(' ') as ['stuck' | 'exciting', 'name' | 'question' | 'step'];
  return { kind, part: part === 'step' ? 'nextStep' : part };
}

function dealCommand(view: SessionView, { kind, part }: DealField, text: string): Command | null {
  if (part === 'nextStep') return { do: 'next step', kind, text };
  if (part === 'question') return { do: 'change deal', kind, question: text };
  if (text === '') return null;
  return view.deals[kind]
    ? { do: 'change deal', kind, name: text }
    : { do: 'add deal', kind, name: text, question: '' };
}
