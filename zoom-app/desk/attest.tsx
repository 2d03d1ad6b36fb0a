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
  const { model, send, target, series } = props;
  const reader = readerOf(model, series);
  const form = formName(target, 'attest');
  const { phase, failure, open } = formOf(model, form);
  const mine = saidSoFar(props).find(({ by }) => by === reader.side);
  const busy = phase === 'sending';
  return (
    <div class="attest">
      <h3>{texts.acts.wasIt}</h3>
      <Said {...props} />
      <FailureNote failure={failure} known={['absent']} />
      <div class="buttons">
        {mine?.says !== 'held' && (
          <Button
            weight={mine ? 'plain' : 'first'}
            busy={busy}
            press={() =>
              send({
                kind: 'Submitted',
                form,
                request: post(target, 'attestation', { says: 'held' }),
                rereads: touched(target),
              })
            }
          >
            {texts.acts.wasHeld}
          </Button>
        )}
        {mine?.says !== 'not_held' && (
          <Button
            id={`${form}-not`}
            expanded={open}
            busy={busy}
            press={() =>
              send(
                open
                  ? { kind: 'FormClosed', form, focus: `${form}-not` }
                  : { kind: 'FormOpened', form, focus: `${form}-absent` },
              )
            }
          >
            {texts.acts.wasNot}
          </Button>
        )}
      </div>
      {open && mine?.says !== 'not_held' && <NotHeld {...props} />}
      <ActState model={model} send={send} form={form} />
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
