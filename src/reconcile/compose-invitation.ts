import type { OccurrenceEvent, SeriesEvent } from '../calendars/calendar.ts';
import { occurrenceMessage, separateMessage, seriesCancel, seriesRequest } from '../calendars/mail/imip.ts';
import type { Imip, Stamp } from '../calendars/mail/imip.ts';
import { agendaBlock } from '../domain/agenda/agenda.ts';
import { recoveryTag } from '../domain/compare.ts';
import type { Facts } from '../domain/facts.ts';
import type { Minute } from '../domain/minute.ts';
import type { Notice, Standing } from '../domain/notices.ts';
import type { Slot } from '../domain/slot.ts';
import { startInWeek } from '../domain/weekly.ts';
import { content } from './apply-writes.ts';

/** Where an invitation takes its words from. */
export interface Source {
  readonly facts: Facts;
  readonly standing: Standing;
  readonly link: string;
}

/** The iCalendar object of a notice: the same event, under the same UID, as the calendar holds. */
export function composeInvitation(notice: Notice, source: Source, stamp: Stamp): Imip {
  const { facts, standing } = source;
  const series = seriesEvent(source);
  const ref = { series: facts.series.id, copy: standing.copy };
  switch (notice.about) {
    case 'series':
      return seriesRequest(ref, series, exceptionsIn(source), stamp);
    case 'withdrawn series':
      return seriesCancel({ ...ref, copy: notice.copy }, series, stamp);
    case 'occurrence': {
      const because = reasonOf(notice, source);
      return occurrenceMessage(ref, series, notice.start, meeting(source, notice.slot, because), stamp);
    }
    case 'withdrawn occurrence': {
      const { block, ...rest } = withBlock(source, reasonOf(notice, source));
      return occurrenceMessage(ref, series, notice.start, { ...rest, block, slot: null }, stamp);
    }
    case 'separate':
    case 'withdrawn separate': {
      const method = notice.about === 'separate' ? 'REQUEST' : 'CANCEL';
      return separateMessage(
        method,
        notice.tag,
        meeting(source, notice.slot, reasonOf(notice, source)),
        stamp,
      );
    }
    default: {
      const forgotten: never = notice;
      return forgotten;
    }
  }
}

/** The latest reason of what a notice is about. */
export function reasonOf(notice: Notice, { facts, standing }: Source): string | null {
  if ('tag' in notice) {
    const is = facts.recoveries.find((recovery) => recoveryTag(facts.series.id, recovery) === notice.tag);
    return is?.because ?? null;
  }
  return 'start' in notice ? reasonAt(facts, standing, notice.start) : null;
}

function reasonAt({ occurrences }: Facts, { rule }: Standing, start: Minute): string | null {
  return occurrences.find((o) => startInWeek(rule, o.week) === start)?.because ?? null;
}

function exceptionsIn(source: Source): Map<Minute, OccurrenceEvent | null> {
  const exceptions = Object.entries(source.standing.exceptions).map(([text, slot]) => {
    const start = Number(text);
    const because = reasonAt(source.facts, source.standing, start);
    return [start, slot && meeting(source, slot, because)] as const;
  });
  return new Map(exceptions);
}

function seriesEvent(source: Source): SeriesEvent {
  const { rule, minutes, endsBefore } = source.standing;
  return { ...withBlock(source, null), rule, minutes, endsBefore };
}

function meeting(source: Source, slot: Slot, because: string | null): OccurrenceEvent {
  return { ...withBlock(source, because), slot };
}

function withBlock({ facts, link }: Source, because: string | null) {
  return content(facts, agendaBlock(facts.series.format, because, link), link);
}
