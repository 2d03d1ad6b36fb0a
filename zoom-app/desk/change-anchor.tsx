import { texts } from '../look/texts.ts';
import { weekdayText } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { ActState } from './act-state.tsx';
import { ANCHOR_FIELDS, AnchorFields, anchorIn } from './anchor-fields.tsx';
import { mayKeep } from './people-of.ts';
import type { SeriesProps } from './series-props.ts';

/** A pair meets at another time from next week on; with what its manager may want to settle about the present one. */
export function ChangeAnchor(props: SeriesProps) {
  const { model, send, series } = props;
  if (!mayKeep(model, series)) return null;
  const form = `change-anchor-${series.id}`;
  const { open, phase, values } = formOf(model, form);
  const { weekday, time } = anchorIn(values, series.anchor);
  const busy = phase === 'held' || phase === 'sending';
  const press = () =>
    open
      ? send({ kind: 'FormClosed', form, focus: `${form}-button` })
      : send({ kind: 'FormOpened', form, focus: `${form}-title` });
  return (
    <>
      {series.warning && <p class="asks">{series.warning}</p>}
      <ActState model={model} send={send} form={form} held={texts.anchor.held(weekdayText(weekday), time)} />
      {!busy && (
        <Button id={`${form}-button`} weight="small" expanded={open} press={press}>
          {texts.anchor.open}
        </Button>
      )}
      {open && !busy && <AnchorForm {...props} form={form} />}
    </>
  );
}

function AnchorForm({ model, send, series, form }: SeriesProps & { readonly form: string }) {
  const { values, failure } = formOf(model, form);
  const submit = (event: Event) => {
    event.preventDefault();
    const body = { anchor: anchorIn(values, series.anchor) };
    const request = { method: 'PATCH', path: `/api/series/${series.id}`, body } as const;
    const rereads = [addresses.seriesList, addresses.occurrences(series.id), addresses.ledger(series.id)];
    send({ kind: 'Submitted', form, request, held: true, rereads });
  };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2 id={`${form}-title`} tabIndex={-1}>
        {texts.anchor.title}
      </h2>
      <p>{texts.anchor.will}</p>
      <FailureNote failure={failure} known={ANCHOR_FIELDS} />
      <AnchorFields model={model} send={send} form={form} initial={series.anchor} />
      <Button weight="first">{texts.anchor.change}</Button>
    </form>
  );
}
