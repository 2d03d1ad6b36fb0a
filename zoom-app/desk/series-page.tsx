import type { SeriesView } from '../../src/desk/series.api.ts';
import { texts } from '../look/texts.ts';
import { cityOf, timeText, weekdayText } from '../look/times.ts';
import { FailureNote } from '../parts/failure.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { addresses } from '../program/addresses.ts';
import { readingOf } from '../program/reading.ts';
import { AccountLine } from './account-line.tsx';
import { ChangeAnchor } from './change-anchor.tsx';
import { ChangeCalendar } from './change-calendar.tsx';
import { History } from './history.tsx';
import { readerOf } from './people-of.ts';
import type { SeriesProps } from './series-props.ts';
import { timelineOf } from './timeline.ts';
import type { Week } from './timeline.ts';
import { WeekCard } from './week-card.tsx';
import { WeekRow } from './week-row.tsx';

/** Weeks further away wait behind a button. */
const SHOWN_AHEAD = 4;
const SHOWN_BEFORE = 8;

/** A pair's weeks: this one first and large, then what comes, then what was. */
export function SeriesPage(props: SeriesProps) {
  const { model, series } = props;
  const { other } = readerOf(model, series);
  const timeline = timelineOf(model, series.id);
  const { failure } = readingOf(model.readings, addresses.occurrences(series.id));
  return (
    <article class="series">
      <header>
        <h1>{other.name}</h1>
        <p class="quiet">{rhythm(series)}</p>
        {series.endedAt && <p>{texts.desk.ended}</p>}
        {series.asks && <p class="asks">{series.asks}</p>}
        <AccountLine {...props} />
        <ChangeAnchor {...props} />
        <ChangeCalendar {...props} />
      </header>
      {!timeline && (failure ? <FailureNote failure={failure} /> : <Skeleton lines={6} />)}
      {timeline?.current && <WeekCard {...props} week={timeline.current} title={texts.desk.thisWeek} />}
      {timeline?.next && <WeekCard {...props} week={timeline.next} title={texts.desk.nextWeek} />}
      {timeline && <ComingUp {...props} weeks={timeline.upcoming} />}
      {timeline && <Before {...props} weeks={timeline.before} />}
      <History {...props} />
    </article>
  );
}

function ComingUp({ weeks, ...props }: SeriesProps & { weeks: readonly Week[] }) {
  if (weeks.length === 0) return null;
  return (
    <section>
      <h2>{texts.desk.comingUp}</h2>
      <Rows {...props} weeks={weeks} shown={SHOWN_AHEAD} more={texts.desk.moreWeeks} />
    </section>
  );
}

function Before({ weeks, ...props }: SeriesProps & { weeks: readonly Week[] }) {
  return (
    <section>
      <h2>{texts.desk.before}</h2>
      {weeks.length === 0 && <p class="quiet">{texts.desk.nothingBefore}</p>}
      <Rows {...props} weeks={weeks} shown={SHOWN_BEFORE} more={texts.desk.earlierWeeks} />
    </section>
  );
}

interface RowsProps extends SeriesProps {
  readonly weeks: readonly Week[];
  readonly shown: number;
  readonly more: string;
}

function Rows({ weeks, shown, more, ...props }: RowsProps) {
  const row = (week: Week) => <WeekRow key={week.occurrence.key} {...props} week={week} />;
  return (
    <>
      <ol class="weeks">{weeks.slice(0, shown).map(row)}</ol>
      {weeks.length > shown && (
        <details class="more">
          <summary>{more}</summary>
          <ol class="weeks">{weeks.slice(shown).map(row)}</ol>
        </details>
      )}
    </>
  );
}

/** `Every Tuesday at 11:00 (Berlin)` on the series' own clock. */
function rhythm({ anchor, everyWeeks }: SeriesView): string {
  const day = weekdayText(anchor.weekday);
  const time = `${timeText(`2026-01-01T${anchor.time}:00Z`, 'UTC')} (${cityOf(anchor.zone)})`;
  return everyWeeks === 1 ? texts.desk.every(day, time) : texts.desk.everyWeeks(everyWeeks, day, time);
}
