import type { Event } from '@microsoft/microsoft-graph-types';
import { startOf } from '../../domain/weekly.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import type { Minute } from '../../domain/minute.ts';
import type { SeriesEvent, SeriesRef, Written } from '../calendar.ts';
import { CalendarError } from '../calendar-error.ts';
import { saysRule, sameWeek } from '../icalendar/rule.ts';
import { guestChange } from './answers.ts';
import { newBody } from './body.ts';
import type { Holdings } from './holdings.ts';
import type { LoadSeries } from './load-series.ts';
import { agendaChange } from './place-occurrence.ts';
import { rangeOf, seenRule, timesOf } from './rule.ts';
import { dateOf, versionOf } from './series.ts';
import type { ReadSeries } from './series.ts';
import { marks } from './tags.ts';
import { slotOf, slotTimes } from './times.ts';

/** Makes a series stand as one native recurring event. */
export class PlaceSeries {
  constructor(
    private readonly holdings: Holdings,
    private readonly loaded: LoadSeries,
    private readonly ref: SeriesRef,
  ) {}

  async create(event: SeriesEvent): Promise<Written> {
    const { attendee } = event.invitation;
    const tag = this.tag(event, attendee.email);
    const { event: made } = await this.holdings.create(tag, null, {
      ...timesOf(event),
      subject: event.title,
      body: { contentType: 'html', content: newBody(event.block.html) },
      location: { displayName: event.url },
      attendees: [{ emailAddress: { name: attendee.name, address: attendee.email }, type: 'required' }],
      responseRequested: true,
    });
    const seen = seenRule(made, event.rule, event.endsBefore);
    const none = { cancelled: new Set<string>(), exceptions: new Map(), standIns: new Map(), expanded: [] };
    const around = { rep: tag.rep, seen, zone: event.rule.zone, firstWeekday: undefined };
    return { version: versionOf({ master: made, ...around, ...none }) };
  }

  /**
   * Repairs rule, end, length and agenda, each only where it differs: Exchange forgets every exception once the
   * pattern or the time of day is written, and then they have to be made again.
   * @returns `changed before` where something had to go first, and the repair itself is still to come
   */
  async repair(
    series: ReadSeries,
    event: SeriesEvent,
    version: string | null,
  ): Promise<Written | 'changed' | 'changed before'> {
    const changes = this.changesTo(series, event);
    if (Object.keys(changes).length === 0) return { version: versionOf(series) };
    if (version !== null && version !== versionOf(series)) {
      throw new CalendarError('Conflict', 'Somebody changed the event in the calendar meanwhile.');
    }
    const { endsBefore } = event;
    if (endsBefore !== null && (await this.clearAfter(series, event.rule, endsBefore)))
      return 'changed before';
    const master = await this.holdings.change<ReadSeries['master']>(series.master, changes);
    if (changes.start) await this.makeExceptionsAgain(series, { ...series, master }, event);
    return 'changed';
  }

  private changesTo({ master, seen, rep }: ReadSeries, event: SeriesEvent): Event {
    const endless = { ...event, endsBefore: seen.endsBefore };
    const samePattern = seen.minutes === event.minutes && saysRule(seen, endless);
    const ends = seen.endsBefore !== event.endsBefore || !samePattern;
    const range = seen.rule ? rangeOf(seen.rule, event.endsBefore) : null;
    return {
      ...(samePattern ? {} : timesOf(event)),
      ...(samePattern && ends && range
        ? { recurrence: { pattern: master.recurrence?.pattern ?? null, range } }
        : {}),
      ...(ends ? { singleValueExtendedProperties: marks(this.tag(event, rep)) } : {}),
      ...agendaChange(master, event),
      ...guestChange(master, rep, event),
    };
  }

  /**
   * What an end leaves behind: events that stand in for later meetings, and the first meeting, which Outlook cannot
   * cut off. They go first, so that a crash in between leaves a series that still has to be ended.
   * @returns whether the series itself changed by it
   */
  private async clearAfter(series: ReadSeries, rule: WeeklyRule, endsBefore: Minute): Promise<boolean> {
    for (const [start, event] of series.standIns) if (start >= endsBefore) await this.holdings.remove(event);
    const first = startOf(rule, 0);
    if (endsBefore > first || series.cancelled.has(dateOf(series, first))) return false;
    const instance = await this.instanceIn(series, first);
    if (instance) await this.holdings.remove(instance);
    return instance !== null;
  }

  private async makeExceptionsAgain(
    before: ReadSeries,
    after: ReadSeries,
    event: SeriesEvent,
  ): Promise<void> {
    const seen = seenRule(after.master, event.rule, event.endsBefore);
    const { rule } = seen;
    if (!before.seen.rule || !rule) return;
    const fresh = { ...after, seen };
    for (const start of this.startsOf(before, before.cancelled)) {
      const instance = await this.instanceIn(fresh, sameWeek(rule, start));
      if (instance) await this.holdings.remove(instance);
    }
    for (const [date, exception] of before.exceptions) {
      const [start] = this.startsOf(before, [date]);
      const instance = start === undefined ? null : await this.instanceIn(fresh, sameWeek(rule, start));
      if (!instance) continue;
      const slot = slotOf(exception);
      const body = exception.body ?? null;
      await this.holdings.change(instance, { ...slotTimes(slot, before.zone), ...(body ? { body } : {}) });
    }
  }

  /** The starts that the rule gave these dates. */
  private startsOf(series: ReadSeries, dates: Iterable<string>): number[] {
    return [...dates].flatMap((date) => {
      const near = Temporal.PlainDate.from(date).toZonedDateTime({
        timeZone: series.zone,
        plainTime: '12:00',
      });
      const start = sameWeek(series.seen.rule!, near.epochMilliseconds / 60_000);
      return start !== null && dateOf(series, start) === date ? [start] : [];
    });
  }

  private async instanceIn({ master }: ReadSeries, start: number | null): Promise<Event | null> {
    return start === null ? null : this.loaded.instance(master, start);
  }

  private tag({ endsBefore }: SeriesEvent, rep: string) {
    return { kind: 'series' as const, ...this.ref, endsBefore, rep };
  }
}
