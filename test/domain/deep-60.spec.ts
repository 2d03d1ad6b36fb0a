import { agendaBlock } from '../../src/domain/agenda/agenda.ts';
import { DEEP_60 } from '../../src/domain/agenda/deep-60.ts';
import { FORMATS } from '../../src/domain/agenda/formats.ts';
import { WEEKLY_30 } from '../../src/domain/agenda/weekly-30.ts';
import { resilienceQuestion } from '../../src/domain/coaching/questions.ts';
import { asksForCommitmentAt } from '../../src/domain/session/closing.ts';
import { isRefused } from '../../src/domain/session/happened.ts';
import type { Happened, Taken } from '../../src/domain/session/happened.ts';
import { beginSession } from '../../src/domain/session/session.ts';
import type { Session } from '../../src/domain/session/session.ts';
import { take } from '../../src/domain/session/take.ts';

const T0 = 1_800_000_000_000;
const MINUTE = 60_000;
const NEXT = { kind: 'BlockEnded' } as const;

type Bare = Happened extends infer H ? (H extends Happened ? Omit<H, 'at' | 'by'> : never) : never;
type Did = Bare & { by?: 'manager' | 'rep'; at?: number };

const begun = (format = DEEP_60): Session =>
  beginSession({ format, number: 0, last: { on: '1@5', text: 'Count to five.' }, at: T0 });

function say(session: Session, did: Did): Taken {
  return take(session, { by: 'manager', at: session.touchedAt, ...did });
}

/** The session after these, all of which have to be possible. */
function after(session: Session, ...did: readonly Did[]): Session {
  return did.reduce((so, each) => {
    const taken = say(so, each);
    if (isRefused(taken)) throw new Error(`${each.kind}: ${taken.because}`);
    return taken;
  }, session);
}

const started = (): Session =>
  after(begun(), { kind: 'PreparationWritten', positive: 'You waited.' }, { kind: 'SessionStarted', at: T0 });

describe('the plan of a deep session', () => {
  test('F119: five parts of 5, 10, 20, 15 and 10 minutes make 3600 s, as long as its event', () => {
    const seconds = DEEP_60.blocks.map((block) => block.seconds);
    expect(seconds).toEqual([300, 600, 1200, 900, 600]);
    expect(seconds.reduce((sum, each) => sum + each, 0)).toBe(3600);
    expect(begun()).toMatchObject({ format: 'deep_60', minutes: 60 });
  });

  test('no format has two blocks of a kind, and each is found by its own name', () => {
    for (const [name, format] of Object.entries(FORMATS)) {
      expect(format.name).toBe(name);
      expect(new Set(format.blocks.map(({ kind }) => kind)).size).toBe(format.blocks.length);
    }
  });

  test('F119: the invite has its own agenda, with what both bring', () => {
    const { text, html } = agendaBlock('deep_60', null, 'https://perennial.test/1');
    const headings = ['Check-in, 5 min', 'Performance, 10 min', 'Deep skill, 20 min', 'Resilience, 15 min'];
    for (const each of [...headings, 'Action planning, 10 min', DEEP_60.prep.rep, DEEP_60.prep.manager]) {
      expect(text).toContain(each);
      expect(html).toContain(each);
    }
    expect(text).not.toContain('Career');
  });
});

describe('what a deep session decides', () => {
  test('F012: the check-in waits for the positive, or is skipped for a reason', () => {
    const without = after(begun(), { kind: 'SessionStarted' });
    expect(say(without, NEXT)).toMatchObject({ refused: 'not now' });
    expect(say(without, { kind: 'BlockSkipped', because: 'no_time' })).toMatchObject({ current: 1 });
    expect(after(started(), NEXT).current).toBe(1);
  });

  test('F015: no new commitment before the last one was inspected, in whichever block', () => {
    const last = after(started(), NEXT, NEXT, NEXT, NEXT);
    const write = { kind: 'CommitmentWritten', text: 'Wait.', by: 'rep' } as const;
    expect(say(last, write)).toMatchObject({ refused: 'not now' });
    expect(after(last, { kind: 'CommitmentInspected', tried: 'partly' }, write).edit).toBe(1);
  });

  test('the commitment is asked for in the action planning, and two minutes before the hour is over', () => {
    expect(asksForCommitmentAt(started())).toBe(T0 + 58 * MINUTE);
    const early = after(started(), NEXT, NEXT, NEXT, { ...NEXT, at: T0 + 40 * MINUTE });
    expect(asksForCommitmentAt(early)).toBe(T0 + 40 * MINUTE);
  });

  test('F119: four meetings in a row hear four questions, and the first one comes round again', () => {
    const heard = [0, 1, 2, 3].map(resilienceQuestion);
    expect(new Set(heard).size).toBe(4);
    expect(resilienceQuestion(4)).toBe(heard[0]);
  });

  test('F119: the answer about resilience is the rep’s alone, and has no place in another format', () => {
    const answer = { kind: 'ResilienceAnswered', text: 'Two refusals in a row.', by: 'rep' } as const;
    expect(after(started(), answer).words.pair.resilience).toBe('Two refusals in a row.');
    expect(say(started(), { ...answer, by: 'manager' })).toMatchObject({ refused: 'not yours' });
    expect(say(begun(WEEKLY_30), answer)).toMatchObject({ refused: 'not possible' });
  });
});
