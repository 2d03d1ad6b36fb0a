import { IANAZone } from 'luxon';
import { DAY } from '../../src/domain/minute.ts';
import {
  clockReaches,
  fillFromWall,
  fromWall,
  isZone,
  offsetAt,
  runAt,
  toWall,
} from '../../src/domain/zone.ts';

/** Liberia kept 44 minutes and 30 seconds until 1972: the one zone that whole minutes cannot say. */
const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'Africa/Monrovia');

interface Change {
  readonly zone: string;
  /** The first minute of the new offset. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const CHANGES = ZONES.flatMap(changesOf);

function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  let earlier = new Temporal.PlainDateTime(1970, 1, 1).toZonedDateTime(zone);
  for (;;) {
    const next = earlier.getTimeZoneTransition('next');
    if (!next || next.year > 2100) return changes;
    const [before, after] = [earlier.offsetNanoseconds / 60e9, next.offsetNanoseconds / 60e9];
    if (before !== after) changes.push({ zone, at: next.epochMilliseconds / 60_000, before, after });
    earlier = next;
  }
}

function plain(wall: number): Temporal.PlainDateTime {
  return new Temporal.PlainDateTime(1970, 1, 1).add({ minutes: wall });
}

function compatible(zone: string, wall: number): number {
  return plain(wall).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds / 60_000;
}

/** Wall times on both sides of a change, at the rims and in the middle of its gap or overlap. */
function wallsAround({ at, before, after }: Change): number[] {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  return [low - DAY, low - 1, low, low + 1, (low + high) >> 1, high - 1, high, high + 1, high + DAY];
}

describe('every zone and each of its clock changes from 1970 to 2100', () => {
  test('are many enough to mean something', () => {
    expect(ZONES.length).toBeGreaterThan(400);
    expect(CHANGES.length).toBeGreaterThan(10_000);
  });

  test('have the offset that Temporal knows, up to the change and from it on', () => {
    const wrong = CHANGES.filter(
      ({ zone, at, before, after }) => offsetAt(zone, at - 1) !== before || offsetAt(zone, at) !== after,
    );
    expect(wrong).toEqual([]);
  });

  test('know when the next change comes', () => {
    const wrong = CHANGES.filter(({ zone, at, before }) => {
      const run = runAt(zone, at - 1);
      return run.offset !== before || run.until !== at;
    });
    expect(wrong).toEqual([]);
  });

  test('move a wall time that does not exist forward by the gap and take the first of one that exists twice', () => {
    const wrong = CHANGES.flatMap((change) =>
      wallsAround(change)
        .filter((wall) => fromWall(change.zone, wall) !== compatible(change.zone, wall))
        .map((wall) => `${change.zone} ${plain(wall)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('reach a wall time that does not exist when the gap ends, and never reach a later one earlier', () => {
    const wrong = CHANGES.filter((change) => {
      const reached = wallsAround(change).map((wall) => clockReaches(change.zone, wall));
      const inGap =
        change.after > change.before ? clockReaches(change.zone, change.at + change.before) : change.at;
      return inGap !== change.at || reached.some((minute, i) => i > 0 && minute < reached[i - 1]!);
    });
    expect(wrong).toEqual([]);
  });

  test('begin a day where Temporal begins it, also when midnight does not exist', () => {
    const wrong = CHANGES.filter(({ zone, at, after }) => {
      const day = Math.floor((at + after) / DAY) * DAY;
      const begins = plain(day).toPlainDate().toZonedDateTime(zone).epochMilliseconds / 60_000;
      return clockReaches(zone, day) !== begins;
    });
    expect(wrong).toEqual([]);
  });

  test('fill many wall times at once as one by one', () => {
    const into = new Int32Array(8);
    const wrong = CHANGES.filter((change) =>
      wallsAround(change).some((wall) => {
        const first = wall - 3 * 7 * DAY;
        fillFromWall(change.zone, first, 7 * DAY, into, 0, into.length);
        return into.some((instant, i) => instant !== fromWall(change.zone, first + i * 7 * DAY));
      }),
    );
    expect(wrong).toEqual([]);
  });
});

test('a second reader of the zone database sees the same offsets', () => {
  const wrong = ZONES.flatMap((zone) => {
    const reader = IANAZone.create(zone);
    return Array.from({ length: 40 }, (_, i) => 10_519_200 + i * 1_000_003)
      .filter((minute) => reader.offset(minute * 60_000) !== offsetAt(zone, minute))
      .map((minute) => `${zone} at ${minute}`);
  });
  expect(wrong).toEqual([]);
});

test('a look-up does not depend on the one before it', () => {
  const at = 29_732_040;
  const fresh = toWall('Europe/Berlin', at);
  for (const far of [0, 60_000_000, -1_000_000, 29_000_000]) {
    toWall('Europe/Berlin', far);
    toWall('Asia/Kolkata', far);
    expect(toWall('Europe/Berlin', at)).toBe(fresh);
  }
});

test('Liberia is right to the minute from the day it took up whole minutes', () => {
  const taken = Temporal.Instant.from('1972-01-07T00:45:00Z').epochMilliseconds / 60_000;
  expect(offsetAt('Africa/Monrovia', taken - 1)).toBe(-44);
  expect(offsetAt('Africa/Monrovia', taken)).toBe(0);
});

test('a fill keeps to its part of the array', () => {
  const into = Int32Array.of(1, 2, 3, 4);
  fillFromWall('UTC', 10_000, 7 * DAY, into, 1, 3);
  expect([...into]).toEqual([1, 10_000, 20_080, 4]);
});

test.each(['Europe/Berlin', 'Asia/Calcutta', 'US/Pacific', 'UTC', 'Etc/GMT+5'])('%s is a zone', (zone) => {
  expect(isZone(zone)).toBe(true);
});

test.each(['', '+02:00', 'europe/berlin', 'Europe/Atlantis', 'CEST'])('"%s" is no zone', (zone) => {
  expect(isZone(zone)).toBe(false);
});
