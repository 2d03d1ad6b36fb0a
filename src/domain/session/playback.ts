import type { Side } from '../person.ts';
import { notNow, notPossible } from './happened.ts';
import type { Heard, Taken } from './happened.ts';
import type { AttachedClip, Done, Millisecond, Playback, Session, TranscriptLine } from './session.ts';

interface By {
  readonly by: Side;
  readonly at: Millisecond;
}

type Did<Kind extends Heard['kind']> = By & Extract<Heard, { kind: Kind }>;

/** Both sides get the word before the sound has to start. */
const LEAD_MS = 1200;

/** One shared state of playing; each side computes where it should be and corrects itself. */
export function takeHeard(session: Session, did: By & Heard): Taken {
  const { by, at } = did;
  if (did.kind === 'ClipBrought') return bring(session, did);
  if (did.kind === 'TranscriptWritten') return write(session, did);
  const { clip, playback } = session;
  if (!clip || !playback) return notNow('There is no clip yet.');
  const here = positionAt(playback, clip.duration, at);
  const moved = (
    patch: Partial<Playback>,
    what: 'played the clip' | 'held the clip' | null = null,
  ): Session => {
    const done: Done | null = what ? { by, at, what } : session.done;
    return { ...session, playback: { ...playback, ...patch }, done };
  };
  switch (did.kind) {
    case 'ClipPlayed': {
      const from = did.position ?? (here >= clip.duration ? 0 : here);
      const position = Math.min(from, clip.duration);
      return moved({ is: 'playing', position, at: at + LEAD_MS }, 'played the clip');
    }
    case 'ClipHeld':
      return moved({ is: 'paused', position: here, at }, 'held the clip');
    case 'ClipBackedUp': {
      const lead = playback.is === 'playing' ? LEAD_MS : 0;
      return moved({ position: Math.max(0, here - did.milliseconds), at: at + lead });
    }
    case 'SpeedSet':
      return moved({ speed: did.speed, position: here, at: Math.max(at, playback.at) });
    case 'LoopSet':
      return moved({ loop: did.loop, position: here, at: Math.max(at, playback.at) });
    default:
      return did satisfies never;
  }
}

/** Whole milliseconds into the clip; never outside it. */
export function positionAt(
  { is, position, at, speed, loop }: Playback,
  duration: number,
  now: Millisecond,
): number {
  if (is === 'paused') return position;
  const reached = Math.round(position + Math.max(0, now - at) * speed);
  return loop && duration > 0 ? reached % duration : Math.min(reached, duration);
}

/** Whether the recording was removed, its time being over. */
export function isGone({ media }: AttachedClip, now: Millisecond): boolean {
  return media?.keepUntil !== undefined && now >= media.keepUntil;
}

function bring(session: Session, { by, at, clip, transcript }: Did<'ClipBrought'>): Session {
  const speed = session.playback?.speed ?? 1;
  const playback: Playback = { is: 'paused', position: 0, at, speed, loop: false };
  const done: Done = { by, at, what: 'brought a clip' };
  return withTranscript({ ...session, clip, playback, done }, transcript);
}

function write(session: Session, { lines }: Did<'TranscriptWritten'>): Taken {
  if (!session.clip) return notNow('There is no clip yet.');
  const { duration } = session.clip;
  if (lines.some(({ at }) => at > duration)) return notPossible('A line lies outside the clip.');
  return withTranscript(session, lines);
}

function withTranscript(session: Session, transcript: readonly TranscriptLine[]): Session {
  const { words } = session;
  return { ...session, words: { ...words, pair: { ...words.pair, transcript } } };
}
