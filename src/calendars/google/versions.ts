import type { Minute } from '../../domain/minute.ts';
import type { Event } from './google-client.ts';
import type { HeldSeries } from './series-holdings.ts';

/**
 * The etags of a series and of everything in it that has one of its own: an edited instance changes its own etag and
 * not the series'. An instance that is missing here was plain.
 */
interface Etags {
  readonly series: string;
  readonly own: Readonly<Record<string, string>>;
}

export function versionOf(held: Pick<HeldSeries, 'master' | 'exceptions' | 'standIns'>): string {
  const { master, exceptions, standIns } = held;
  return written({ series: master.etag!, own: { ...etags('', exceptions), ...etags('for ', standIns) } });
}

/** The same with the answer of a write in it. */
export function withWritten(held: HeldSeries, { start, standsIn }: Place, event: Event): HeldSeries {
  const name = standsIn ? 'standIns' : 'exceptions';
  return { ...held, [name]: new Map([...held[name], [start, event]]) };
}

/** Whether nobody edited this one meeting between two readings. */
export function sameMeeting(one: string, other: string, start: Minute): boolean {
  const [before, now] = [one, other].map((version) => (JSON.parse(version || NOTHING) as Etags).own);
  return [start, `for ${start}`].every((name) => before![name] === now![name]);
}

export function sameSeries(one: string, other: string): boolean {
  const [before, now] = [one, other].map((version) => JSON.parse(version || NOTHING) as Etags);
  return before!.series === now!.series;
}

/** Where a meeting stands: in the series, or in an event that stands in for it. */
export interface Place {
  readonly start: Minute;
  readonly standsIn: boolean;
}

const NOTHING = '{"series":"","own":{}}';

function etags(before: string, events: ReadonlyMap<Minute, Event>): Record<string, string> {
  return Object.fromEntries([...events].map(([start, { etag }]) => [before + start, etag!]));
}

function written({ series, own }: Etags): string {
  const sorted = Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ series, own: Object.fromEntries(sorted) });
}
