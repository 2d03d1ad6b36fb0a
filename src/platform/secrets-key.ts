import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 32;

/**
 * The key of an installation that was given none: made once, kept in the data folder for its owner's eyes only.
 * @throws Error when the file holds something else; a new key could not open what the old one sealed
 */
export function secretsKeyIn(dataDir: string): Buffer {
  const path = join(dataDir, 'secrets.key');
  keepUnlessThere(path, randomBytes(BYTES).toString('base64'));
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length === BYTES) return key;
  throw new Error(`${path} does not hold a key of ${BYTES} bytes. Put the old key back, or set SECRETS_KEY.`);
}

/** A link appears whole or not at all: a kill in the middle leaves no half key. */
function keepUnlessThere(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}
