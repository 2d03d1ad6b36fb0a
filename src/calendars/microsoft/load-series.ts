import type { Event } from '@microsoft/microsoft-graph-types';
import { DAY, minuteToIso } from '../../domain/minute.ts';
import type { Minute, Weekday } from '../../domain/minute.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import { CalendarError } from '../calendar-error.ts';
import type { SeriesRef } from '../calendar.ts';
import { agendaIn } from './body.ts';
import { address } from './graph.ts';
import type { Graph } from './graph.ts';
import { FIELDS } from './holdings.ts';
import type { Held, Holdings } from './holdings.ts';
import { isNotFound } from './refusal.ts';
import { seenRule } from './rule.ts';
import { originalStart } from './series.ts';
import type { ReadSeries } from './series.ts';
import { withTag } from './tags.ts';
import type { Tag } from './tags.ts';
import { dateIn } from './times.ts';
import { ianaName } from './zones.ts';

/** Fields that only a GET of the series itself answers, and only when they are named. */
const ALL_FIELDS = `${FIELDS},cancelledOccurrences,exceptionOccurrences`;

export interface Wanted {
  readonly ref: SeriesRef;
  /** As placed: names the zone among those that Windows takes for one. */
  readonly rule: WeeklyRule;
  readonly starts: readonly Minute[];
  readonly firstWeekday?: Weekday | undefined;
}

/** Reads one copy of a series whole. */
export class LoadSeries {
  constructor(
    private readonly graph: Graph,
    private readonly holdings: Holdings,
  ) {}

  /**
   * @param found every event of ours that was found for the series
   * @returns null where the copy is proven not to stand
   */
  async one(found: readonly Held[], wanted: Wanted): Promise<ReadSeries | null> {
    const { ref, rule, firstWeekday } = wanted;
    const held = await this.holdings.only(found, { kind: 'series', ...ref, endsBefore: null, rep: '' });
    const master = held && (await this.master(held));
    if (!held || !master) return null;
    const tag = held.tag as Extract<Tag, { kind: 'series' }>;
    const seen = seenRule(master, rule, tag.endsBefore);
    const zone = seen.rule?.zone ?? ianaName(master.originalStartTimeZone, rule.zone) ?? rule.zone;
    const expanded = seen.rule === null ? await this.expand(master, wanted.starts) : [];
    return {
      master,
      rep: tag.rep,
      seen,
      zone,
      expanded,
      firstWeekday,
      cancelled: new Set((master.cancelledOccurrences ?? []).map((id) => id.slice(-10))),
      exceptions: new Map(exceptionsOf(master, zone)),
      standIns: new Map(standInsOf(found, ref)),
    };
  }

  /** The instance of one date, for a write: Graph gives occurrences an id only when asked. */
  async instance(master: Event, around: Minute): Promise<Event | null> {
    const near = await this.instances(master, { start: around - 1, end: around + 1 });
    return near.find((event) => originalStart(event) === around) ?? null;
  }

  /**
   * Clients change "this and following" by ending the series and going on in another one, which carries our words
   * but none of our marks. Bringing the first half back would make two meetings a week.
   */
  async refuseSplit({ seen, master }: ReadSeries): Promise<void> {
    const { endsBefore, rule } = seen;
    if (endsBefore === null) return;
    const until = endsBefore + 14 * (rule?.everyWeeks ?? 1) * DAY;
    const query = {
      ...windowOf({ start: endsBefore, end: until }),
      $select: 'id,seriesMasterId,body',
      $top: '100',
    };
    const path = address(`${this.holdings.calendarPath}/calendarView`, query);
    const after = await this.graph.list<Event>(path);
    const isOther = ({ seriesMasterId, body }: Event) =>
      seriesMasterId && seriesMasterId !== master.id && agendaIn(body?.content ?? '').kind === 'present';
    const candidates = after.filter(isOther).map(({ seriesMasterId }) => seriesMasterId);
    if (candidates.length === 0) return;
    const ours = new Set((await this.holdings.all()).map(({ event }) => event.id));
    if (candidates.every((id) => ours.has(id!))) return;
    const message = 'somebody split the series in two, and only people know which half is meant';
    throw new Split(message);
  }

  private async master(held: Held): Promise<Held['event'] | null> {
    const { id } = held.event;
    const query = { $select: ALL_FIELDS, $expand: `exceptionOccurrences,${withTag}` };
    try {
      return await this.graph.get<Held['event']>(address(`${this.holdings.mailboxPath}/events/${id}`, query));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new CalendarError('Unreachable', 'The series went away while it was read.', { cause: error });
    }
  }

  private async expand(master: Event, starts: readonly Minute[]): Promise<readonly Minute[]> {
    if (starts.length === 0 || !master.recurrence) return [];
    const window = { start: Math.min(...starts) - 7 * DAY, end: Math.max(...starts) + 7 * DAY };
    const instances = await this.instances(master, window);
    return instances.flatMap((event) => originalStart(event) ?? []);
  }

  private instances(master: Event, window: { start: Minute; end: Minute }): Promise<readonly Event[]> {
    const query = { ...windowOf(window), $select: 'id,changeKey,originalStart,start,end', $top: '100' };
    return this.graph.list<Event>(
      address(`${this.holdings.mailboxPath}/events/${master.id}/instances`, query),
    );
  }
}

/** A series that people split: readable, and still nothing that may be acted upon. */
export class Split extends Error {}

/** A window as calendarView and instances take it. */
export function windowOf({ start, end }: { start: Minute; end: Minute }) {
  return { startDateTime: minuteToIso(start), endDateTime: minuteToIso(end) };
}

function exceptionsOf(master: Event, zone: string): [string, Event][] {
  return (master.exceptionOccurrences ?? []).flatMap((event): [string, Event][] => {
    const start = originalStart(event);
    if (start === null)
      throw new CalendarError('Unreachable', 'Microsoft left out which meeting was changed.');
    return event.isCancelled === true ? [] : [[dateIn(zone, start), event]];
  });
}

function standInsOf(found: readonly Held[], ref: SeriesRef): [Minute, Event][] {
  return found.flatMap(({ event, tag }): [Minute, Event][] =>
    tag.kind === 'stand-in' && tag.copy === ref.copy && event.isCancelled !== true
      ? [[tag.start, event]]
      : [],
  );
}
