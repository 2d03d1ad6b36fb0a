import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import type { Table } from './measure.ts';

const PAGES = join(import.meta.dirname, '..', '..', 'zoom-app');

/** The largest the panel may be with Zoom's SDK in it, in bytes. */
const GOAL = 32_000;

/** What its share of a hello in React with the same SDK may be at most. */
const SHARE = 0.4;

/** P11: the whole panel beside one timer and three buttons in React, and beside the SDK alone; all with gzip -9. */
export async function panelWeight(): Promise<Table> {
  const react = await weigh(hello('react-hello.js'));
  const floor = await weigh(hello('sdk-alone.js'));
  const panel = await weigh(panelConfig());
  const share = panel / react;
  return {
    title: 'JavaScript of the panel, with Zoom’s SDK, gzip',
    rows: [
      { what: 'a hello in React', shown: `${react} B` },
      { what: 'the whole panel', shown: `${panel} B`, note: `${Math.round(share * 100)} % of that` },
      { what: 'the SDK alone, whole', shown: `${floor} B` },
    ],
    goals: [
      { says: 'under 32 kB', measured: `${(panel / 1000).toFixed(1)} kB`, met: panel < GOAL },
      {
        says: 'under 40 % of a hello in React',
        measured: `${(share * 100).toFixed(1)} %`,
        met: share < SHARE,
      },
    ],
  };
}

/** The product's own build, of the meeting's page alone. */
function panelConfig(): InlineConfig {
  const input = join(PAGES, 'meeting.html');
  const configFile = join(PAGES, 'vite.config.ts');
  return { configFile, build: { write: false, rolldownOptions: { input } } };
}

/** A page of one script, built the way the product is. */
export function hello(file: string): InlineConfig {
  const input = join(import.meta.dirname, 'hello', file);
  const output = { write: false, target: 'es2022', modulePreload: { polyfill: false } };
  return { configFile: false, root: PAGES, build: { ...output, rolldownOptions: { input } } };
}

async function weigh(config: InlineConfig): Promise<number> {
  return (await filesOf(config))
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
}

interface BuiltFile {
  readonly name: string;
  readonly body: string | Uint8Array;
}

/** What a build leaves behind, in memory. */
export async function filesOf(config: InlineConfig): Promise<readonly BuiltFile[]> {
  const built = await build({ ...config, mode: 'production', logLevel: 'error' });
  return [built]
    .flat()
    .flatMap((each) => ('output' in each ? each.output : []))
    .map((file) => ({ name: file.fileName, body: file.type === 'chunk' ? file.code : file.source }));
}
