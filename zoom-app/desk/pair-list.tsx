import type { SeriesView } from '../../src/desk/series.api.ts';
import { LOOKS } from '../look/states.ts';
import { texts } from '../look/texts.ts';
import { whenText } from '../look/times.ts';
import { State } from '../parts/shape.tsx';
import type { Model } from '../program/model.ts';
import { readerOf } from './people-of.ts';
import { nextMeeting, waitingFor } from './timeline.ts';

interface PairListProps {
  readonly model: Model;
  readonly own: readonly SeriesView[];
  readonly shown: string | null;
}

/** Everybody one meets, with the next meeting of each. */
export function PairList({ model, own, shown }: PairListProps) {
  return (
    <nav class="pairs" aria-label={texts.desk.pairs}>
      <ul>
        {own.map((series) => (
          <li key={series.id}>
            <a href={`/series/${series.id}`} aria-current={series.id === shown ? 'true' : undefined}>
              <span class="pairs-name">{readerOf(model, series).other.name}</span>
              <Next model={model} series={series} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Next({ model, series }: { model: Model; series: SeriesView }) {
  const week = nextMeeting(model, series.id);
  if (!week) return null;
  const { state, slot } = week.occurrence;
  const waiting = waitingFor(model, series, readerOf(model, series));
  return (
    <span class="pairs-next">
      <State look={LOOKS[state]} />
      <span class="quiet">{whenText(slot.start, readerOf(model, series).zone)}</span>
      {waiting && <span class="pairs-waiting">{waiting}</span>}
    </span>
  );
}
