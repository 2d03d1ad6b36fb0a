import fc from 'fast-check';
import { positionAt } from '../../src/domain/session/playback.ts';
import { correct } from '../../zoom-app/meeting/following.ts';
import type { Playback } from '../../zoom-app/meeting/following.ts';

const DURATION = 30_000;
const playing: Playback = { is: 'playing', position: 0, at: 1_000_000, speed: 1, loop: false };
const at = (milliseconds: number): number => playing.at + milliseconds;

function does(position: number, paused: boolean, now: number, change: Partial<Playback> = {}) {
  return correct({ ...playing, ...change }, DURATION, { position, paused }, now);
}

describe('F041: one clip, heard together', () => {
  test('both wait at the same place until the moment at which they start', () => {
    expect(does(0, true, at(-1))).toEqual({ do: 'nothing' });
    expect(does(7000, false, at(-1))).toEqual({ do: 'stop', position: 0 });
    expect(does(0, true, at(0))).toEqual({ do: 'play', position: 0, rate: 1 });
  });

  test.each([
    [39, { do: 'adjust', rate: 1 }],
    [41, { do: 'adjust', rate: 0.95 }],
    [-41, { do: 'adjust', rate: 1.05 }],
    [999, { do: 'adjust', rate: 0.95 }],
    [1001, { do: 'seek', position: 5000 }],
    [-1001, { do: 'seek', position: 5000 }],
  ])('a player that is %i ms ahead: %o', (ahead, correction) => {
    expect(does(5000 + ahead, false, at(5000))).toEqual(correction);
  });

  test('a late joiner starts where the other one is', () => {
    expect(does(0, true, at(12_000))).toEqual({ do: 'play', position: 12_000, rate: 1 });
  });

  test('nothing beyond the clip is ever heard', () => {
    expect(does(30_050, false, at(30_001))).toEqual({ do: 'stop', position: DURATION });
    expect(does(DURATION, true, at(45_000))).toEqual({ do: 'nothing' });
    expect(does(0, true, at(45_000), { position: 90_000 })).toEqual({ do: 'stop', position: DURATION });
  });

  test('a repeated clip begins again, at its speed', () => {
    expect(does(0, true, at(28_000), { loop: true, speed: 1.25 })).toMatchObject({
      position: 5000,
      rate: 1.25,
    });
  });

  test('whatever was asked, an obedient player comes within 40 ms and stays in the clip', () => {
    const any = fc.record({
      is: fc.constantFrom('playing' as const, 'paused' as const),
      position: fc.integer({ min: 0, max: DURATION }),
      at: fc.constant(playing.at),
      speed: fc.constantFrom(0.75, 1, 1.25),
      loop: fc.boolean(),
    });
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 0, max: 40_000 }),
        (wish, since, from) => {
          const element = { position: from, paused: true, rate: 1 };
          let now = at(since);
          for (let turn = 0; turn < 600; turn++, now += 50) {
            const correction = correct(wish, DURATION, element, now);
            if ('position' in correction) element.position = correction.position;
            if ('rate' in correction) element.rate = correction.rate;
            if (correction.do === 'play') element.paused = false;
            if (correction.do === 'stop') element.paused = true;
            expect(element.position).toBeLessThanOrEqual(DURATION + 65);
            if (!element.paused) element.position += 50 * element.rate;
          }
          const wanted = positionAt(wish, DURATION, now);
          const apart = Math.abs(element.position - wanted);
          expect(Math.min(apart, DURATION - apart)).toBeLessThanOrEqual(65);
        },
      ),
      { numRuns: 40 },
    );
  });
});
