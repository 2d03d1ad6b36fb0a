import type { SessionView } from '../../src/live/live.api.ts';

type ManagerView = Extract<SessionView, { you: 'manager' }>;

/** Any moment; what is shown depends on differences alone. */
export const SERVER_NOW = Date.parse('2026-11-24T10:00:00Z');

const PLAN = [
  ['open', 'Open', 60],
  ['inspect', 'Inspect', 120],
  ['deals', 'Deals', 600],
  ['coaching', 'Coaching', 900],
  ['career', 'Career', 300],
] as const;

/** A session as its manager sees it, before anything was done; `change` says what is different. */
export function aSession(change: Partial<ManagerView> = {}): ManagerView {
  return {
    session: 's1',
    revision: 1,
    now: SERVER_NOW,
    you: 'manager',
    people: { manager: { name: 'Maya' }, rep: { name: 'Rui' } },
    occurrence: {
      series: 'a',
      key: '1@1',
      slot: { start: '2026-11-24T10:00:00Z', end: '2026-11-24T10:30:00Z' },
    },
    arrived: { manager: SERVER_NOW, rep: SERVER_NOW },
    timer: { is: 'waiting' },
    current: 0,
    nextLocked: null,
    blocks: PLAN.map(([kind, name, planned]) => ({
      kind,
      name,
      planned,
      seconds: planned,
      spent: 0,
      startedAt: null,
      skipped: null,
      cues: [],
      prompts: [],
    })),
    overrun: 0,
    inspection: { last: null, tried: null, noticed: '' },
    deals: { looking: 'stuck', stuck: null, exciting: null },
    coaching: { step: 'hear', answer: '' },
    clip: null,
    playback: null,
    career: { question: '', answer: '' },
    resilience: null,
    commitment: { text: '', edit: 0, confirmed: { manager: false, rep: false }, locked: null },
    askForCommitmentAt: null,
    closesAt: null,
    outcome: null,
    missing: [],
    undo: null,
    done: null,
    preparation: { positive: '', notes: '' },
    flat: null,
    asksWhatWasSkipped: false,
    ...change,
  };
}

/** The same as the rep sees it. */
export function asRep(view: ManagerView): SessionView {
  const { flat: _flat, asksWhatWasSkipped: _asks, preparation, ...both } = view;
  return { ...both, you: 'rep', preparation: { notes: preparation.notes } };
}
