import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import { formOf } from '../program/model.ts';
import { ActState } from './act-state.tsx';
import type { ActProps } from './series-props.ts';
import { firstName, readerOf } from './people-of.ts';
import { formName, post, touched } from './target.ts';

/** After it began: was it held? Both sides can say, and say otherwise later, until the week closes. */
export function Attest(props: ActProps) {
  const { model, send, target } = props;
  const form = formName(target, 'attest');
  const { failure, open } = formOf(model, form);
  return (
    <div class="attest">
      <h3>{texts.acts.wasIt}</h3>
      <Said {...props} />
      <FailureNote failure={failure} known={['absent']} />
      <Answers {...props} />
      {open && <NotHeld {...props} />}
      <ActState model={model} send={send} form={form} />
    </div>
  );
}

/** What one has said already is not offered again. */
function Answers(props: ActProps) {
  const { model, send, target, series } = props;
  const form = formName(target, 'attest');
  const { phase, open } = formOf(model, form);
  const { side } = readerOf(model, series);
  const mine = saidSoFar(props).find(({ by }) => by === side)?.says;
  const held = () =>
    send({
      kind: 'Submitted',
      form,
      request: post(target, 'attestation', { says: 'held' }),
      rereads: touched(target),
    });
  const toggle = () =>
    send(
      open
        ? { kind: 'FormClosed', form, focus: `${form}-not` }
        : { kind: 'FormOpened', form, focus: `${form}-absent` },
    );
  return (
    <div class="buttons">
      {mine !== 'held' && (
        <Button weight={mine ? 'plain' : 'first'} busy={phase === 'sending'} press={held}>
          {texts.acts.wasHeld}
        </Button>
      )}
      {mine !== 'not_held' && (
        <Button id={`${form}-not`} expanded={open} busy={phase === 'sending'} press={toggle}>
          {texts.acts.wasNot}
        </Button>
      )}
    </div>
  );
}

function NotHeld({ model, send, target, series }: ActProps) {
  const form = formName(target, 'attest');
  const { manager, rep } = readerOf(model, series);
  const absent = formOf(model, form).values['absent'] ?? '';
  const options = [
    ['', texts.acts.nobodyMissed],
    ['manager', manager.name],
    ['rep', rep.name],
    ['both', texts.acts.bothMissed],
  ] as const;
  const submit = (event: Event) => {
    event.preventDefault();
    const request = post(target, 'attestation', { says: 'not_held', ...(absent !== '' && { absent }) });
    send({ kind: 'Submitted', form, request, rereads: touched(target) });
  };
  return (
    <form class="act-form one-line" onSubmit={submit}>
      <Choice
        model={model}
        send={send}
        form={form}
        name="absent"
        label={texts.acts.whoMissed}
        options={options}
      />
      <button class="button" type="submit">
        {texts.acts.notHeldDo}
      </button>
    </form>
  );
}

function Said(props: ActProps) {
  const { model, series, target } = props;
  const reader = readerOf(model, series);
  return (
    <>
      {saidSoFar(props).map(({ by, says }) => {
        const name = by === reader.side ? texts.desk.you : firstName(reader[by]);
        return <p key={by}>{says === 'held' ? texts.desk.saidHeld(name) : texts.desk.saidNotHeld(name)}</p>;
      })}
      <p class="hint">{texts.desk.closes(whenText(target.occurrence.closesAt, reader.zone))}</p>
    </>
  );
}

function saidSoFar({ target: { occurrence, kind } }: ActProps) {
  return (kind === 'recovery' ? occurrence.recovery!.attestations : occurrence.attestations) ?? [];
}
