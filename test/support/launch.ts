import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A process under test: what it said so far, and how it ended. */
export interface Launched {
  readonly process: ChildProcess;
  said(): string;
  /** Resolves with the matched text; rejects with everything said when the process ends before. */
  says(what: RegExp): Promise<RegExpMatchArray>;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
}

const folders: string[] = [];
const launched: Launched[] = [];

afterAll(async () => {
  for (const { process: left } of launched) left.kill('SIGTERM');
  await Promise.all(launched.map(({ ended }) => ended));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs the project's own Node in the repository's folder. */
export function launch(
  parts: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Launched {
  const child = spawn(process.execPath, parts, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (what: RegExp): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const listener = (): void => {
        const match = said.match(what);
        if (match !== null) resolve(match);
      };
      listeners.add(listener);
      listener();
      void ended.then((code) => reject(new Error(`ended with ${code} before saying ${what}: ${said}`)));
    });
  const result = { process: child, said: () => said, says, ended };
  launched.push(result);
  return result;
}

/** A data folder that is gone after the file's tests. Root's own databases may stay in it: others can enter. */
export function temporaryDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-data-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}
