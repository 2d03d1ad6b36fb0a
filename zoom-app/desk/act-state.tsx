import type { ActAnswer } from '../../src/desk/occurrences.api.ts';
import { texts } from '../look/texts.ts';
import { slotText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { addresses } from '../program/addresses.ts';
import type { Send } from '../program/facts.ts';
import { sentenceOf } from '../program/forms.ts';
import { formOf } from '../program/model.ts';
import type { Model, Shown } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

interface ActStateProps {
  readonly model: Model;
  readonly send: Send;
  readonly form: string;
  /** What is about to happen, where it is no act on one meeting. */
  readonly held?: string;
}

/** How far an act got: it can still be taken back, it is being saved, or it is saved. */
export function ActState({ model, send, form, held }: ActStateProps) {
  const { phase, shows, answer } = formOf(model, form);
  if (phase === 'held') {
    return (
      <p class="act-state" id={`${form}-state`}>
        <span>{held ?? heldText(shows, model)}</span>
        <Button id={`${form}-back`} weight="small" press={() => send({ kind: 'TakenBack', form })}>
          {texts.acts.takeBack}
        </Button>
      </p>
    );
  }
  if (phase === 'sending') {
    return (
      <p class="act-state" id={`${form}-state`} tabIndex={-1}>
        {texts.acts.saving}
      </p>
    );
  }
  if (phase === 'saved' && answer) {
    return (
      <p class="act-state act-saved" id={`${form}-state`} tabIndex={-1}>
        {savedText(answer)}
      </p>
    );
  }
  return null;
}

/** The reason stands in the timeline already; what else the API says is said here. */
function savedText(answer: unknown): string {
  const sentence = sentenceOf(answer);
  const { occurrence } = answer as Partial<ActAnswer>;
  return sentence === occurrence?.because ? texts.acts.saved : sentence;
}

function heldText(shows: Shown | null, model: Model): string {
  if (shows?.kind === 'moved') {
    const zone = valueOf(model.readings, addresses.me)!.person.zone;
    return texts.acts.heldMove(
      slotText({ start: shows.start, end: shows.start }, zone).replace(/ to .*/, ''),
    );
  }
  return shows?.kind === 'excused' ? texts.acts.heldExcuse : texts.acts.heldCannot;
}
