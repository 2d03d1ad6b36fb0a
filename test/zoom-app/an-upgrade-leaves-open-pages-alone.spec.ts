import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepTwo } from '../../zoom-app/keep-last-build.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
mkdirSync(join(folder, 'assets'));

/** What stands there after a build that made these assets. */
function built(...names: readonly string[]): readonly string[] {
  for (const name of names) writeFileSync(join(folder, 'assets', name), '');
  keepTwo(
    folder,
    names.map((name) => `assets/${name}`),
  );
  return readdirSync(join(folder, 'assets')).toSorted();
}

test('the files of the last build stay, so that a page opened before an upgrade still finds its parts', () => {
  expect(built('desk-1.js', 'audit-1.js')).toEqual(['audit-1.js', 'desk-1.js']);
  expect(built('desk-2.js', 'audit-1.js')).toEqual(['audit-1.js', 'desk-1.js', 'desk-2.js']);
  expect(built('desk-2.js', 'audit-1.js')).toEqual(['audit-1.js', 'desk-1.js', 'desk-2.js']);
  expect(built('desk-3.js', 'audit-3.js')).toEqual(['audit-1.js', 'audit-3.js', 'desk-2.js', 'desk-3.js']);
});

test('a note about an earlier build does not outlive it', () => {
  writeFileSync(join(folder, '.sources'), 'of an earlier build');
  built('desk-3.js', 'audit-3.js');
  expect(readdirSync(folder)).not.toContain('.sources');
});
