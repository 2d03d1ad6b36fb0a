import { Calendar } from '../../src/calendars/calendar.ts';
import type {
  Changes,
  OccurrenceEvent,
  ReadRequest,
  SeriesEvent,
  SeriesRef,
} from '../../src/calendars/calendar.ts';
import type { Minute } from '../../src/domain/minute.ts';
import type { Slot } from '../../src/domain/slot.ts';

export type Method = Exclude<keyof Calendar, 'constructor'>;

/** What happens on the way to a calendar and back: it may throw before the call, or after it took effect. */
export type OnTheWay = <T>(method: Method, call: () => Promise<T>) => Promise<T>;

/** A calendar behind a line that fails as it is told to. */
export class FaultyCalendar extends Calendar {
  constructor(
    private readonly inner: Calendar,
    public onTheWay: OnTheWay,
  ) {
    super();
  }

  override read(request: ReadRequest) {
    return this.onTheWay('read', () => this.inner.read(request));
  }

  override placeSeries(ref: SeriesRef, event: SeriesEvent, version: string | null) {
    return this.onTheWay('placeSeries', () => this.inner.placeSeries(ref, event, version));
  }

  override withdrawSeries(ref: SeriesRef) {
    return this.onTheWay('withdrawSeries', () => this.inner.withdrawSeries(ref));
  }

  override placeOccurrence(ref: SeriesRef, start: Minute, event: OccurrenceEvent, version: string) {
    return this.onTheWay('placeOccurrence', () => this.inner.placeOccurrence(ref, start, event, version));
  }

  override withdrawOccurrence(ref: SeriesRef, start: Minute, version: string) {
    return this.onTheWay('withdrawOccurrence', () => this.inner.withdrawOccurrence(ref, start, version));
  }

  override placeSeparate(tag: string, event: OccurrenceEvent, version: string | null) {
    return this.onTheWay('placeSeparate', () => this.inner.placeSeparate(tag, event, version));
  }

  override withdrawSeparate(tag: string) {
    return this.onTheWay('withdrawSeparate', () => this.inner.withdrawSeparate(tag));
  }

  override busy(window: Slot, except: Parameters<Calendar['busy']>[1]) {
    return this.onTheWay('busy', () => this.inner.busy(window, except));
  }

  override changes(cursor: string | null): Promise<Changes> {
    return this.onTheWay('changes', () => this.inner.changes(cursor));
  }

  override standing(refs: readonly SeriesRef[]) {
    return this.onTheWay('standing', () => this.inner.standing(refs));
  }
}
