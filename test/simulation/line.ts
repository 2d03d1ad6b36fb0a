import { CalendarError } from '../../src/calendars/calendar-error.ts';
import type { Calendar } from '../../src/calendars/calendar.ts';
import type { Seen } from '../../src/domain/observation.ts';
import { FaultyCalendar } from '../support/faulty-calendar.ts';
import type { Method } from '../support/faulty-calendar.ts';
import type { Scheduler } from './scheduler.ts';

/** What is wrong on the way to the calendars right now. */
export interface Weather {
  faults: boolean;
  unreachable: boolean;
  /** The server answers 200 and shows nothing. */
  empty: boolean;
  /** Told after a write took effect whose answer was lost. */
  lostAnswer: (method: Method) => void;
}

const BEFORE = 0.03;
const AFTER = 0.04;
const RATE = 0.02;
const LOST_CURSOR = 0.1;

/** A calendar at the other end of a line: each call parks on its way there and on its way back. */
export function overTheLine(calendar: Calendar, weather: Weather, scheduler: Scheduler): Calendar {
  return new FaultyCalendar(calendar, async (method, call) => {
    await scheduler.park(`asks to ${method}`);
    if (weather.unreachable) throw new CalendarError('Unreachable', 'No answer.');
    const luck = weather.faults ? scheduler.upTo(1000) / 1000 : 1;
    if (luck < BEFORE) throw new CalendarError('Unreachable', 'The request was lost.');
    if (luck < BEFORE + RATE)
      throw new CalendarError('RateLimited', 'Too many requests.', { retryAfter: 600 });
    const empty = weather.empty ? emptied(method) : undefined;
    const answer = empty === undefined ? await call() : (empty as Awaited<ReturnType<typeof call>>);
    await scheduler.park(`hears of ${method}`);
    if (luck < BEFORE + RATE + AFTER && luck < 1) {
      weather.lostAnswer(method);
      throw new CalendarError('Unreachable', 'The answer was lost.');
    }
    if (method === 'changes' && weather.faults && scheduler.chance(LOST_CURSOR))
      return { kind: 'everything', cursor: (answer as { cursor: string }).cursor } as typeof answer;
    return answer;
  });
}

function emptied(method: Method): unknown {
  const gone = { kind: 'gone' as const, proof: 'an empty answer' };
  const nothing: Seen = {
    kind: 'complete',
    series: gone,
    occurrences: new Proxy(new Map(), {
      get: (map, name) => (name === 'get' ? () => gone : Reflect.get(map, name)),
    }),
    separate: new Map(),
  };
  if (method === 'read') return nothing;
  if (method === 'standing') return [];
  return undefined;
}
