import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { builtPages } from '../../src/platform/pages.ts';

/** All scripts of a page together, as they travel. */
const MOST_BYTES = 32_000;

describe.each(['index.html', 'meeting.html'])('the page %s', (name) => {
  const folder = builtPages();
  const page = readFileSync(`${folder}/${name}`, 'utf8');

  test('has scripts that weigh less than 32 kB on their way, all together', () => {
    const scripts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path!);
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(folder + path)).length, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  test('fetches nothing from elsewhere', () => {
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page).not.toMatch(/<style|<script(?![^>]* src=)/);
  });
});
