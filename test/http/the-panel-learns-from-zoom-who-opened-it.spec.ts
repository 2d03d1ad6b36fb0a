import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase } from '../support/database.ts';
import { startService } from '../support/http.ts';
import { DEMANDED_HEADERS } from '../support/zoom/rules.ts';

const pages = mkdtempSync(join(tmpdir(), 'pages-'));
writeFileSync(join(pages, 'index.html'), '<!doctype html><head></head><p>Desk</p>');
writeFileSync(join(pages, 'meeting.html'), '<!doctype html><head></head><p>Panel</p>');

const service = await startService(await freshDatabase(), [], { pages });
const open = (context?: string) =>
  service.ask('GET', '/meeting', context === undefined ? {} : { headers: { 'X-Zoom-App-Context': context } });

test('the panel has an address of its own, with the four headers that Zoom demands', async () => {
  const { status, body, headers } = await open();
  expect([status, body]).toEqual([200, expect.stringContaining('Panel')]);
  for (const name of DEMANDED_HEADERS) expect(headers.get(name)).not.toBeNull();
});

test('the context that came with the request is in the page, and nothing keeps that page', async () => {
  const { body, headers } = await open('DHk1+a/b_-c=');
  expect(body).toContain('<meta name="zoom-app-context" content="DHk1+a/b_-c=" /></head>');
  expect(headers.get('cache-control')).toBe('no-store');
});

test.each(['"><script>', 'a b', ''])(
  'a context that cannot be one (%j) does not get into the page',
  async (forged) => {
    const { status, body } = await open(forged);
    expect([status, body]).toEqual([200, '<!doctype html><head></head><p>Panel</p>']);
  },
);
