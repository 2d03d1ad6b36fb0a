import type { Side } from '../person.ts';
import type { FormatName } from '../series.ts';

/** What a block is for; the session knows its rules by it. No format has two of a kind. */
export type BlockKind = 'open' | 'inspect' | 'deals' | 'coaching' | 'career' | 'resilience' | 'actions';

export interface Block {
  readonly kind: BlockKind;
  readonly name: string;
  readonly seconds: number;
  readonly prompts: readonly string[];
}

/** The block plan of a meeting. */
export interface Format {
  readonly name: FormatName;
  /** Length of the calendar event. The blocks' plan may be longer by design (F044). */
  readonly minutes: number;
  readonly blocks: readonly Block[];
  /** What each side brings. */
  readonly prep: Readonly<Record<Side, string>>;
}
