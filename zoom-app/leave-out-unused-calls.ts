import type { Plugin } from 'vite';
import { CAPABILITIES } from './meeting/capabilities.ts';

/** What the panel calls by name, and what these stand on. */
const CALLED = [
  'config',
  'callZoomApi',
  'getAppContext',
  'addEventListener',
  'removeEventListener',
  'native2js',
];

/** Every name that may go to the client or come from it. */
const USED: readonly string[] = [...CALLED, ...CAPABILITIES.map(({ name }) => name)];

const METHOD = /^ {4}ZoomSdk\.prototype\.(\w+) = function [^]*?^ {4}\};\n/gm;

/** How the native side's word for a call differs between versions of the client. */
const DIFFERENCE = /^ {4}_a\$2\[NativeApis\.(\w+)\] = [^]*?^ {8}_[\w$]+\),\n/gm;

const NAME = /^ {4}(Native(?:Apis|Events))\["(\w+)"\] = "(\w+)";\n/gm;

/**
 * Zoom's SDK is one class of two hundred calls, which no bundler can shake. The calls that the panel does not name
 * only wrap `callZoomApi`, and the SDK itself sends any name it does not know through that, so they can stay away.
 */
export function leaveOutUnusedCalls(): Plugin {
  return {
    name: 'leave-out-unused-calls',
    transform: (code, id) => (id.includes('@zoom/appssdk') ? onlyUsed(code) : null),
  };
}

function onlyUsed(code: string): string {
  const calls = new Map([...code.matchAll(NAME)].map(([, , constant, call]) => [constant!, call!]));
  const rest = code
    .replace(METHOD, (method, name: string) => (CALLED.includes(name) ? method : ''))
    .replace(DIFFERENCE, (difference, constant: string) =>
      USED.includes(calls.get(constant)!) ? difference : '',
    );
  return rest.replace(NAME, (line, kind: string, constant: string, call: string) =>
    USED.includes(call) || new RegExp(`\\b${kind}\\.${constant}\\b`).test(rest) ? line : '',
  );
}
