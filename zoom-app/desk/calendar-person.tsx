import { texts } from '../look/texts.ts';
import { toField, sameTimeOn } from '../look/times.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field, idOf } from '../parts/field.tsx';
import { addresses } from '../program/addresses.ts';
import { valueOf } from '../program/reading.ts';
import type { Shown } from '../program/model.ts';
import { formOf } from '../program/model.ts';
import { readerOf } from './people-of.ts';
import type { SeriesProps } from './series-props.ts';
import { formName } from './target.ts';
import type { Week } from './timeline.ts';

type Props = SeriesProps & { readonly week: Week };
type ClientAct = 'delete' | 'delete-following' | 'delete-series' | 'drag' | 'decline';

const GOES = {
  delete: 'this',
  'delete-following': 'following',
  'delete-series': 'all',
  decline: 'this',
} as const;

/**
 * The built-in calendar's event, as a calendar client would show it: what people do to it here reaches Perennial
 * only through the calendar.
 */
export function CalendarPerson(props: Props) {
  const { model, series, week } = props;
  const { side } = readerOf(model, series);
  const { occurrence } = week;
  if (series.provider !== 'builtin' || side === null || !occurrence.canMove) return null;
  if (Date.parse(occurrence.slot.start) <= model.now) return null;
  // Without the ledger's end nobody could tell what is new in it.
  if (!valueOf(model.readings, addresses.ledger(series.id))) return null;
  const form = nameOf(props);
  const { phase, failure } = formOf(model, form);
  const busy = phase === 'sending' || phase === 'watching';
  return (
    <div class="person" role="group" aria-labelledby={`${form}-title`}>
      <h3 id={`${form}-title`}>{texts.person.title}</h3>
      <p class="hint">{texts.person.hint}</p>
      <div class="buttons">
        {side === 'rep' ? (
          <ActButton {...props} act="decline" label={texts.person.decline} busy={busy} />
        ) : (
          <>
            <ActButton {...props} act="delete" label={texts.person.delete} busy={busy} />
            <ActButton {...props} act="delete-following" label={texts.person.following} busy={busy} />
            <ActButton {...props} act="delete-series" label={texts.person.all} busy={busy} />
          </>
        )}
      </div>
      {side === 'manager' && <Drag {...props} busy={busy} />}
      <FailureNote failure={failure} />
      <Watching {...props} />
    </div>
  );
}

function ActButton({
  act,
  label,
  busy,
  ...props
}: Props & { act: keyof typeof GOES; label: string; busy: boolean }) {
  const { series, key } = props.week.occurrence;
  return (
    <Button busy={busy} press={() => submit(props, act, { kind: 'gone', series, key, which: GOES[act] })}>
      {label}
    </Button>
  );
}

/** Dropping an event on another day keeps its time of day, as in any week view. */
function Drag({ busy, ...props }: Props & { busy: boolean }) {
  const { model, send, series, week } = props;
  const { occurrence } = week;
  const { zone } = readerOf(model, series);
  const form = nameOf(props);
  const today = toField(occurrence.slot.start, zone).slice(0, 10);
  const day = formOf(model, form).values['day'] ?? '';
  const drop = (event: Event) => {
    event.preventDefault();
    if (busy || day === '' || day === today) return document.getElementById(idOf(form, 'day'))?.focus();
    const start = sameTimeOn(day, occurrence.slot.start, zone);
    submit(props, 'drag', { kind: 'moved', series: series.id, key: occurrence.key, start }, start);
  };
  return (
    <form class="one-line" onSubmit={drop}>
      <Field
        model={model}
        send={send}
        form={form}
        name="day"
        type="date"
        label={texts.person.dragTo}
        initial={today}
      />
      <button class="button" type="submit" aria-disabled={busy || undefined}>
        {texts.person.drag}
      </button>
    </form>
  );
}

/** What is going on, in words: that the calendar shows it, then what Perennial made of it. */
function Watching(props: Props) {
  const { phase, watch } = formOf(props.model, nameOf(props));
  if (phase === 'sending' || phase === 'watching') {
    return <p class="watching">{texts.watch.looking}</p>;
  }
  if (!watch?.told) return null;
  return (
    <p class="watching watching-done">
      <strong>{texts.watch.answer}</strong> {watch.told}
    </p>
  );
}

function nameOf({ week }: Props): string {
  return formName({ occurrence: week.occurrence, kind: 'occurrence' }, 'calendar');
}

function submit(props: Props, act: ClientAct, shows: Shown, to?: string): void {
  const { occurrence } = props.week;
  props.send({
    kind: 'Submitted',
    form: nameOf(props),
    request: {
      method: 'POST',
      path: '/api/builtin-calendar/acts',
      body: { series: occurrence.series, originalStart: occurrence.key, act, ...(to && { to }) },
    },
    shows,
    watch: occurrence.series,
  });
}
