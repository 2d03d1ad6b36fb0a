import type { Fact } from '../../zoom-app/meeting/facts.ts';
import { FIRST } from '../../zoom-app/meeting/model.ts';
import type { Model } from '../../zoom-app/meeting/model.ts';
import { update } from '../../zoom-app/meeting/update.ts';
import { aSession, SERVER_NOW } from './a-session.ts';

const [open, inspect, deals, ...others] = aSession().blocks;
const inDeals = aSession({
  timer: { is: 'running', since: SERVER_NOW },
  current: 2,
  blocks: [open!, inspect!, { ...deals!, cues: [300, 480, 600] }, ...others],
});

/** A panel in the deals block; time passes for it in steps. */
class InDeals {
  model: Model = { ...FIRST, entry: { is: 'in', key: { session: 's1', token: 't' } } };
  /** Seconds into the block at which a tone was made. */
  readonly heardAt: number[] = [];
  readonly wanted: string[] = [];

  constructor(view = inDeals) {
    this.tells({ kind: 'SessionCame', view, at: 0 });
  }

  tells(fact: Fact): this {
    const [model, effects] = update(this.model, fact);
    this.model = model;
    this.wanted.push(...effects.map((effect) => effect.do));
    if (fact.kind === 'TimePassed' && effects.some((effect) => effect.do === 'sound tone'))
      this.heardAt.push(fact.at / 1000);
    return this;
  }

  runs(from: number, until: number, step = 1): this {
    for (let at = from; at <= until; at += step) this.tells({ kind: 'TimePassed', at: at * 1000 });
    return this;
  }
}

const allowed = (on = true): Fact => ({ kind: 'TonesReady', on });

describe('F060: the cues of the deals are also heard', () => {
  test('at 8:00 and at 10:00, once each', () => {
    expect(new InDeals().tells(allowed()).runs(1, 700).heardAt).toEqual([480, 600]);
  });

  test('nothing sounds before a tap allowed it, and the first press of a button asks for that', () => {
    const panel = new InDeals().runs(1, 700);
    expect(panel.heardAt).toEqual([]);
    expect(panel.wanted).not.toContain('ready tone');
    expect(panel.tells({ kind: 'Asked', command: { do: 'pause' } }).wanted).toContain('ready tone');
  });

  test('one press turns it off, and that is remembered', () => {
    const panel = new InDeals().tells(allowed()).tells({ kind: 'TonesTurned', on: false });
    expect(panel.runs(1, 700).heardAt).toEqual([]);
    expect(panel.wanted).toContain('keep tones');
    expect(new InDeals().tells(allowed(false)).runs(1, 700).heardAt).toEqual([]);
  });

  test('a cue that passed while the computer slept is silent', () => {
    expect(new InDeals().tells(allowed()).runs(470, 530, 60).heardAt).toEqual([]);
  });

  test('while the clock stands still nothing sounds', () => {
    const paused = { ...inDeals, timer: { is: 'paused', since: SERVER_NOW } as const };
    expect(new InDeals(paused).tells(allowed()).runs(1, 700).heardAt).toEqual([]);
  });
});
