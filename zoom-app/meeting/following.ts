import { positionAt } from '../../src/domain/session/playback.ts';
import type { SessionView } from '../../src/live/live.api.ts';

/** What both players are to do, as the server stamped it. */
export type Playback = NonNullable<SessionView['playback']>;

/** How our own element stands; milliseconds into the clip. */
export interface Element {
  readonly position: number;
  readonly paused: boolean;
}

/** What our element shall do now. A rate near the wanted one catches up without anybody hearing it. */
export type Correction =
  | { readonly do: 'nothing' }
  | { readonly do: 'stop'; readonly position: number }
  | { readonly do: 'seek'; readonly position: number }
  | { readonly do: 'play'; readonly position: number; readonly rate: number }
  | { readonly do: 'adjust'; readonly rate: number };

/** Below this nobody notices; above the other the ear would rather have a jump. Milliseconds. */
const UNHEARD = 40;
const TOO_FAR = 1000;

/** How much faster or slower a player may go to catch up: no voice changes audibly at that. */
const CATCH_UP = 0.05;

/** True where the clip stands still: it is paused, or was played once to its end. */
export function standsStill(playback: Playback, duration: number, serverNow: number): boolean {
  if (playback.is === 'paused') return true;
  return !playback.loop && positionAt(playback, duration, serverNow) >= duration;
}

/** What brings this element to where the other side's is. */
export function correct(
  playback: Playback,
  duration: number,
  element: Element,
  serverNow: number,
): Correction {
  const position = positionAt(playback, duration, serverNow);
  const ahead = element.position - position;
  const near = Math.abs(ahead) < UNHEARD;
  if (standsStill(playback, duration, serverNow)) {
    return element.paused && near ? { do: 'nothing' } : { do: 'stop', position };
  }
  // Not yet: both sides wait at the same place for the moment at which they start together.
  if (serverNow < playback.at) return element.paused && near ? { do: 'nothing' } : { do: 'stop', position };
  if (element.paused) return { do: 'play', position, rate: playback.speed };
  if (Math.abs(ahead) > TOO_FAR) return { do: 'seek', position };
  if (near) return { do: 'adjust', rate: playback.speed };
  return { do: 'adjust', rate: playback.speed * (ahead > 0 ? 1 - CATCH_UP : 1 + CATCH_UP) };
}
