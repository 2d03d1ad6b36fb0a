import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rootFolder } from './root.ts';

interface Page {
  readonly body: Buffer;
  /** Null where it would not get smaller. */
  readonly gzip: Buffer | null;
  readonly type: string;
  readonly etag: string;
  readonly caching: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Vite puts a hash of the content into these names, so what was once fetched is never asked for again. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;

/** Addresses that belong to the service: an unknown one there is a problem, not a page. */
const OURS = /^\/(api|problems|health|feeds|media|webhooks|oauth)(\/|$)/;

/** Sealed base64, so nothing in it can be anything but text in the page. */
const CONTEXT = /^[\w+/=-]+$/;

/** The folder that `npm run build` leaves the front end in. */
export function builtPages(): string {
  return join(rootFolder(), 'zoom-app', 'dist');
}

/**
 * Serves the built front end from memory. Every address that is neither a file nor the service's own gets the
 * front page, which finds its way by itself.
 */
export function servePages(instance: FastifyInstance, folder: string): void {
  const pages = readPages(folder);
  instance.get('/*', (request, reply) => {
    const path = request.url.split('?')[0]!;
    const page =
      pages.get(path) ??
      pages.get(`${path}.html`) ??
      (OURS.test(path) || extname(path) !== '' ? undefined : pages.get('/index.html'));
    const context = request.headers['x-zoom-app-context'];
    if (!page) reply.callNotFound();
    else if (typeof context === 'string' && CONTEXT.test(context)) giveWithContext(page, context, reply);
    else give(page, request, reply);
  });
}

function readPages(folder: string): ReadonlyMap<string, Page> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    // What begins with a dot is the build's own note.
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = file.slice(folder.length).replaceAll(sep, '/');
      return [path, pageOf(path, readFileSync(file))];
    }),
  );
}

function pageOf(path: string, body: Buffer): Page {
  const gzip = gzipSync(body, { level: 9 });
  return {
    body,
    gzip: gzip.length < body.length ? gzip : null,
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    caching: HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}

function give(page: Page, request: FastifyRequest, reply: FastifyReply): void {
  const gzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') ? page.gzip : null;
  const etag = `"${page.etag}${gzip ? '-gzip' : ''}"`;
  void reply.headers({ ETag: etag, 'Cache-Control': page.caching, Vary: 'Accept-Encoding' });
  if (gzip) void reply.header('Content-Encoding', 'gzip');
  if (request.headers['if-none-match'] === etag) void reply.code(304).send();
  else void reply.type(page.type).send(gzip ?? page.body);
}

/**
 * Zoom's client says with the page's request who opened it. The page gets that word back and can exchange it at once,
 * though the client's own bridge may be slow or dead. It is a credential: nothing keeps this answer.
 */
function giveWithContext(page: Page, context: string, reply: FastifyReply): void {
  const said = `<meta name="zoom-app-context" content="${context}" />`;
  const body = page.body.toString().replace('</head>', `${said}</head>`);
  void reply.header('Cache-Control', 'no-store').type(page.type).send(body);
}
