import type { SeriesView } from '../../src/desk/series.api.ts';
import { texts } from '../look/texts.ts';
import { FailureNote } from '../parts/failure.tsx';
import type { PageProps } from '../program/page-props.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import { ownSeries } from '../program/needs.ts';
import { readingOf, valueOf } from '../program/reading.ts';
import { FirstSteps, MadeWith } from './first-steps.tsx';
import { PairList } from './pair-list.tsx';
import { SeriesPage } from './series-page.tsx';

/** Whom one meets, and the weeks of one of them: the one named by the address, else the next to meet. */
export function DeskPage({ model, send }: PageProps) {
  const { value, failure } = readingOf(model.readings, addresses.seriesList);
  if (!value) return failure ? <FailureNote failure={failure} /> : <Skeleton lines={8} />;
  const own = ownSeries(model);
  const shown = shownSeries({ model, send }, own);
  const waiting = unstarted({ model, send });
  return (
    <div class="desk">
      {own.length + waiting.length > 1 && <PairList model={model} own={own} shown={shown?.id ?? null} />}
      <div class="desk-main">
        <MadeWith model={model} />
        {shown && <SeriesPage key={shown.id} model={model} send={send} series={shown} />}
        {!shown && model.route.page === 'series' && <Unknown />}
        {!shown && model.route.page === 'home' && own.length > 0 && <Skeleton lines={8} />}
        {(waiting.length > 0 || own.length === 0) && model.route.page === 'home' && (
          <FirstSteps model={model} send={send} pairs={waiting} alone={own.length === 0} />
        )}
      </div>
    </div>
  );
}

function Unknown() {
  return (
    <article>
      <h1>{texts.lost.title}</h1>
      <a href="/">{texts.lost.home}</a>
    </article>
  );
}

function shownSeries({ model }: PageProps, own: readonly SeriesView[]): SeriesView | null {
  const { route, atHome } = model;
  if (route.page !== 'series') return own.find(({ id }) => id === atHome) ?? null;
  const all = valueOf(model.readings, addresses.seriesList)!.items;
  return all.find(({ id }) => id === route.series) ?? null;
}

/** The reader's pairs that have no meeting yet. */
function unstarted({ model }: PageProps) {
  const me = valueOf(model.readings, addresses.me)!.person.id;
  const pairs = valueOf(model.readings, addresses.pairs)?.items ?? [];
  return pairs.filter(
    ({ manager, rep, series, endedAt }) =>
      endedAt === null && series.length === 0 && (manager.id === me || rep.id === me),
  );
}
