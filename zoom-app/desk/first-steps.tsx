import type { SeriesView } from '../../src/desk/series.api.ts';
import type { Me } from '../../src/people/people.api.ts';
import type { PairView } from '../../src/people/pairs.api.ts';
import { texts } from '../look/texts.ts';
import { FailureNote } from '../parts/failure.tsx';
import { Choice } from '../parts/field.tsx';
import type { PageProps } from '../program/page-props.ts';
import { addresses } from '../program/addresses.ts';
import { formOf } from '../program/model.ts';
import { valueOf } from '../program/reading.ts';
import { ANCHOR_FIELDS, AnchorFields, anchorIn } from './anchor-fields.tsx';

interface FirstStepsProps extends PageProps {
  readonly pairs: readonly PairView[];
  /** Nothing else is on the page. */
  readonly alone: boolean;
}

const FORMATS = Object.entries(texts.series.formats);

const FIELDS = [...ANCHOR_FIELDS, 'format'];

const RHYTHMS = [1, 2, 3, 4].map((weeks) => [String(weeks), texts.series.every(weeks)] as const);

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
          <StartSeries key={pair.id} model={model} send={send} pair={pair} me={me} />
        ) : (
          <p key={pair.id}>{texts.series.waits(pair.manager.name)}</p>
        ),
      )}
    </article>
  );
}

function StartSeries({ model, send, pair, me }: PageProps & { pair: PairView; me: Me['person'] }) {
  const form = `series-${pair.id}`;
  const { values, failure, phase } = formOf(model, form);
  const usual = { weekday: 2, time: '10:00', zone: me.zone };
  const submit = (event: Event) => {
    event.preventDefault();
    const everyWeeks = Number(values['everyWeeks'] ?? 1);
    const { format } = values;
    const body = { pair: pair.id, anchor: anchorIn(values, usual), everyWeeks, format };
    send({
      kind: 'Submitted',
      form,
      request: { method: 'POST', path: '/api/series', body },
      rereads: [addresses.seriesList, addresses.pairs],
    });
  };
  const field = { model, send, form };
  return (
    <form class="act-form" onSubmit={submit}>
      <h2>{texts.series.title(pair.rep.name)}</h2>
      <p>{texts.series.note}</p>
      <FailureNote failure={failure} known={FIELDS} />
      <AnchorFields {...field} initial={usual} />
      <Choice {...field} name="everyWeeks" label={texts.series.often} options={RHYTHMS} initial="1" />
      {me.roles.includes('admin') && <FormatChoice {...field} />}
      <button class="button button-first" type="submit" aria-disabled={phase === 'sending' || undefined}>
        {texts.series.start}
      </button>
    </form>
  );
}

/** F082: who is no admin meets in the first. */
function FormatChoice(field: PageProps & { form: string }) {
  const [usual] = FORMATS[0]!;
  return <Choice {...field} name="format" label={texts.series.format} options={FORMATS} initial={usual} />;
}

/** What the service warned of when it made a series just now; its form is gone by then. */
export function MadeWith({ model }: Pick<PageProps, 'model'>) {
  const pairs = valueOf(model.readings, addresses.pairs)?.items ?? [];
  const made = pairs.map(({ id }) => formOf(model, `series-${id}`).answer as SeriesView | null);
  return (
    <>
      {made.map(
        (series) =>
          series?.warning && (
            <p class="asks" key={series.id}>
              {series.warning}
            </p>
          ),
      )}
    </>
  );
}
