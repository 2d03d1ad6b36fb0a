import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { builtPages } from '../../src/platform/pages.ts';
import { LATER_PAGES } from '../../zoom-app/program/routes.ts';

/** All scripts of a page together, as they travel. */
const MOST_BYTES = 32_000;

const PAGES = ['index', 'meeting', ...LATER_PAGES];
const folder = builtPages();

describe.each(PAGES)('the page %s', (name) => {
  const page = readFileSync(`${folder}/${name}.html`, 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path!);

  test('has scripts that weigh less than 32 kB on their way, all together', () => {
    const bytes = named.reduce((sum, path) => sum + gzipSync(readFileSync(`${folder}/${path}`)).length, 0);
    expect(named.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  test('names every script that it needs, so that none waits for another', () => {
    const needed = named.flatMap((path) =>
      [...readFileSync(`${folder}/${path}`, 'utf8').matchAll(/(?:from|import) ?"\.\/([\w-]+\.js)"/g)].map(
        ([, file]) => `assets/${file}`,
      ),
    );
    expect(needed.filter((path) => !named.includes(path))).toEqual([]);
    expect(needed).not.toEqual([]);
  });

  test('fetches nothing from elsewhere', () => {
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page).not.toMatch(/<style|<script(?![^>]* src=)/);
  });
});

test.each(LATER_PAGES)('whoever opens the desk does not load the program of the page %s', (name) => {
  const [front, later] = ['index', name].map((each) => readFileSync(`${folder}/${each}.html`, 'utf8'));
  expect(later).toMatch(`/assets/${name}-page-`);
  expect(front).not.toMatch(`/assets/${name}-page-`);
});
