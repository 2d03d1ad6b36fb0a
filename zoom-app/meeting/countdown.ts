import type { SessionView } from '../../src/live/live.api.ts';

/** What the timer shows. It nudges and never cuts, so time simply goes on below zero. */
export interface Countdown {
  /** Milliseconds until the block is used up; negative once it is over. */
  readonly left: number;
  readonly tone: 'calm' | 'near' | 'over';
}

const NEAR_MS = 120_000;
const NEAR_SHARE = 0.2;

/** The countdown of the current block at this server time; nobody counts ticks. */
export function countdown({ timer, blocks, current }: SessionView, serverNow: number): Countdown {
  const { seconds, spent } = blocks[current]!;
  const running = timer.is === 'running' ? Math.max(0, serverNow - timer.since) : 0;
  const left = seconds * 1000 - spent - running;
  if (left <= 0) return { left, tone: 'over' };
  return { left, tone: left <= Math.min(NEAR_MS, seconds * 1000 * NEAR_SHARE) ? 'near' : 'calm' };
}

/** `9:30`, or in words once it is over: `1 min 20 s over`. */
export function countdownText({ left }: Countdown): string {
  if (left > 0) return clockText(Math.ceil(left / 1000));
  const over = Math.floor(-left / 1000);
  const minutes = Math.floor(over / 60);
  return `${minutes > 0 ? `${minutes} min ` : ''}${over % 60} s over`;
}

/** `9:30` of 570 seconds. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long a cue stands there to be seen. */
const CUE_MS = 30_000;

/** The cue of the current block that came up just now, in seconds into the block; null where none did. */
export function cueAt({ blocks, current }: SessionView, { left }: Countdown): number | null {
  const { seconds, cues } = blocks[current]!;
  const used = seconds * 1000 - left;
  return cues.findLast((cue) => used >= cue * 1000 && used < cue * 1000 + CUE_MS) ?? null;
}

/** F060: the cues that are also heard, in seconds into the block: before the cap of the deals, and at it. */
const HEARD: Partial<Record<SessionView['blocks'][number]['kind'], readonly number[]>> = {
  deals: [480, 600],
};

/** Whether a cue to be heard was passed between two moments; one that passed while the page slept is silent. */
export function cueHeard({ blocks, current }: SessionView, before: number, after: number): boolean {
  const { seconds, cues, kind } = blocks[current]!;
  return cues.some((cue) => {
    const left = (seconds - cue) * 1000;
    return HEARD[kind]?.includes(cue) && before > left && after <= left && after > left - CUE_MS;
  });
}

/** Whole minutes of a block's length, or seconds where it is shorter: `10 min`. */
export function lengthText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** Milliseconds until another text would be shown, so that every screen changes at the same moment. */
export function untilNextText({ left }: Pick<Countdown, 'left'>): number {
  const beyond = ((left % 1000) + 1000) % 1000;
  return beyond === 0 ? 1000 : beyond;
}

/** At these minutes left a listener hears how far the block is. */
const SPOKEN = [10, 5, 2, 1, 0];

/**
 * The minute mark that was passed between two moments of a block; null where none was. Minutes over count as
 * negative ones.
 */
export function markPassed(before: number, after: number): number | null {
  const mark = Math.ceil(after / 60_000) + 0;
  if (mark * 60_000 >= before || mark * 60_000 < after) return null;
  return mark < 0 || SPOKEN.includes(mark) ? mark : null;
}
