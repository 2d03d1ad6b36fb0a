import type { Plugin } from 'vite';

/** What the panel calls by name, and what these stand on. */
const CALLED = [
  'config',
  'callZoomApi',
  'getAppContext',
  'addEventListener',
  'removeEventListener',
  'native2js',
];

const METHOD = /^ {4}ZoomSdk\.prototype\.(\w+) = function [^]*?^ {4}\};\n/gm;

/**
 * Zoom's SDK is one class of two hundred calls, which no bundler can shake. The calls that the panel does not name
 * only wrap `callZoomApi`, and the SDK itself sends any name it does not know through that, so they can stay away.
 */
export function leaveOutUnusedCalls(): Plugin {
  return {
    name: 'leave-out-unused-calls',
    transform(code, id) {
      if (!id.includes('@zoom/appssdk')) return null;
      return code.replace(METHOD, (method, name: string) => (CALLED.includes(name) ? method : ''));
    },
  };
}
