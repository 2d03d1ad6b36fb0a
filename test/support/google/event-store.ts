import type { calendar_v3 } from '@googleapis/calendar';
import { isStart, minutesLong } from './expand.ts';
import { minuteOf, stampOf, written } from './times.ts';
import type { EventTime } from './times.ts';

export type Event = calendar_v3.Schema$Event;

/** One stored event; of an exception only what differs from its series, and where it belongs. */
export interface Stored {
  readonly id: string;
  fields: Event;
  readonly of: { readonly series: string; readonly originalStart: EventTime } | null;
  seq: number;
}

/** One calendar with everything in it, the deleted included. */
export class EventStore {
  readonly stored = new Map<string, Stored>();
  seq = 0;
  /** Stands before the start in an instance's id. */
  instanceMark = '';
  /** What Google makes an event's UID of, after its id. */
  uidSuffix = '@google.com';
  /** Sync tokens issued before this are not known any more. */
  oldestToken = 0;

  constructor(
    readonly id: string,
    readonly owner: string,
    readonly zone: string,
    private readonly now: () => number,
  ) {}

  /** The event or instance with this id as `get` shows it, whether it was ever edited or not. */
  find(id: string): Event | null {
    const known = this.stored.get(id);
    if (known) return this.shown(known);
    const [series = '', marked = ''] = id.split('_');
    const stamp = marked.startsWith(this.instanceMark) ? marked.slice(this.instanceMark.length) : '';
    const master = this.stored.get(series);
    if (!master?.fields.recurrence) return null;
    const start = startOfStamp(stamp, this.zone);
    return start !== null && isStart(master.fields, this.zone, start) ? this.plain(master, start) : null;
  }

  /** An instance that nobody has edited. */
  plain(master: Stored, start: number): Event {
    const { recurrence: _, ...rest } = this.shown(master);
    const long = minutesLong(master.fields, this.zone);
    const original = this.timeLike(master.fields.start!, start);
    return {
      ...rest,
      id: this.instanceId(master, start, original),
      recurringEventId: master.id,
      originalStartTime: original,
      start: original,
      end: this.timeLike(master.fields.end!, start + long),
    };
  }

  /** Stores a new event, or changes one. */
  save(id: string, fields: Event, of: Stored['of'] = null): Stored {
    const known = this.stored.get(id);
    const saved: Stored = { id, fields, of: known?.of ?? of, seq: ++this.seq };
    this.stored.set(id, saved);
    return saved;
  }

  shown(stored: Stored): Event {
    const { id, of, seq } = stored;
    const master = of && this.stored.get(of.series);
    const base: Event = master ? withoutRule(this.plain(master, minuteOf(of.originalStart, this.zone))) : {};
    const fields = { ...base, ...stored.fields };
    if (master && master.fields.status === 'cancelled') fields.status = 'cancelled';
    return {
      kind: 'calendar#event',
      ...fields,
      ...(fields.start ? { start: written(fields.start, this.zone) } : {}),
      ...(fields.end ? { end: written(fields.end, this.zone) } : {}),
      id,
      etag: `"${seq}"`,
      iCalUID: fields.iCalUID ?? `${of?.series ?? id}${this.uidSuffix}`,
      updated: new Date(this.now() * 60_000 + seq).toISOString(),
    };
  }

  instanceId({ id }: Pick<Stored, 'id'>, start: number, { date }: EventTime): string {
    return `${id}_${this.instanceMark}${stampOf(start, date ?? null)}`;
  }

  /** Every exception of a series, the cancelled ones included. */
  exceptionsOf(series: string): Stored[] {
    return [...this.stored.values()].filter(({ of }) => of?.series === series);
  }

  timeLike(model: EventTime, minute: number): EventTime {
    if (!model.date) {
      const dateTime = new Date(minute * 60_000).toISOString();
      return written({ dateTime, timeZone: model.timeZone ?? this.zone }, this.zone);
    }
    const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(this.zone);
    return { date: at.toPlainDate().toString() };
  }
}

/** What is certain of a cancelled instance; everything else of it may be missing in lists. */
export function bare(event: Event): Event {
  const { kind, etag, id, status, recurringEventId, originalStartTime } = event;
  return recurringEventId
    ? ({ kind, etag, id, status, recurringEventId, originalStartTime } as Event)
    : ({ kind, etag, id, status } as Event);
}

function withoutRule({ recurrence: _, ...rest }: Event): Event {
  return rest;
}

function startOfStamp(stamp: string, zone: string): number | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)00Z)?$/.exec(stamp);
  if (!found) return null;
  const [, y, m, d, h, min] = found;
  if (h === undefined) return minuteOf({ date: `${y}-${m}-${d}` }, zone);
  return Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(min)) / 60_000;
}
