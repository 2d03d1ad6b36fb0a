import type { OccurrenceState } from '../../src/domain/occurrence.ts';

export type ShapeName =
  'disc' | 'ring' | 'circle' | 'arrow' | 'diamond' | 'half' | 'half-question' | 'cross' | 'dash' | 'broken';

/** How a state looks and what it is called; never told by its hue alone. */
export interface Look {
  readonly shape: ShapeName;
  readonly hue: 'held' | 'open' | 'moved' | 'owed' | 'unsure' | 'lost' | 'excused' | 'unmeasured';
  readonly word: string;
}

export const LOOKS: Readonly<Record<OccurrenceState, Look>> = {
  scheduled: { shape: 'circle', hue: 'open', word: 'Scheduled' },
  moved: { shape: 'arrow', hue: 'moved', word: 'Moved' },
  held_verified: { shape: 'disc', hue: 'held', word: 'Held' },
  held_attested: { shape: 'ring', hue: 'held', word: 'Held, both say' },
  held_disputed: { shape: 'half-question', hue: 'unsure', word: 'Disputed' },
  unconfirmed: { shape: 'half', hue: 'unsure', word: 'Unconfirmed' },
  short: { shape: 'half', hue: 'unsure', word: 'Short' },
  deferred: { shape: 'cross', hue: 'lost', word: 'Deferred' },
  no_show_manager: { shape: 'cross', hue: 'lost', word: 'No-show: manager' },
  no_show_rep: { shape: 'cross', hue: 'lost', word: 'No-show: rep' },
  no_show_both: { shape: 'cross', hue: 'lost', word: 'No-show: both' },
  cancelled_manager: { shape: 'cross', hue: 'lost', word: 'Cancelled by manager' },
  cancelled_rep: { shape: 'cross', hue: 'lost', word: 'Cancelled by rep' },
  cancelled_unknown: { shape: 'cross', hue: 'lost', word: 'Cancelled' },
  excused: { shape: 'dash', hue: 'excused', word: 'Excused' },
  recovered: { shape: 'disc', hue: 'owed', word: 'Recovered' },
  not_measurable: { shape: 'broken', hue: 'unmeasured', word: 'Not measurable' },
};

export const RECOVERY_LOOK: Look = { shape: 'diamond', hue: 'owed', word: 'Recovery' };
export const GONE_LOOK: Look = { shape: 'cross', hue: 'lost', word: 'Gone from the calendar' };

/** How an owed meeting looks at a moment: what is over and was not closed yet waits for somebody's word. */
export function lookOf(state: OccurrenceState, over: boolean): Look {
  const look = LOOKS[state];
  return over && (state === 'scheduled' || state === 'moved') ? { ...look, word: 'Not yet said' } : look;
}

/** One example of each shape, for the key of the grid. */
export const KEY: readonly Look[] = [
  LOOKS.held_attested,
  LOOKS.scheduled,
  LOOKS.moved,
  RECOVERY_LOOK,
  { ...LOOKS.unconfirmed, word: 'Unconfirmed, short' },
  LOOKS.held_disputed,
  { ...LOOKS.cancelled_unknown, word: 'Cancelled, no-show' },
  LOOKS.excused,
  LOOKS.not_measurable,
];
