import type { Event } from '@microsoft/microsoft-graph-types';
import { meaningOf } from '../../domain/agenda/splice.ts';
import type { Minute } from '../../domain/minute.ts';
import { sameSlot } from '../../domain/slot.ts';
import { CalendarError } from '../calendar-error.ts';
import type { OccurrenceEvent, SeriesRef } from '../calendar.ts';
import { guestChange, guestsOf, isInvited } from './answers.ts';
import { withAgenda } from './body.ts';
import type { Holdings } from './holdings.ts';
import type { LoadSeries } from './load-series.ts';
import { isRefusal } from './refusal.ts';
import { agendaOf, standingAt } from './series.ts';
import type { ReadSeries, Standing } from './series.ts';
import { slotOf, slotTimes } from './times.ts';

/** What a write left: the same series, with this one occurrence changed. */
export type After = Pick<ReadSeries, 'cancelled' | 'exceptions' | 'standIns'>;

/** Makes one occurrence stand, in the series as long as Outlook lets it, else in an event of its own. */
export class PlaceOccurrence {
  constructor(
    private readonly holdings: Holdings,
    private readonly loaded: LoadSeries,
    private readonly ref: SeriesRef,
  ) {}

  /** @throws CalendarError Conflict where the series has no meeting there any more */
  standing(series: ReadSeries, start: Minute): Standing {
    const standing = standingAt(series, start);
    if (standing) return standing;
    throw new CalendarError('Conflict', 'The series in the calendar has no meeting in that week any more.');
  }

  isRight(series: ReadSeries, { instance, standIn }: Standing, wanted: OccurrenceEvent): boolean {
    if ((instance === null) === (standIn === null)) return false;
    const event = standIn ?? (instance?.kind === 'exception' ? instance.event : series.master);
    const slot = standIn ? slotOf(standIn) : instance!.slot;
    const asked = wanted.putsRepBack && isInvited(event, series.rep) === false;
    return !asked && sameSlot(slot, wanted.slot) && hasAgenda(event, wanted);
  }

  async place(
    series: ReadSeries,
    start: Minute,
    standing: Standing,
    wanted: OccurrenceEvent,
  ): Promise<After> {
    if (standing.instance) {
      const moved = await this.moveInSeries(series, standing, wanted);
      if (moved) return this.withoutStandIn(series, start, standing, moved);
    }
    const event = await this.standIn(series, start, standing, wanted);
    // Only now: were the instance taken away first, a crash in between would look like somebody's deletion.
    const after = standing.instance ? await this.removeInstance(series, standing) : series;
    return {
      ...after,
      standIns: new Map([...withoutValue(series.standIns, standing.standIn), [start, event]]),
    };
  }

  /** Takes an occurrence away wherever it stands. */
  async withdraw(series: ReadSeries, standing: Standing): Promise<After> {
    const after = standing.instance ? await this.removeInstance(series, standing) : series;
    if (!standing.standIn) return after;
    await this.holdings.remove(standing.standIn);
    return { ...after, standIns: withoutValue(series.standIns, standing.standIn) };
  }

  /** Null where Outlook refuses the day because of a neighbour. */
  private async moveInSeries(
    series: ReadSeries,
    standing: Standing,
    wanted: OccurrenceEvent,
  ): Promise<After | null> {
    const instance = await this.instanceOf(series, standing);
    const changes = this.changes(series, instance, standing.instance!.slot, wanted);
    try {
      const event =
        Object.keys(changes).length === 0 ? instance : await this.holdings.change(instance, changes);
      return { ...series, exceptions: new Map([...series.exceptions, [standing.date, event]]) };
    } catch (error) {
      if (isRefusal(error, ({ code }) => code === 'ErrorOccurrenceCrossingBoundary')) return null;
      throw error;
    }
  }

  private async standIn(
    series: ReadSeries,
    start: Minute,
    { standIn }: Standing,
    wanted: OccurrenceEvent,
  ): Promise<Event> {
    if (standIn) {
      const changes = this.changes(series, standIn, slotOf(standIn), wanted);
      return Object.keys(changes).length === 0 ? standIn : this.holdings.change(standIn, changes);
    }
    const { master, rep, zone } = series;
    const tag = { kind: 'stand-in' as const, ...this.ref, start, rep };
    const held = await this.holdings.create(tag, wanted.slot, {
      subject: master.subject ?? wanted.title,
      body: { contentType: 'html', content: withAgenda(master.body?.content ?? '', wanted.block.html) },
      location: { displayName: master.location?.displayName ?? '' },
      attendees: guestsOf(master).map(({ emailAddress, type }) => ({
        emailAddress: emailAddress!,
        type: type!,
      })),
      ...slotTimes(wanted.slot, zone),
    });
    return held.event;
  }

  private async withoutStandIn(
    series: ReadSeries,
    _start: Minute,
    { standIn }: Standing,
    after: After,
  ): Promise<After> {
    if (!standIn) return after;
    await this.holdings.remove(standIn);
    return { ...after, standIns: withoutValue(series.standIns, standIn) };
  }

  private async removeInstance(series: ReadSeries, standing: Standing): Promise<After> {
    await this.holdings.remove(await this.instanceOf(series, standing));
    const exceptions = new Map(series.exceptions);
    exceptions.delete(standing.date);
    return { ...series, exceptions, cancelled: new Set([...series.cancelled, standing.date]) };
  }

  // A plain occurrence has the words of its series; its id and change key are its own.
  private async instanceOf({ master }: ReadSeries, { instance, own }: Standing): Promise<Event> {
    if (instance?.kind === 'exception') return instance.event;
    const found = await this.loaded.instance(master, own);
    if (found) return { ...found, body: master.body ?? null };
    throw new CalendarError('Conflict', 'The meeting went away while it was looked at.');
  }

  private changes(
    { zone, rep }: ReadSeries,
    event: Event,
    slot: OccurrenceEvent['slot'],
    wanted: OccurrenceEvent,
  ): Event {
    return {
      ...(sameSlot(slot, wanted.slot) ? {} : slotTimes(wanted.slot, zone)),
      ...agendaChange(event, wanted),
      ...guestChange(event, rep, wanted),
    };
  }
}

/** What to change in a body so that the wanted agenda stands in it; nothing where its meaning is there already. */
export function agendaChange(event: Event, { block }: Pick<OccurrenceEvent, 'block'>): Event {
  if (hasAgenda(event, { block })) return {};
  return { body: { contentType: 'html', content: withAgenda(event.body?.content ?? '', block.html) } };
}

function hasAgenda(event: Event, { block }: Pick<OccurrenceEvent, 'block'>): boolean {
  const agenda = agendaOf(event);
  return agenda.kind === 'present' && agenda.meaning === meaningOf(block.text);
}

function withoutValue(map: ReadonlyMap<Minute, Event>, event: Event | null): Map<Minute, Event> {
  return new Map([...map].filter(([, other]) => other !== event));
}
