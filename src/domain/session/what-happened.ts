import type { BlockKind } from '../agenda/format.ts';
import { outcomeOf } from './closing.ts';
import type { Outcome } from './closing.ts';
import type { Missing, Session, SkipReason } from './session.ts';

/** What the occurrence keeps of its session: what was done, never what was said. */
export interface WhatHappened {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: Outcome | null;
  readonly blocks: readonly {
    readonly kind: BlockKind;
    readonly planned: number;
    /** Whole seconds. */
    readonly spent: number;
    readonly skipped: SkipReason | null;
  }[];
  readonly inspected: boolean;
  readonly artifact: 'clip' | 'excerpt' | null;
  readonly commitment: 'none' | 'written' | 'confirmed';
  readonly missing: readonly Missing[];
}

export function whatHappened(session: Session): WhatHappened {
  const { startedAt, endedAt, blocks, tried, clip, edit, confirmed, missing } = session;
  const both = confirmed.manager !== null && confirmed.rep !== null;
  return {
    startedAt,
    endedAt,
    outcome: outcomeOf(session),
    inspected: tried !== null,
    missing,
    blocks: blocks.map(({ kind, planned, spent, skipped }) => ({
      kind,
      planned,
      skipped,
      spent: Math.round(spent / 1000),
    })),
    artifact: clip && (clip.media ? 'clip' : 'excerpt'),
    commitment: edit === 0 ? 'none' : both ? 'confirmed' : 'written',
  };
}
