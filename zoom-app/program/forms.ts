import type { ActAnswer, OccurrencePage } from '../../src/desk/occurrences.api.ts';
import { texts } from '../look/texts.ts';
import { addresses } from './addresses.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { EMPTY_FORM, formOf } from './model.ts';
import type { Form, Model, Watch } from './model.ts';
import { valueOf } from './reading.ts';
import { watchAnswered, watchWent } from './watching.ts';

type Change = readonly [Model, readonly Effect[]];

/** How long a submitted act can be taken back. */
const HOLD_MS = 5000;

/** How soon the ledger is asked after an act in the calendar. */
const FIRST_LOOK_MS = 400;

/** Everything that is typed, sent, held and saved. */
export function updateForms(model: Model, fact: Fact): Change {
  switch (fact.kind) {
    case 'FormOpened': {
      const effects: Effect[] = fact.read ? [{ do: 'read', address: fact.read }] : [];
      const form = { ...formOf(model, fact.form), open: true, answer: null, watch: null };
      return [withForm(model, fact.form, form), [...effects, { do: 'focus', id: fact.focus }]];
    }
    case 'FormClosed':
      return [
        withForm(model, fact.form, { ...formOf(model, fact.form), open: false, failure: null }),
        [{ do: 'focus', id: fact.focus }],
      ];
    case 'FieldChanged':
      return [typed(model, fact), []];
    case 'Submitted':
      return submitted(model, fact);
    case 'HoldEnded':
      return holdEnded(model, fact);
    case 'TakenBack':
      return takenBack(model, fact.form);
    case 'PageLeft':
      return pageLeft(model);
    case 'Saved':
      return saved(model, fact);
    case 'NotSaved':
      return [notSaved(model, fact), [focusOn(fact.form, 'title')]];
    case 'WatchWent':
      return watchWent(model, fact);
    case 'Answered':
      return watchAnswered(model, fact);
    default:
      return [model, []];
  }
}

function withForm(model: Model, name: string, form: Form): Model {
  return { ...model, forms: { ...model.forms, [name]: form } };
}

function typed(model: Model, { form, field, value }: Extract<Fact, { kind: 'FieldChanged' }>): Model {
  const before = formOf(model, form);
  const values = { ...before.values, [field]: value };
  return withForm(model, form, { ...before, values, phase: 'typing', answer: null });
}

function submitted(model: Model, fact: Extract<Fact, { kind: 'Submitted' }>): Change {
  const before = formOf(model, fact.form);
  if (before.phase !== 'typing' && before.phase !== 'saved') return [model, []];
  const turn = before.turn + 1;
  const form: Form = {
    ...before,
    phase: fact.held ? 'held' : 'sending',
    request: fact.request,
    rereads: fact.rereads ?? [],
    shows: fact.shows ?? null,
    keeps: fact.keeps ?? false,
    leaves: fact.leaves ?? false,
    watch: fact.watch === undefined ? null : watchOf(model, fact.watch),
    failure: null,
    answer: null,
    turn,
  };
  const next = withForm(model, fact.form, form);
  if (!fact.held) return [next, [{ do: 'send', form: fact.form, request: fact.request }]];
  const then: Fact = { kind: 'HoldEnded', form: fact.form, turn };
  return [
    { ...next, said: texts.acts.held },
    [{ do: 'wait', milliseconds: HOLD_MS, then }, focusOn(fact.form, 'back')],
  ];
}

/** The parts of a form that can take the focus when what had it went away. */
function focusOn(form: string, part: 'back' | 'state' | 'title'): Effect {
  return { do: 'focus', id: `${form}-${part}`, ifLost: true };
}

function watchOf(model: Model, series: string): Watch {
  const rows = valueOf(model.readings, addresses.ledger(series))?.items ?? [];
  return { series, since: rows.at(-1)?.seq ?? 0, tries: 0, told: null };
}

function holdEnded(model: Model, { form: name, turn }: Extract<Fact, { kind: 'HoldEnded' }>): Change {
  const form = formOf(model, name);
  if (form.phase !== 'held' || form.turn !== turn || !form.request) return [model, []];
  return [
    withForm(model, name, { ...form, phase: 'sending' }),
    [{ do: 'send', form: name, request: form.request }, focusOn(name, 'state')],
  ];
}

function takenBack(model: Model, name: string): Change {
  const form = formOf(model, name);
  if (form.phase !== 'held') return [model, []];
  const typing: Form = { ...form, phase: 'typing', shows: null, request: null };
  return [{ ...withForm(model, name, typing), said: texts.acts.takenBack }, [focusOn(name, 'title')]];
}

/** Nothing that was submitted gets lost with the page. */
function pageLeft(model: Model): Change {
  const held = Object.entries(model.forms).filter(([, { phase }]) => phase === 'held');
  const sent = held.map(([name, form]) => [name, { ...form, phase: 'saved' as const, shows: null }]);
  return [
    { ...model, forms: { ...model.forms, ...Object.fromEntries(sent) } },
    held.flatMap(([, { request }]) => (request ? [{ do: 'send and leave' as const, request }] : [])),
  ];
}

function saved(model: Model, { form: name, answer }: Extract<Fact, { kind: 'Saved' }>): Change {
  const form = formOf(model, name);
  const told = absorbed({ ...model, unreached: false }, answer);
  const rereads = form.rereads.map((address): Effect => ({ do: 'read', address }));
  if (form.watch) {
    const then: Fact = { kind: 'WatchWent', form: name, turn: form.turn };
    const wait: Effect = { do: 'wait', milliseconds: FIRST_LOOK_MS, then };
    return [
      { ...withForm(told, name, { ...form, phase: 'watching', answer }), said: texts.watch.looking },
      [...rereads, wait],
    ];
  }
  if (form.leaves) {
    const { url } = answer as { readonly url: string };
    return [withForm(told, name, { ...form, phase: 'saved', answer: null }), [{ do: 'leave', url }]];
  }
  const values = form.keeps ? form.values : {};
  const done: Form = { ...EMPTY_FORM, values, phase: 'saved', answer, turn: form.turn };
  return [{ ...withForm(told, name, done), said: sentenceOf(answer) }, [...rereads, focusOn(name, 'state')]];
}

function notSaved(model: Model, { form: name, failure }: Extract<Fact, { kind: 'NotSaved' }>): Model {
  const form = formOf(model, name);
  const typing: Form = { ...form, phase: 'typing', open: true, shows: null, watch: null, failure };
  const said = failure.kind === 'refused' ? failure.problem.detail : texts.reach.notSaved;
  return { ...withForm(model, name, typing), said, unreached: failure.kind === 'unreached' };
}

/** The API's own sentence where it sent one. */
export function sentenceOf(answer: unknown): string {
  const { sentence } = (answer ?? {}) as { readonly sentence?: unknown };
  return typeof sentence === 'string' ? sentence : texts.acts.saved;
}

/** An answer about an occurrence is shown before its list is read again. */
function absorbed(model: Model, answer: unknown): Model {
  const { occurrence } = (answer ?? {}) as Partial<ActAnswer>;
  if (!occurrence) return model;
  const { path } = addresses.occurrences(occurrence.series);
  const reading = model.readings[path];
  const page = reading?.value as OccurrencePage | null | undefined;
  if (!reading || !page) return model;
  const items = page.items.map((each) => (each.key === occurrence.key ? occurrence : each));
  return {
    ...model,
    readings: { ...model.readings, [path]: { ...reading, value: { ...page, items } } },
  };
}
