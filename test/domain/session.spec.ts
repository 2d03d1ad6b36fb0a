import * as fc from 'fast-check';
import { WEEKLY_30 } from '../../src/domain/agenda/weekly-30.ts';
import { CAREER_QUESTIONS, careerQuestion, dealQuestions } from '../../src/domain/coaching/questions.ts';
import { overrun, spentNow } from '../../src/domain/session/clockwork.ts';
import {
  asksForCommitmentAt,
  asksWhatWasSkipped,
  closeByTime,
  closesAt,
  outcomeOf,
} from '../../src/domain/session/closing.ts';
import { isRefused } from '../../src/domain/session/happened.ts';
import type { Happened, Taken } from '../../src/domain/session/happened.ts';
import { positionAt } from '../../src/domain/session/playback.ts';
import { beginSession } from '../../src/domain/session/session.ts';
import type { Session } from '../../src/domain/session/session.ts';
import { take } from '../../src/domain/session/take.ts';

const T0 = 1_800_000_000_000;
const MINUTE = 60_000;
const CLIP = { id: 'c', duration: 30_000, media: null, by: 'manager' } as const;

type Bare = Happened extends infer H ? (H extends Happened ? Omit<H, 'at' | 'by'> : never) : never;

function fresh(last: { on: '1@5'; text: string } | null = null): Session {
  return beginSession({ format: WEEKLY_30, number: 0, last, at: T0 });
}

/** The session after these, all of which have to be possible. */
function after(
  session: Session,
  ...did: readonly (Bare & { by?: 'manager' | 'rep'; at?: number })[]
): Session {
  return did.reduce((so, each) => {
    const taken = say(so, each);
    if (isRefused(taken)) throw new Error(`${each.kind}: ${taken.because}`);
    return taken;
  }, session);
}

function say(session: Session, did: Bare & { by?: 'manager' | 'rep'; at?: number }): Taken {
  return take(session, { by: 'manager', at: session.touchedAt, ...did });
}

const started = (): Session =>
  after(
    fresh(),
    { kind: 'PreparationWritten', positive: 'Calm opening.' },
    { kind: 'SessionStarted', at: T0 },
  );

describe('the clock of a session', () => {
  test('F044: the plan is 33 minutes in a slot of 30', () => {
    const seconds = fresh().blocks.reduce((sum, block) => sum + block.seconds, 0);
    expect([seconds / 60, fresh().minutes]).toEqual([33, 30]);
  });

  test('F012: the inspection waits for the positive, unless the opening is skipped for a reason', () => {
    const without = after(fresh(), { kind: 'SessionStarted' });
    expect(say(without, { kind: 'BlockEnded' })).toMatchObject({ refused: 'not now' });
    expect(say(without, { kind: 'BlockSkipped', because: 'no_time' })).toMatchObject({ current: 1 });
  });

  test('F046: nothing ends by itself; what is over plan is measured', () => {
    const late = after(started(), { kind: 'BlockEnded', at: T0 + 3 * MINUTE });
    expect(late.blocks[0]).toMatchObject({ spent: 3 * MINUTE, seconds: 60 });
    expect(overrun(late, T0 + 3 * MINUTE)).toBe(2 * MINUTE);
    expect(overrun(late, T0 + 6 * MINUTE)).toBe(3 * MINUTE);
  });

  test('a pause counts for no block', () => {
    const paused = after(started(), { kind: 'BlockPaused', at: T0 + 20_000 });
    expect(spentNow(paused, T0 + 50_000)).toBe(20_000);
    expect(spentNow(after(paused, { kind: 'BlockResumed', at: T0 + 50_000 }), T0 + 60_000)).toBe(30_000);
  });

  test('more time comes from the later block that has most of it, and the line names both', () => {
    const longer = after(started(), { kind: 'BlockExtended', seconds: 120, at: T0 + 1000 });
    expect(longer.blocks.map(({ seconds }) => seconds)).toEqual([180, 120, 600, 780, 300]);
    expect(longer.done).toMatchObject({ what: 'extended', block: 'open', from: 'coaching' });
  });

  test('an act on the clock is taken back for five seconds, as if it had never been', () => {
    const on = after(started(), { kind: 'BlockEnded', at: T0 + 10_000 });
    expect(say(on, { kind: 'ActUndone', at: T0 + 15_001 })).toMatchObject({ refused: 'not now' });
    const back = after(on, { kind: 'ActUndone', at: T0 + 15_000 });
    expect([back.current, spentNow(back, T0 + 20_000)]).toEqual([0, 20_000]);
  });

  test('F045: ending inside the slot with a step left out asks the manager once', () => {
    const short = after(started(), { kind: 'MeetingEnded', at: T0 + 29 * MINUTE });
    expect(asksWhatWasSkipped(short)).toBe(true);
    expect(asksWhatWasSkipped(after(short, { kind: 'SkippedStepNamed', step: 'open' }))).toBe(false);
    expect(asksWhatWasSkipped(after(started(), { kind: 'MeetingEnded', at: T0 + 31 * MINUTE }))).toBe(false);
  });

  test('the commitment is asked for two minutes before the end, or as soon as the last block begins', () => {
    expect(asksForCommitmentAt(started())).toBe(T0 + 28 * MINUTE);
    const next = { kind: 'BlockEnded' } as const;
    expect(asksForCommitmentAt(after(started(), next, next, next, { ...next, at: T0 + 9 * MINUTE }))).toBe(
      T0 + 9 * MINUTE,
    );
  });
});

describe('what a session decides', () => {
  test('F017: two deals, one stuck and one exciting, and never a third', () => {
    const add = (deal: 'stuck' | 'exciting') =>
      ({ kind: 'DealAdded', deal, name: 'Globex', question: '', by: 'rep' }) as const;
    const one = after(started(), add('stuck'));
    expect(say(one, add('stuck'))).toMatchObject({ refused: 'not possible' });
    expect(say(after(one, add('exciting')), add('exciting'))).toMatchObject({ refused: 'not possible' });
  });

  test('F040: the stuck deal gets its next step before the exciting one', () => {
    const add = (deal: 'stuck' | 'exciting') =>
      ({ kind: 'DealAdded', deal, name: 'Globex', question: '', by: 'rep' }) as const;
    const two = after(started(), add('stuck'), add('exciting'));
    const step = { kind: 'NextStepWritten', deal: 'exciting', text: 'Ask.' } as const;
    expect(say(two, step)).toMatchObject({ refused: 'not now' });
    expect(after(two, { kind: 'DealLookedAt', deal: 'exciting' }, step).words.pair.exciting?.nextStep).toBe(
      'Ask.',
    );
  });

  test('F011: nobody demonstrates before the rep’s answer is noted', () => {
    const asked = after(started(), { kind: 'CoachingStepReached', step: 'ask' });
    const show = { kind: 'CoachingStepReached', step: 'demonstrate' } as const;
    expect(say(asked, show)).toMatchObject({ refused: 'not now' });
    expect(after(asked, { kind: 'AnswerNoted', text: 'I rushed.', by: 'rep' }, show).step).toBe(
      'demonstrate',
    );
  });

  test('F015: a new commitment waits until last week’s was inspected, and skipping the block is no inspection', () => {
    const commit = { kind: 'CommitmentWritten', text: 'Pause.', by: 'rep' } as const;
    const owing = after(
      fresh({ on: '1@5', text: 'Ask twice.' }),
      { kind: 'PreparationWritten', positive: 'Calm.' },
      { kind: 'SessionStarted' },
      { kind: 'BlockEnded' },
      { kind: 'BlockSkipped', because: 'no_time' },
    );
    expect(say(owing, commit)).toMatchObject({ refused: 'not now' });
    expect(after(owing, { kind: 'CommitmentInspected', tried: 'no' }, commit).edit).toBe(1);
    expect(after(started(), commit).edit).toBe(1);
  });

  test('F041: the commitment is in the rep’s hands', () => {
    expect(say(started(), { kind: 'CommitmentWritten', text: 'Mine.' })).toMatchObject({
      refused: 'not yours',
    });
  });

  test('an edit voids what was confirmed, and a confirmation means one edit', () => {
    const commit = (text: string) => ({ kind: 'CommitmentWritten', text, by: 'rep' }) as const;
    const confirmed = after(started(), commit('Pause.'), { kind: 'CommitmentConfirmed', edit: 1 });
    expect(confirmed.confirmed.manager).not.toBeNull();
    const edited = after(confirmed, commit('Pause three seconds.'));
    expect(edited.confirmed).toEqual({ manager: null, rep: null });
    expect(say(edited, { kind: 'CommitmentConfirmed', edit: 1 })).toMatchObject({ refused: 'not now' });
  });

  test('F043: two hours after the end it closes and names what is missing', () => {
    const ended = after(
      started(),
      { kind: 'CommitmentWritten', text: 'Pause.', by: 'rep' },
      { kind: 'CommitmentConfirmed', edit: 1, by: 'rep' },
      { kind: 'MeetingEnded', at: T0 + 31 * MINUTE },
    );
    const due = T0 + 151 * MINUTE;
    expect(closesAt(ended, 0)).toBe(due);
    expect(closeByTime(ended, 0, due - 1)).toMatchObject({ refused: 'not now' });
    const closed = closeByTime(ended, 0, due) as Session;
    expect([outcomeOf(closed), closed.missing]).toEqual(['ack_missing', ['artifact', 'manager_ack']]);
  });

  test('F052: the fifth career question comes every fourth time, three times in twelve weeks', () => {
    const asked = Array.from({ length: 12 }, (_, week) => careerQuestion(week));
    expect(asked.filter((question) => question === CAREER_QUESTIONS[4])).toHaveLength(3);
    expect(new Set(asked).size).toBe(5);
    expect(new Set([0, 1, 2, 3].map((week) => dealQuestions(week)[1])).size).toBe(4);
  });
});

describe('the clip that both hear', () => {
  const playing = (): Session =>
    after(
      started(),
      { kind: 'ClipBrought', clip: CLIP, transcript: [] },
      { kind: 'ClipPlayed', at: T0 + 1000 },
    );

  test('starts a moment ahead, at the same position on both sides, and stops at its end', () => {
    const { playback } = playing();
    expect(playback).toMatchObject({ is: 'playing', position: 0, at: T0 + 2200 });
    const at = (now: number) => positionAt(playback!, CLIP.duration, now);
    expect([at(T0 + 1500), at(T0 + 7200), at(T0 + 99_000)]).toEqual([0, 5000, 30_000]);
  });

  test('goes back five seconds, holds and changes its speed without a jump', () => {
    const held = after(playing(), { kind: 'ClipHeld', at: T0 + 12_200 });
    expect(held.playback).toMatchObject({ is: 'paused', position: 10_000 });
    expect(after(held, { kind: 'ClipBackedUp', milliseconds: 5000 }).playback?.position).toBe(5000);
    const slow = after(playing(), { kind: 'SpeedSet', speed: 0.75, at: T0 + 12_200 }).playback!;
    expect([12_200, 16_200].map((t) => positionAt(slow, CLIP.duration, T0 + t))).toEqual([10_000, 13_000]);
  });
});

/** Anything that could happen, possible or not. */
const anything: fc.Arbitrary<Bare & { by: 'manager' | 'rep' }> = fc
  .tuple(
    fc.constantFrom<'manager' | 'rep'>('manager', 'rep'),
    fc.oneof(
      fc.constantFrom<Bare>(
        { kind: 'SessionStarted' },
        { kind: 'BlockPaused' },
        { kind: 'BlockResumed' },
        { kind: 'BlockEnded' },
        { kind: 'BlockReopened' },
        { kind: 'ActUndone' },
        { kind: 'MeetingEnded' },
        { kind: 'PersonArrived' },
        { kind: 'BlockSkipped', because: 'no_time' },
        { kind: 'PreparationWritten', positive: 'Well done.' },
        { kind: 'CommitmentInspected', tried: 'partly' },
        { kind: 'ClipBrought', clip: CLIP, transcript: [] },
        { kind: 'ClipPlayed' },
        { kind: 'ClipHeld' },
      ),
      fc.integer({ min: 30, max: 600 }).map((seconds): Bare => ({ kind: 'BlockExtended', seconds })),
      fc.constantFrom('a', 'b').map((text): Bare => ({ kind: 'CommitmentWritten', text })),
      fc.integer({ min: 1, max: 4 }).map((edit): Bare => ({ kind: 'CommitmentConfirmed', edit })),
    ),
  )
  .map(([by, did]) => ({ ...did, by }));

const histories = fc.array(fc.tuple(anything, fc.integer({ min: -2000, max: 400_000 })), { maxLength: 60 });

describe('whatever happens, in whatever order', () => {
  const run = (history: readonly (readonly [Bare & { by: 'manager' | 'rep' }, number])[]): Session[] => {
    let now = T0;
    let session = fresh({ on: '1@5', text: 'Ask twice.' });
    return history.flatMap(([did, later]) => {
      now += later;
      const taken = say(session, { ...did, at: now });
      if (isRefused(taken)) return [];
      session = taken;
      return [session];
    });
  };

  test('the plan keeps its length: what one block gains another gives', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { blocks } of run(history)) {
          expect(blocks.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(1980);
          expect(Math.min(...blocks.map(({ seconds }) => seconds))).toBeGreaterThanOrEqual(60);
        }
      }),
    );
  });

  test('time is counted once: all blocks together last no longer than the meeting', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const session of run(history)) {
          if (session.startedAt === null) continue;
          const others = session.blocks.filter((_, i) => i !== session.current);
          const spent = others.reduce(
            (sum, block) => sum + block.spent,
            spentNow(session, session.touchedAt),
          );
          expect(spent).toBeLessThanOrEqual(session.touchedAt - session.startedAt);
        }
      }),
    );
  });

  test('no commitment stands before the inspection, and none is confirmed that is not written', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { edit, tried, confirmed } of run(history)) {
          if (edit > 0) expect(tried).not.toBeNull();
          if (edit === 0) expect(confirmed).toEqual({ manager: null, rep: null });
        }
      }),
    );
  });

  test('closed is closed: nothing changes after it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const closed = run(history).findIndex(({ timer }) => timer.is === 'closed');
        if (closed >= 0) expect(run(history)).toHaveLength(closed + 1);
      }),
    );
  });
});
