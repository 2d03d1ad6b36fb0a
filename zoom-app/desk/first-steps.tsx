import type { PairView } from '../../src/people/pairs.api.ts';
import { texts } from '../look/texts.ts';
import { weekdayText } from '../look/times.ts';
import { FailureNote } from '../parts/failure.tsx';
import { Choice, Field } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';

interface FirstStepsProps extends PageProps {
  readonly pairs: readonly PairView[];
  /** Nothing else is on the page. */
  readonly alone: boolean;
}

const WEEKDAYS = [1, 2, 3, 4, 5].map((weekday) => [String(weekday), weekdayText(weekday)] as const);

/** Where no meeting is yet: says what will be here, and offers the first step. */
export function FirstSteps({ model, send, pairs, alone }: FirstStepsProps) {
  const me = valueOf(model.readings, addresses.me)!.person;
  if (pairs.length === 0) {
    return (
      <article>
        <h1>{texts.desk.noPairs}</h1>
        <p>{texts.desk.noPairsManager}</p>
      </article>
    );
  }
  return (
    <article>
      {alone && <h1>{texts.desk.title}</h1>}
      {pairs.map((pair) =>
        pair.manager.id === me.id ? (
          <StartSeries key={pair.id} model={model} send={send} pair={pair} zone={me.zone} />
        ) : (
          <p key={pair.id}>{texts.series.waits(pair.manager.name)}</p>
        ),
      )}
    </article>
  );
}

function StartSeries({ model, send, pair, zone }: PageProps & { pair: PairView; zone: string }) {
  const form = `series-${pair.id}`;
  const { values, failure, phase } = formOf(model, form);
  const submit = (event: Event) => {
    event.preventDefault();
    send({
      kind: 'Submitted',
      form,
      request: { method: 'POST', path: '/api/series', body: bodyOf(pair, values, zone) },
      rereads: [addresses.seriesList, addresses.pairs],
    });
  };
  const field = { model, send, form };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2>{texts.series.title(pair.rep.name)}</h2>
      <p>{texts.series.note}</p>
      <FailureNote failure={failure} known={['weekday', 'time', 'zone']} />
      <Choice {...field} name="weekday" label={texts.series.weekday} options={WEEKDAYS} initial="2" />
      <Field {...field} name="time" type="time" label={texts.series.time} initial="10:00" required />
      <Field {...field} name="zone" label={texts.series.zone} initial={zone} required />
      <button class="button button-first" type="submit" aria-disabled={phase === 'sending' || undefined}>
        {texts.series.start}
      </button>
    </form>
  );
}

function bodyOf(pair: PairView, values: Readonly<Record<string, string>>, zone: string) {
  const { weekday = '2', time = '10:00' } = values;
  return { pair: pair.id, anchor: { weekday: Number(weekday), time, zone: values['zone'] ?? zone } };
}
