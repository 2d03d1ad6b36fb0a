import type { LedgerPage } from '../../src/desk/ledger.api.ts';
import { texts } from '../look/texts.ts';
import { addresses } from './addresses.ts';
import type { Effect } from './effects.ts';
import type { Fact } from './facts.ts';
import { formOf } from './model.ts';
import type { Form, Model } from './model.ts';

type Change = readonly [Model, readonly Effect[]];

/** A minute of asking; then the page says that the answer is still to come. */
const PAUSE_MS = 750;
const TRIES = 80;

/** After an act in the calendar: asks the ledger until it tells what the loop made of it. */
export function watchWent(model: Model, { form: name, turn }: Extract<Fact, { kind: 'WatchWent' }>): Change {
  const form = formOf(model, name);
  const { watch } = form;
  if (form.phase !== 'watching' || form.turn !== turn || !watch) return [model, []];
  if (watch.tries >= TRIES) return ended(model, name, form, texts.watch.notYet);
  const again: Effect = {
    do: 'wait',
    milliseconds: PAUSE_MS,
    then: { kind: 'WatchWent', form: name, turn },
  };
  const next = { ...form, watch: { ...watch, tries: watch.tries + 1 } };
  return [
    { ...model, forms: { ...model.forms, [name]: next } },
    [{ do: 'read', address: addresses.ledgerSince(watch.series, watch.since) }, again],
  ];
}

/** Ends every watch that this answer tells something. */
export function watchAnswered(model: Model, { address, value }: Extract<Fact, { kind: 'Answered' }>): Change {
  const waiting = Object.entries(model.forms).find(
    ([, { phase, watch }]) =>
      phase === 'watching' &&
      watch !== null &&
      addresses.ledgerSince(watch.series, watch.since).path === address.path,
  );
  if (!waiting) return [model, []];
  const reasons = reasonsIn(value as LedgerPage);
  if (reasons.length === 0) return [model, []];
  return ended(model, waiting[0], waiting[1], reasons.join(' '));
}

/** What the rows tell, each thing once: a later reason may say an earlier one again and go on. */
function reasonsIn({ items }: LedgerPage): readonly string[] {
  const reasons = items.filter(({ kind }) => kind !== 'owe').map(({ because }) => because);
  return reasons.filter(
    (reason, index) =>
      !reasons.some(
        (other, place) => place !== index && other.startsWith(reason) && (other !== reason || place < index),
      ),
  );
}

function ended(model: Model, name: string, form: Form, told: string): Change {
  const { series } = form.watch!;
  const done: Form = {
    ...form,
    phase: 'saved',
    open: false,
    values: {},
    shows: null,
    watch: { ...form.watch!, told },
  };
  return [
    { ...model, forms: { ...model.forms, [name]: done }, said: told },
    [
      { do: 'read', address: addresses.occurrences(series) },
      { do: 'read', address: addresses.ledger(series) },
    ],
  ];
}
