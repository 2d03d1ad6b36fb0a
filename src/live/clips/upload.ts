import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../platform/problems/problem.ts';

const MEBIBYTE = 1_048_576;

/**
 * Streams a recording into a file of its own, for `work`, and removes it whatever happens: only the slice is kept.
 * @throws Problem for one that is larger than allowed
 */
export async function withUpload<T>(
  body: Readable,
  { dataDir, megabytes }: { readonly dataDir: string; readonly megabytes: number },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = join(dataDir, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    await pipeline(body, atMost(megabytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(path, { force: true });
  }
}

function atMost(megabytes: number): Transform {
  let left = megabytes * MEBIBYTE;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      left -= chunk.length;
      if (left >= 0) done(null, chunk);
      else done(tooLarge(megabytes));
    },
  });
}

/** The rest of the body is not read, so nothing else can follow on its connection. */
function tooLarge(megabytes: number): Problem {
  const says = `A recording may have ${megabytes} MiB.`;
  return new Problem('too-large', says, { headers: { Connection: 'close' } });
}
