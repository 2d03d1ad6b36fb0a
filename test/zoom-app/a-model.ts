import type { Fact } from '../../zoom-app/program/facts.ts';
import type { Effect } from '../../zoom-app/program/effects.ts';
import { FIRST } from '../../zoom-app/program/model.ts';
import type { Model } from '../../zoom-app/program/model.ts';
import { update } from '../../zoom-app/program/update.ts';
import type { Address } from '../../zoom-app/program/reading.ts';

/** Tuesday 24 November 2026, 08:00 in Berlin. */
export const NOW = Date.parse('2026-11-24T07:00:00Z');

/** A page to which facts happen; remembers what it wanted done. */
export class PageUnderTest {
  model: Model = FIRST;
  effects: Effect[] = [];

  constructor(address = '/', token: string | null = 'a-token') {
    this.happens({ kind: 'Opened', address, token, at: NOW });
  }

  /** @returns what this fact alone wants done */
  happens(fact: Fact): readonly Effect[] {
    const [model, effects] = update(this.model, fact);
    this.model = model;
    this.effects.push(...effects);
    return effects;
  }

  answers<Answer>(address: Address<Answer>, value: NoInfer<Answer>): readonly Effect[] {
    return this.happens({ kind: 'Answered', address, value, at: NOW });
  }

  /** The addresses that were asked for and not answered since. */
  get asked(): readonly string[] {
    return Object.entries(this.model.readings)
      .filter(([, { asked }]) => asked)
      .map(([path]) => path);
  }
}

export const MAYA = {
  id: 'maya',
  name: 'Maya Lindqvist',
  email: 'maya@example.com',
  roles: ['manager' as 'manager' | 'admin'],
  zone: 'Europe/Berlin',
  hours: {},
  preferredHours: null,
  active: true,
  senior: false,
  leave: null,
};

export const SERIES = {
  id: 'series-1',
  pair: 'pair-1',
  manager: { id: 'maya', name: 'Maya Lindqvist' },
  rep: { id: 'rui', name: 'Rui Costa' },
  account: 'account-1',
  provider: 'builtin' as const,
  title: '1-on-1',
  format: 'weekly_30' as const,
  minutes: 30,
  anchor: { weekday: 2, time: '11:00', zone: 'Europe/Berlin' },
  everyWeeks: 1,
  firstDay: '2026-11-03',
  endedAt: null,
  asks: null,
  observedAt: null,
  warning: null,
};

/** The meeting of the week that begins on this Monday, at 11:00 on its Tuesday. */
export function meeting(monday: string, more: { canMove?: boolean } = {}) {
  const start = new Date(Date.parse(`${monday}T10:00:00Z`) + 86_400_000).toISOString();
  const end = new Date(Date.parse(start) + 1_800_000).toISOString();
  const week = {
    start: new Date(Date.parse(`${monday}T00:00:00Z`) - 3_600_000).toISOString(),
    end: new Date(Date.parse(`${monday}T23:00:00Z`) + 4 * 86_400_000).toISOString(),
  };
  return {
    series: SERIES.id,
    pair: SERIES.pair,
    key: `1@${Date.parse(start) / 60_000}`,
    originalStart: start,
    zone: 'Europe/Berlin',
    slot: { start, end },
    week,
    state: 'scheduled' as const,
    excuse: null,
    because: null,
    asks: null,
    moves: [],
    cancelActs: [],
    counts: false,
    attestations: [],
    evidence: null,
    closesAt: week.end,
    recovery: null,
    excuseRequest: null,
    canMove: true,
    canAttest: false,
    canAnswerExcuse: false,
    session: null,
    ...more,
  };
}
