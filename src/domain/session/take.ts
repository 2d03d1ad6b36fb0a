import { takeClocked } from './clockwork.ts';
import { notNow } from './happened.ts';
import type { Happened, Taken } from './happened.ts';
import { takeHeard } from './playback.ts';
import type { Session } from './session.ts';
import { takeWritten } from './written.ts';

/** The session after something happened in it, or why that could not be. Time never runs backwards. */
export function take(session: Session, happened: Happened): Taken {
  if (session.timer.is === 'closed') return notNow('This session is closed; what was said in it stays.');
  const did = { ...happened, at: Math.max(happened.at, session.touchedAt) };
  const taken = decide(session, did);
  return taken === session || 'refused' in taken ? taken : { ...taken, touchedAt: did.at };
}

function decide(session: Session, did: Happened): Taken {
  switch (did.kind) {
    case 'SessionStarted':
    case 'BlockPaused':
    case 'BlockResumed':
    case 'BlockEnded':
    case 'BlockReopened':
    case 'BlockExtended':
    case 'BlockSkipped':
    case 'ActUndone':
    case 'MeetingEnded':
      return takeClocked(session, did);
    case 'ClipBrought':
    case 'TranscriptWritten':
    case 'ClipPlayed':
    case 'ClipHeld':
    case 'ClipBackedUp':
    case 'SpeedSet':
    case 'LoopSet':
      return takeHeard(session, did);
    default:
      return takeWritten(session, did);
  }
}
