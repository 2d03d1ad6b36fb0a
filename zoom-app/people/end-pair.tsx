import type { PairView } from '../../src/people/pairs.api.ts';
import { ActState } from '../desk/act-state.tsx';
import { texts } from '../look/texts.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import type { PageProps } from '../program/page-props.ts';
import { isAdmin } from './is-admin.ts';

type PairProps = PageProps & { readonly pair: PairView };

const REASONS = Object.entries(texts.people.ends);

/** Ends a pair with a reason, after it said what that means; it can be taken back for five seconds. */
export function EndPair({ model, send, pair }: PairProps) {
  const form = formName(pair);
  const { open, phase } = formOf(model, form);
  if (pair.endedAt !== null || !isAdmin(model)) return null;
  const busy = phase === 'held' || phase === 'sending';
  const press = () =>
    open
      ? send({ kind: 'FormClosed', form, focus: `${form}-button` })
      : send({ kind: 'FormOpened', form, focus: `${form}-title` });
  return (
    <div>
      {!busy && (
        <Button id={`${form}-button`} weight="small" expanded={open} press={press}>
          {texts.people.endOpen}
        </Button>
      )}
      <ActState
        model={model}
        send={send}
        form={form}
        held={texts.people.endHeld(pair.manager.name, pair.rep.name)}
      />
      {open && !busy && <EndForm model={model} send={send} pair={pair} />}
    </div>
  );
}

function EndForm({ model, send, pair }: PairProps) {
  const form = formName(pair);
  const { values, failure } = formOf(model, form);
  const { reason = 'both_agreed' } = values;
  const submit = (event: Event) => {
    event.preventDefault();
    const request = { method: 'POST', path: `/api/pairs/${pair.id}/end`, body: { reason } } as const;
    send({ kind: 'Submitted', form, request, held: true, rereads: [addresses.pairs, addresses.seriesList] });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h3 id={`${form}-title`} tabIndex={-1}>
        {texts.people.endTitle(pair.manager.name, pair.rep.name)}
      </h3>
      <p>{texts.people.endWill}</p>
      <FailureNote failure={failure} known={['reason']} />
      <Choice
        model={model}
        send={send}
        form={form}
        name="reason"
        label={texts.people.endWhy}
        options={REASONS}
        initial="both_agreed"
      />
      <Button weight="first">{texts.people.endDo}</Button>
    </form>
  );
}

function formName({ id }: PairView): string {
  return `end-pair-${id}`;
}
