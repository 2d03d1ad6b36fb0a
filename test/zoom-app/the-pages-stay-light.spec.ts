import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { builtPages } from '../../src/platform/pages.ts';

/** All scripts of all pages together, as they travel. */
const MOST_BYTES = 32_000;

test('all scripts together weigh less than 32 kB on their way', () => {
  const folder = `${builtPages()}/assets`;
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(`${folder}/${name}`)).length, 0);
  expect(scripts.length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test('nothing is fetched from elsewhere', () => {
  const folder = builtPages();
  const page = readFileSync(`${folder}/index.html`, 'utf8');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<style|<script(?![^>]* src=)/);
});
