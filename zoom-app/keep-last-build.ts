import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The names of the newest build's files. Not served: it begins with a dot. */
const LIST = '.last-build.json';

/**
 * Leaves the files of the build before this one where they are, and takes away those of earlier ones. Whoever opened a
 * page before an upgrade can go on to another one, whose program still belongs to what they have.
 */
export function keepLastBuild(): Plugin {
  return {
    name: 'keep-last-build',
    config: () => ({ build: { emptyOutDir: false } }),
    writeBundle: ({ dir = '' }, bundle) => keepTwo(dir, Object.keys(bundle).toSorted()),
  };
}

/** Keeps those of a folder's assets that this build or the one before it made. */
export function keepTwo(dir: string, built: readonly string[]): void {
  const list = join(dir, LIST);
  const last = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
  // Other notes are about a build that is gone.
  forget(dir, (name) => name.startsWith('.') && name !== LIST);
  if (String(last) === String(built)) return;
  forget(join(dir, 'assets'), (name) => ![...built, ...last].includes(`assets/${name}`));
  writeFileSync(list, JSON.stringify(built));
}

function forget(folder: string, which: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(which)) rmSync(join(folder, name));
}
