import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** `node ws-peer.ts PORT BYTES`: tells both of a room each revision that either of them names. */
const [port, bytes] = process.argv.slice(2).map(Number);
const filling = 'x'.repeat(bytes!);
const rooms = new Map<string, Set<WebSocket>>();
const server = new WebSocketServer({ port: port!, host: '127.0.0.1', perMessageDeflate: false });

server.on('connection', (socket, { url }) => {
  const room = rooms.get(url!) ?? new Set();
  rooms.set(url!, room.add(socket));
  socket.on('message', (revision: Buffer) => {
    const message = `event: session\nid: ${revision.toString()}\ndata: ${filling}\n\n`;
    for (const each of room) each.send(message);
  });
});
server.on('listening', () => process.send?.('ready'));
