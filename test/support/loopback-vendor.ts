import { once } from 'node:events';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { certificateFor } from './certificate.ts';

type Handle = (request: Request) => Promise<Response>;

const connect = tls.connect;

/**
 * A vendor's hosts on this machine: unchanged code talks TLS to the vendor's own names, and lands on a loopback port.
 * As long as it runs, every other name is refused.
 */
export class LoopbackVendor {
  private constructor(
    private readonly server: Server,
    private readonly trusted: string[],
  ) {}

  static async start(hosts: readonly string[], handle: Handle): Promise<LoopbackVendor> {
    const { key, cert } = certificateFor(hosts);
    const server = createServer({ key, cert }, (request, response) => {
      void respond(handle, request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...trusted, cert]);
    redirect(hosts, (server.address() as AddressInfo).port);
    return new LoopbackVendor(server, trusted);
  }

  async stop(): Promise<void> {
    tls.connect = connect;
    tls.setDefaultCACertificates(this.trusted);
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function redirect(hosts: readonly string[], port: number): void {
  const redirected = (options: tls.ConnectionOptions, ...rest: []): tls.TLSSocket => {
    const name = options.servername || options.host || '';
    if (!hosts.includes(name)) throw new Error(`a test reached for ${name}`);
    return connect({ ...options, host: '127.0.0.1', port, servername: name }, ...rest);
  };
  tls.connect = redirected as typeof tls.connect;
}

async function respond(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = await answer(handle, request);
  response.writeHead(given.status, Object.fromEntries(given.headers));
  response.end(Buffer.from(await given.arrayBuffer()));
}

async function answer(handle: Handle, request: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const url = `https://${request.headers.host}${request.url}`;
  const { method = 'GET', headers } = request;
  const body = method === 'GET' || parts.length === 0 ? null : Buffer.concat(parts);
  return handle(new Request(url, { method, headers: headers as Record<string, string>, body }));
}
