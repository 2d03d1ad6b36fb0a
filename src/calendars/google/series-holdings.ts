import { DAY, minuteToIso } from '../../domain/minute.ts';
import type { Minute, Weekday } from '../../domain/minute.ts';
import type { WeeklyRule } from '../../domain/weekly.ts';
import type { SeriesRef } from '../calendar.ts';
import { Unreadable } from '../icalendar/document.ts';
import { sameWeek } from '../icalendar/rule.ts';
import type { SeenRule } from '../icalendar/rule.ts';
import type { Event, GoogleClient } from './google-client.ts';
import { eventId, seriesEventId, whose } from './identity.ts';
import type { StandIn } from './identity.ts';
import { isCancelled, minuteOf, ruleOf } from './read-event.ts';
import { isMarked, ownProperty, seriesProperty } from './write-event.ts';

/** What to look at, and the rule as it was placed. */
export interface Question {
  readonly starts: readonly Minute[];
  readonly placed: Pick<WeeklyRule, 'zone' | 'everyWeeks'>;
  readonly firstWeekday?: Weekday | undefined;
}

/** A series as it was read, by the starts that its own rule gives. */
export interface HeldSeries {
  readonly master: Event;
  readonly seen: SeenRule;
  readonly zone: string;
  /** Every edited instance, the cancelled ones included. */
  readonly exceptions: ReadonlyMap<Minute, Event>;
  /** The instances that were asked about, as Google expands them. */
  readonly instances: ReadonlyMap<Minute, Event>;
  readonly standIns: ReadonlyMap<Minute, Event>;
  /** Start of the event's own rule that stands for a start of the placed one; null where there is none. */
  readonly ownStart: (start: Minute) => Minute | null;
}

export type Found =
  { readonly kind: 'held'; readonly held: HeldSeries } | { readonly kind: 'gone'; readonly proof: string };

/** Reads a series: its event, its exceptions, the instances that matter, and what stands in for lost ones. */
export class SeriesHoldings {
  constructor(private readonly client: GoogleClient) {}

  /** @throws Unreadable where only people know what is meant */
  async find(ref: SeriesRef, { starts, placed, firstWeekday }: Question): Promise<Found> {
    const id = seriesEventId(ref);
    const { master, family } = await this.familyOf(id);
    if (!master) return { kind: 'gone', proof: 'Google knows of no such event' };
    if (isCancelled(master)) return this.goneOrMoved(master);
    refuseForeign(master);
    const seen = ruleOf(master, placed);
    const zone = seen.rule?.zone ?? placed.zone;
    const exceptions = byOriginalStart(
      family.filter(({ recurringEventId }) => recurringEventId === id),
      zone,
    );
    const instances = await this.instancesOf(master, seen, starts, zone);
    const all = [...new Set([...exceptions.keys(), ...instances.keys()])];
    const ownStart = (start: Minute) =>
      seen.rule ? sameWeek(seen.rule, start, firstWeekday) : soleNear(all, start);
    const edited = new Map([...exceptions, ...cancelledOf(instances)]);
    const relatives = await this.relativesOf(ref, seen, edited);
    refuseSplit(master, relatives, seen);
    const standIns = standInsIn(relatives);
    return { kind: 'held', held: { master, seen, zone, exceptions: edited, instances, standIns, ownStart } };
  }

  /**
   * The instance with this start as Google has it, with all its details; null where the series has none. Absence needs
   * both: the id of an instance is Google's habit more than its word, and a list may be empty by mistake.
   */
  async instance({ master, exceptions, instances }: HeldSeries, start: Minute): Promise<Event | null> {
    const known = exceptions.get(start) ?? instances.get(start);
    if (known) return this.client.get(known.id!);
    const at = minuteToIso(start);
    const usual = `${master.id}_${at.replace(/[-:]/g, '')}`;
    return (await this.client.get(usual)) ?? this.client.instanceAt(master.id!, at);
  }

  /** Events that stand in for occurrences of any copy of a series. */
  async standInsOf(series: string): Promise<{ readonly event: Event; readonly of: StandIn }[]> {
    const found = await this.client.list({ sharedExtendedProperty: [seriesProperty(series)] });
    return found.flatMap((event) => {
      const of = whose(event.id!);
      return of?.kind === 'stand-in' ? [{ event, of }] : [];
    });
  }

  /** The event that stands in for one occurrence, asked for by its ids: a list may be empty by mistake. */
  async standInFor({ series, copy }: SeriesRef, start: Minute): Promise<Event | null> {
    for (let attempt = 0; ; attempt++) {
      const event = await this.client.get(eventId({ kind: 'stand-in', series, copy, start, attempt }));
      if (!event || !isCancelled(event)) return event;
    }
  }

  /** The series' event with all its exceptions: they share one UID, which Google makes of the id. */
  private async familyOf(id: string): Promise<{ master: Event | null; family: readonly Event[] }> {
    const uid = `${id}@google.com`;
    const family = await this.withUid(uid);
    const listed = family.find((event) => event.id === id);
    if (listed) return { master: listed, family };
    const master = await this.client.get(id);
    const another = master?.iCalUID && master.iCalUID !== uid ? master.iCalUID : null;
    return { master, family: another === null ? family : await this.withUid(another) };
  }

  private withUid(iCalUID: string): Promise<readonly Event[]> {
    return this.client.list({ iCalUID, singleEvents: false, showDeleted: true });
  }

  // Lists leave out the details of what was deleted, `get` keeps them for the organiser. A bare stub is what stays
  // behind when the event was handed to another organiser: nobody cancelled anything then.
  private async goneOrMoved({ id }: Event): Promise<Found> {
    const event = await this.client.get(id!);
    if (!event) return { kind: 'gone', proof: 'Google knows of no such event any more' };
    if (!isCancelled(event)) throw new Unreadable('Google contradicts itself about this event');
    if (event.start) return { kind: 'gone', proof: 'the event was deleted' };
    throw new Unreadable('the event was handed to another organiser or calendar');
  }

  private async instancesOf(
    master: Event,
    seen: SeenRule,
    starts: readonly Minute[],
    zone: string,
  ): Promise<Map<Minute, Event>> {
    if (starts.length === 0) return new Map();
    const from = minuteToIso(Math.min(...starts) - 7 * DAY);
    const until = minuteToIso(Math.max(...starts) + 8 * DAY);
    const found = await this.client.instances(master.id!, from, until);
    if (!found) throw new Unreadable('the event was taken away while it was read');
    return byOriginalStart(found, zone);
  }

  // An instance that was never edited has nothing that stands in for it, and a series without an end no other half.
  private async relativesOf(
    ref: SeriesRef,
    seen: SeenRule,
    edited: ReadonlyMap<Minute, Event>,
  ): Promise<readonly Event[]> {
    if (seen.endsBefore === null && edited.size === 0) return [];
    return this.client.list({ privateExtendedProperty: [ownProperty(ref)] });
  }
}

/** The event that an instance id names, told by when it was to start. */
function byOriginalStart(events: readonly Event[], zone: string): Map<Minute, Event> {
  return new Map(events.map((event) => [minuteOf(event.originalStartTime!, zone), event]));
}

function cancelledOf(instances: ReadonlyMap<Minute, Event>): [Minute, Event][] {
  return [...instances].filter(([, event]) => isCancelled(event));
}

function standInsIn(relatives: readonly Event[]): Map<Minute, Event> {
  const found = new Map<Minute, Event>();
  for (const event of relatives) {
    const identity = whose(event.id!);
    if (identity?.kind !== 'stand-in' || event.id !== eventId(identity)) continue;
    if (found.has(identity.start)) throw new Unreadable('the same meeting stands in the calendar twice');
    found.set(identity.start, event);
  }
  return found;
}

// Changing "this and following" ends the series and goes on in a copy of it, tags included. A list without the series
// itself cannot show that there is no such copy.
function refuseSplit(master: Event, relatives: readonly Event[], { endsBefore }: SeenRule): void {
  if (endsBefore === null) return;
  const listed = relatives.some(({ id }) => id === master.id);
  if (!listed && isMarked(master)) throw new Unreadable('Google contradicts itself about this event');
  const half = relatives.some((event) => event.recurrence && event.id !== master.id && !isCancelled(event));
  if (half)
    throw new Unreadable('somebody split the series in two, and only people know which half is meant');
}

function refuseForeign({ organizer }: Event): void {
  if (!organizer || organizer.self) return;
  throw new Unreadable('somebody else organises this event now');
}

function soleNear(starts: readonly Minute[], start: Minute): Minute | null {
  if (starts.includes(start)) return start;
  const near = starts.filter((other) => Math.abs(other - start) < 3.5 * DAY);
  return near.length === 1 ? near[0]! : null;
}
