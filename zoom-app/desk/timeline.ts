import type { OccurrenceView } from '../../src/desk/occurrences.api.ts';
import type { SeriesView } from '../../src/desk/series.api.ts';
import { texts } from '../look/texts.ts';
import { shortDayText } from '../look/times.ts';
import { addresses } from '../program/addresses.ts';
import type { Model, Phase, Shown } from '../program/model.ts';
import { readingOf, valueOf } from '../program/reading.ts';
import type { Reader } from './people-of.ts';

/** An owed meeting as the page shows it: what the API said, and over it what was just asked for. */
export interface Week {
  readonly occurrence: OccurrenceView;
  /** It has just been taken out of the calendar by hand; nobody answered yet. */
  readonly gone: boolean;
  readonly pending: Phase | null;
}

export interface Timeline {
  readonly current: Week | null;
  /** The first meeting that is still to come, where it is not this week's. */
  readonly next: Week | null;
  readonly upcoming: readonly Week[];
  /** Newest first. */
  readonly before: readonly Week[];
}

/** Splits a series' weeks around now. Null until they were read. */
export function timelineOf(model: Model, series: string): Timeline | null {
  const page = valueOf(model.readings, addresses.occurrences(series));
  if (!page) return null;
  const weeks = page.items.map((occurrence) => overlaid(occurrence, model));
  const current = weeks.find(({ occurrence: { week } }) => isNow(week, model.now)) ?? null;
  const ahead = weeks.filter(({ occurrence }) => Date.parse(occurrence.week.start) > model.now);
  const begun = !current || Date.parse(current.occurrence.slot.start) <= model.now;
  const next = begun ? (ahead[0] ?? null) : null;
  return {
    current,
    next,
    upcoming: ahead.filter((week) => week !== next),
    before: weeks.filter(({ occurrence }) => Date.parse(occurrence.week.end) <= model.now).reverse(),
  };
}

/** The meeting of a series that its people look for first. */
export function nextMeeting(model: Model, series: string): Week | null {
  const timeline = timelineOf(model, series);
  return timeline && (timeline.next ?? timeline.current);
}

/** The reader's series whose next meeting comes first; null until all of them were read. */
export function firstToMeet(model: Model, own: readonly SeriesView[]): SeriesView | null {
  const known = own.every(({ id }) => {
    const { value, failure } = readingOf(model.readings, addresses.occurrences(id));
    return value !== null || failure !== null;
  });
  if (!known) return null;
  const starts = own.map((series) => ({
    series,
    start: nextMeeting(model, series.id)?.occurrence.slot.start ?? '9',
  }));
  return starts.sort((a, b) => a.start.localeCompare(b.start))[0]?.series ?? null;
}

/** What waits for the reader's word in a series, in one short line; null where nothing does. */
export function waitingFor(
  model: Model,
  { id }: SeriesView,
  { side, zone }: Pick<Reader, 'side' | 'zone'>,
): string | null {
  const items = valueOf(model.readings, addresses.occurrences(id))?.items ?? [];
  if (items.some(({ asks, canAnswerExcuse }) => asks !== null || canAnswerExcuse)) return texts.desk.asksYou;
  const unsaid = items.find(
    ({ canAttest, attestations }) => canAttest && !attestations?.some(({ by }) => by === side),
  );
  return unsaid ? texts.acts.wasItOn(shortDayText(unsaid.slot.start, zone)) : null;
}

function isNow(week: { start: string; end: string }, now: number): boolean {
  return Date.parse(week.start) <= now && now < Date.parse(week.end);
}

function overlaid(occurrence: OccurrenceView, model: Model): Week {
  const acting = Object.values(model.forms).find(
    ({ shows, phase }) =>
      shows !== null && phase !== 'typing' && phase !== 'saved' && touches(shows, occurrence),
  );
  if (!acting?.shows) return { occurrence, gone: false, pending: null };
  return { ...shown(occurrence, acting.shows), pending: acting.phase };
}

function touches(shows: Shown, { series, key, canMove }: OccurrenceView): boolean {
  if (shows.series !== series) return false;
  if (shows.kind !== 'gone' || shows.which === 'this') return shows.key === key;
  if (shows.which === 'all') return canMove;
  return canMove && Number(key.split('@')[1]) >= Number(shows.key.split('@')[1]);
}

function shown(occurrence: OccurrenceView, shows: Shown): Omit<Week, 'pending'> {
  switch (shows.kind) {
    case 'gone':
      return { occurrence, gone: true };
    case 'excused':
      return { occurrence, gone: false };
    case 'moved': {
      const length = Date.parse(occurrence.slot.end) - Date.parse(occurrence.slot.start);
      const end = new Date(Date.parse(shows.start) + length).toISOString();
      return {
        occurrence: { ...occurrence, state: 'moved', slot: { start: shows.start, end } },
        gone: false,
      };
    }
  }
}
