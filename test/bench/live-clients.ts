import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { SeededSession } from './live-seed.ts';

/** One revision arrived on a screen; the first one of a screen is where it starts. */
export type Arrived = (session: number, revision: number, at: number) => void;

/** Sends an update of a session; true where it was taken. */
export type Update = (session: number, revision: number) => Promise<boolean>;

export interface Clients {
  readonly update: Update;
  close(): void;
}

/** How many connections are opened at once. */
const AT_ONCE = 50;
const FRAME = /event: session\nid: (\d+)\n/g;
/** Longer than anything FRAME matches. */
const TAIL = 48;

/** Two streams for each session over plain sockets, and commands over HTTP. */
export async function connectStreams(
  port: number,
  sessions: readonly SeededSession[],
  arrived: Arrived,
  half: () => Promise<void>,
): Promise<Clients> {
  const streams = sessions.flatMap(({ id, tokens }, session) =>
    tokens.map((token) => ({ id, session, token })),
  );
  const sockets = await inTurns(streams, half, ({ id, session, token }) =>
    openStream(port, id, token, (revision, at) => arrived(session, revision, at)),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const update: Update = (session, revision) => post(agent, port, sessions[session]!, revision);
  return {
    update,
    close: () => {
      agent.destroy();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The same rooms over bare ws. */
export async function connectWs(
  port: number,
  rooms: number,
  arrived: Arrived,
  half: () => Promise<void>,
): Promise<Clients> {
  const seats = Array.from({ length: rooms * 2 }, (_, i) => Math.floor(i / 2));
  const sockets = await inTurns(seats, half, async (room) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/${room}`, { perMessageDeflate: false });
    await new Promise((resolve) => void socket.once('open', resolve));
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      for (const [, revision] of data.toString('latin1').matchAll(FRAME)) arrived(room, Number(revision), at);
    });
    return socket;
  });
  const update: Update = async (room, revision) => {
    sockets[room * 2]!.send(String(revision + 1));
    return true;
  };
  return { update, close: () => sockets.forEach((socket) => socket.terminate()) };
}

function openStream(
  port: number,
  id: string,
  token: string,
  arrived: (revision: number, at: number) => void,
) {
  return new Promise<ReturnType<typeof connect>>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.setNoDelay(true);
      const head = [
        `GET /api/sessions/${id}/stream HTTP/1.1`,
        'Host: localhost',
        `Authorization: Bearer ${token}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
    });
    let [rest, last] = ['', -1];
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      const at = performance.now();
      const text = rest + chunk.toString('latin1');
      rest = text.slice(-TAIL);
      for (const [, revision] of text.matchAll(FRAME)) {
        if (Number(revision) <= last) continue;
        arrived(Number(revision), at);
        if (last < 0) resolve(socket);
        last = Number(revision);
      }
    });
  });
}

function post(agent: Agent, port: number, { id, tokens }: SeededSession, revision: number): Promise<boolean> {
  const kind = revision % 2 === 0 ? 'stuck' : 'exciting';
  const body = JSON.stringify({ expected: revision, command: { do: 'look at', kind } });
  const headers = {
    Authorization: `Bearer ${tokens[0]}`,
    'Idempotency-Key': `${id} ${revision}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  const path = `/api/sessions/${id}/commands`;
  return new Promise((resolve, reject) => {
    const sent = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode === 200));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @param half is called when half of them stand: what the first ones warmed up is no cost of the others */
async function inTurns<T, R>(
  items: readonly T[],
  half: () => Promise<void>,
  open: (item: T) => Promise<R>,
): Promise<R[]> {
  const opened: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    if (at === items.length / 2) await half();
    opened.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(open))));
  }
  return opened;
}
