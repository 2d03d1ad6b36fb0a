import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';
import type { ActProps } from './series-props.ts';
import { firstName, readerOf } from './people-of.ts';
import { formName, post, touched } from './target.ts';

/** Asks that nothing is owed this week: somebody else has to agree. */
export function ExcuseForm({ model, send, target, series }: ActProps) {
  const form = formName(target, 'excuse');
  const { values, failure } = formOf(model, form);
  const { side, other } = readerOf(model, series);
  const options = (['leave', 'sick', 'role_skip', 'public_holiday'] as const)
    .filter((excuse) => excuse !== 'public_holiday' || side === null)
    .map((excuse) => [excuse, texts.excuses[excuse]] as const);
  const { series: id, key } = target.occurrence;
  const submit = (event: Event) => {
    event.preventDefault();
    send({
      kind: 'Submitted',
      form,
      request: post(target, 'excuse', { excuse: values['excuse'] ?? 'leave' }),
      held: true,
      rereads: touched(target),
      shows: { kind: 'excused', series: id, key },
    });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h3 id={`${form}-title`} tabIndex={-1}>
        {texts.acts.excuseTitle}
      </h3>
      <p>{texts.acts.excuseWill(firstName(other))}</p>
      <FailureNote failure={failure} known={['excuse']} />
      <Choice
        model={model}
        send={send}
        form={form}
        name="excuse"
        label={texts.acts.excuseWhy}
        options={options}
        initial="leave"
      />
      <button class="button button-first" type="submit">
        {texts.acts.excuseDo}
      </button>
    </form>
  );
}

/** Where an excuse waits: its asker reads that, the other one answers. */
export function ExcuseAnswer({ model, send, target }: ActProps) {
  const { excuseRequest, canAnswerExcuse } = target.occurrence;
  if (!excuseRequest || excuseRequest.answer !== null) return null;
  const excuse = texts.excuses[excuseRequest.excuse];
  const me = valueOf(model.readings, addresses.me)!.person.id;
  if (!canAnswerExcuse) {
    return excuseRequest.by === me ? <p class="asks">{texts.acts.excuseAsked(excuse)}</p> : null;
  }
  const form = formName(target, 'excuse-answer');
  const { failure, phase } = formOf(model, form);
  const answer = (agree: boolean) =>
    send({
      kind: 'Submitted',
      form,
      request: post(target, 'excuse/answer', { agree }),
      rereads: touched(target),
    });
  return (
    <div class="asks">
      <p>{texts.acts.excuseWaits(excuse)}</p>
      <FailureNote failure={failure} />
      <div class="buttons">
        <Button busy={phase === 'sending'} press={() => answer(true)}>
          {texts.acts.agree}
        </Button>
        <Button busy={phase === 'sending'} press={() => answer(false)}>
          {texts.acts.disagree}
        </Button>
      </div>
    </div>
  );
}
