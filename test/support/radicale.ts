import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawCollection } from './calendar-client.ts';

const USERS = { ana: 'secret-ana', bo: 'secret-bo' };
export type RadicaleUser = keyof typeof USERS;

/** A real CalDAV server of the test's own, on a free loopback port, with the users `ana` and `bo`. */
export class Radicale {
  readonly url: string;
  private readonly process: ChildProcess;
  private readonly folder: string;

  private constructor(url: string, server: ChildProcess, folder: string) {
    this.url = url;
    this.process = server;
    this.folder = folder;
  }

  /** @throws where Debian's `radicale` is not installed: a contract that is not run is not kept */
  static async start(): Promise<Radicale> {
    if (spawnSync('radicale', ['--version']).error) {
      throw new Error('Radicale is missing: run `apt-get install radicale`, or `npm test`, which does it.');
    }
    const folder = await mkdtemp(join(tmpdir(), 'perennial-radicale-'));
    const users = join(folder, 'users');
    await writeFile(
      users,
      Object.entries(USERS)
        .map((user) => user.join(':'))
        .join('\n'),
    );
    const port = await freePort();
    const server = spawn('radicale', optionsFor(port, folder, users), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilReady(server);
    return new Radicale(`http://127.0.0.1:${port}/`, server, folder);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
    await rm(this.folder, { recursive: true });
  }

  login(user: RadicaleUser): { url: string; user: RadicaleUser; password: string } {
    return { url: this.url, user, password: USERS[user] };
  }

  /** Makes a calendar and gives its address. */
  async makeCalendar(
    user: RadicaleUser,
    name: string,
    components = '<C:comp name="VEVENT"/>',
  ): Promise<string> {
    const url = `${this.url}${user}/${name}/`;
    const body = `<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
      <displayname>${name}</displayname>
      <C:supported-calendar-component-set>${components}</C:supported-calendar-component-set>
      </prop></set></C:mkcalendar>`;
    await this.request(user, 'MKCALENDAR', url, { body });
    return url;
  }

  /** The calendar as any client of the user's sees it. */
  raw(user: RadicaleUser, url: string): RawCollection {
    return {
      list: async () => {
        const listing = await this.request(user, 'PROPFIND', url, { headers: { depth: '1' } });
        const names = [...(await listing.text()).matchAll(/<(?:\w+:)?href>[^<]*\/([^/<]+)<\//g)].map(
          ([, name]) => name!,
        );
        return Promise.all(
          names.map(async (name) => ({
            name,
            ics: await (await this.request(user, 'GET', url + name)).text(),
          })),
        );
      },
      put: async (name, ics) => {
        await this.request(user, 'PUT', url + name, {
          body: ics,
          headers: { 'content-type': 'text/calendar' },
        });
      },
      delete: async (name) => {
        await this.request(user, 'DELETE', url + name);
      },
    };
  }

  /** From now on no sync token that was given out before is known. */
  async forgetSyncTokens(): Promise<void> {
    const root = join(this.folder, 'collection-root');
    const folders = await readdir(root, { recursive: true, withFileTypes: true });
    const tokens = folders.filter((entry) => entry.isDirectory() && entry.name === 'sync-token');
    await Promise.all(tokens.map((entry) => rm(join(entry.parentPath, entry.name), { recursive: true })));
  }

  private async request(
    user: RadicaleUser,
    method: string,
    url: string,
    init: RequestInit = {},
  ): Promise<Response> {
    const authorization = `Basic ${Buffer.from(`${user}:${USERS[user]}`).toString('base64')}`;
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    const response = await fetch(url, { ...init, method, headers });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
    return response;
  }
}

function optionsFor(port: number, folder: string, users: string): string[] {
  const options = {
    '--config': '',
    '--server-hosts': `127.0.0.1:${port}`,
    '--storage-filesystem-folder': folder,
    '--auth-type': 'htpasswd',
    '--auth-htpasswd-filename': users,
    '--auth-htpasswd-encryption': 'plain',
    '--rights-type': 'owner_only',
    '--logging-level': 'info',
  };
  return Object.entries(options).flat();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Radicale server ready')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`Radicale did not start:\n${said}`)));
  });
}
