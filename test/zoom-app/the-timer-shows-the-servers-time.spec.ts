import fc from 'fast-check';
import {
  countdown,
  countdownText,
  cueAt,
  markPassed,
  untilNextText,
} from '../../zoom-app/meeting/countdown.ts';
import { offsetOf, UNKNOWN_CLOCK, withProbe } from '../../zoom-app/meeting/server-clock.ts';
import { aSession, SERVER_NOW } from './a-session.ts';

const running = (seconds: number) =>
  aSession({
    timer: { is: 'running', since: SERVER_NOW },
    blocks: [{ ...aSession().blocks[0]!, seconds }],
  });

describe('F045, F046: the timer nudges and never cuts', () => {
  test.each([
    [600, 0, '10:00', 'calm'],
    [600, 479_999, '2:01', 'calm'],
    [600, 480_000, '2:00', 'near'],
    [60, 47_000, '0:13', 'calm'],
    [60, 48_000, '0:12', 'near'],
    [60, 60_000, '0 s over', 'over'],
    [60, 140_000, '1 min 20 s over', 'over'],
  ])('a block of %i s shows after %i ms: %s (%s)', (seconds, after, text, tone) => {
    const count = countdown(running(seconds), SERVER_NOW + after);
    expect([countdownText(count), count.tone]).toEqual([text, tone]);
  });

  test('a paused block stands still, however late it is', () => {
    const paused = aSession({ timer: { is: 'paused', since: SERVER_NOW } });
    expect(countdown(paused, SERVER_NOW + 3_600_000)).toEqual(countdown(paused, SERVER_NOW));
  });

  test('the next text is due exactly when the text changes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 900_000 }), (left) => {
        const text = (at: number): string => countdownText({ left: at, tone: 'calm' });
        const wait = untilNextText({ left });
        expect(text(left - wait + 1)).toBe(text(left));
        expect(text(left - wait - 1)).not.toBe(text(left));
      }),
    );
  });
});

test.each([
  [299, null],
  [300, 300],
  [331, null],
  [485, 480],
  [601, 600],
])('F040, F060: %i s into the deals the cue is %s', (seconds, cue) => {
  const deals = { ...aSession().blocks[2]!, cues: [300, 480, 600] };
  const view = aSession({ timer: { is: 'running', since: SERVER_NOW }, blocks: [deals] });
  expect(cueAt(view, countdown(view, SERVER_NOW + seconds * 1000))).toBe(cue);
});

describe('only minute marks are spoken', () => {
  test.each([
    [300_200, 299_900, 5],
    [240_200, 239_900, null],
    [60_001, 60_000, 1],
    [60_000, 59_000, null],
    [100, -100, 0],
    [-59_900, -60_100, -1],
    [299_900, 299_000, null],
  ])('from %i ms left to %i ms left: %s', (before, after, mark) => {
    expect(markPassed(before, after)).toBe(mark);
  });
});

describe('the offset of the clock', () => {
  test('comes from the answer that was fastest there and back', () => {
    const slow = withProbe(UNKNOWN_CLOCK, { sent: 0, received: 900, server: 5_000 });
    const both = withProbe(slow, { sent: 1000, received: 1020, server: 8_010 });
    expect(offsetOf(both)).toBe(7_000);
  });

  test('is wrong by at most half of what the answer took, whatever our clock says', () => {
    const milliseconds = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(milliseconds, milliseconds, fc.integer(), (there, back, truth) => {
        const probe = { sent: 0, received: there + back, server: truth + there };
        const error = Math.abs(offsetOf(withProbe(UNKNOWN_CLOCK, probe))! - truth);
        expect(error).toBeLessThanOrEqual((there + back) / 2);
      }),
    );
  });

  test('forgets what it knew before the computer slept', () => {
    const before = withProbe(UNKNOWN_CLOCK, { sent: 0, received: 2, server: 1 });
    const after = withProbe(before, { sent: 400_000, received: 400_100, server: 1_000_050 });
    expect(offsetOf(after)).toBe(600_000);
  });
});
