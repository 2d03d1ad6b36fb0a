import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Side } from '../domain/person.ts';
import type { InSession } from './live-session.ts';
import type { Screen, Screens } from './screens.ts';

/** A reader who is this far behind is cut off; coming back, they get the newest revision alone. */
const MOST_WAITING = 1_048_576;

/** One open answer. It holds its socket and nothing of the request or the session: there are thousands of them. */
class StreamScreen implements Screen {
  constructor(
    private readonly raw: ServerResponse,
    readonly side: Side,
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

/**
 * Answers with a stream that stays open. It is written to the socket itself: half the memory of a stream object, and
 * nothing in between that would wait for an end.
 * @param last the revision the screen has already (`Last-Event-ID`)
 */
export function openStream(
  screens: Screens,
  { live, side }: InSession,
  last: string | undefined,
  reply: FastifyReply,
): void {
  const { raw } = reply;
  reply.hijack();
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
  screens.add(live, new StreamScreen(raw, side, live.revision), (forget) => raw.on('close', forget));
}
