import type { SeriesView } from '../../src/desk/series.api.ts';
import type { PageProps } from '../program/page-props.ts';
import type { Target } from './target.ts';

export interface SeriesProps extends PageProps {
  readonly series: SeriesView;
}

/** An act on one meeting of the series. */
export interface ActProps extends SeriesProps {
  readonly target: Target;
}
