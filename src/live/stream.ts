import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InSession } from './live-session.ts';
import type { Screen, Screens } from './screens.ts';

/** A reader who is this far behind is cut off; coming back, they get the newest revision alone. */
const MOST_WAITING = 1_048_576;

/**
 * Answers with a stream that stays open. It is written to the socket itself: half the memory of a stream object, and
 * nothing in between that would wait for an end.
 * @param last the revision the screen has already (`Last-Event-ID`)
 */
export function openStream(
  screens: Screens,
  { live, side }: InSession,
  last: string | undefined,
  request: FastifyRequest,
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
  const known = last === String(live.revision);
  raw.write(known ? ': here\n\n' : `retry: 1000\n${screens.frame(live, side)}`);
  const screen: Screen = {
    side,
    revision: live.revision,
    write: (frame) => {
      if (raw.writableLength > MOST_WAITING) raw.destroy();
      else raw.write(frame);
    },
    end: () => raw.end(),
  };
  request.raw.socket.setNoDelay(true);
  const remove = screens.add(live, screen);
  raw.on('close', remove);
  screens.lookAt(live.id);
}
