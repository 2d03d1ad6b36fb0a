import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../platform/access/caller.ts';
import type { InSession } from './live-session.ts';
import type { Reader, Screen, Screens } from './screens.ts';

/** A reader who is this far behind is cut off; coming back, they get the newest revision alone. */
const MOST_WAITING = 1_048_576;

/** Whoever reads shows their token again after this long at the latest: it may have been taken back. */
const AN_HOUR_MS = 3_600_000;

/** One open answer. It holds its socket and nothing of the request or the session: there are thousands of them. */
class StreamScreen implements Screen {
  constructor(
    private readonly raw: ServerResponse,
    readonly reader: Reader,
    public revision: number,
  ) {}

  write(frame: string): void {
    if (this.raw.writableLength > MOST_WAITING) this.raw.destroy();
    else this.raw.write(frame);
  }

  end(): void {
    this.raw.end();
  }
}

interface Wanted {
  readonly caller: Caller;
  /** The revision the screen has already (`Last-Event-ID`). */
  readonly last: string | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Answers with a stream that stays open. It is written to the socket itself: half the memory of a stream object, and
 * nothing in between that would wait for an end.
 */
export function openStream(
  screens: Screens,
  { live, side }: InSession,
  { caller, last, now }: Wanted,
  reply: FastifyReply,
): void {
  const { raw } = reply;
  reply.hijack();
  // Whoever has gone meanwhile would not tell that they go.
  if (!raw.socket || raw.socket.destroyed) return;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  raw.socket?.setNoDelay(true);
  // Sent by itself a head is one string; sent with what follows it would stay in memory as forty.
  raw.flushHeaders();
  const known = last === String(live.revision);
  raw.write(known ? ': here\n\n' : `retry: 1000\n${screens.frame(live, side)}`);
  const until = Math.min(caller.until ?? Number.POSITIVE_INFINITY, now + AN_HOUR_MS);
  const screen = new StreamScreen(raw, { person: caller.person, side, until }, live.revision);
  screens.add(live, screen, (forget) => raw.on('close', forget));
}
