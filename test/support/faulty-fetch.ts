import type { Fault } from './fault.ts';

const WRITES = ['PUT', 'DELETE'];

/** The network with a counter of writes, and one write that fails on demand. */
export class FaultyFetch {
  writes = 0;
  reads = 0;
  fault: Fault | null = null;

  readonly fetch: typeof fetch = async (input, init) => {
    const isWrite = WRITES.includes(init?.method ?? 'GET');
    if (isWrite) this.writes += 1;
    else this.reads += 1;
    const fault = isWrite ? this.fault : null;
    if (isWrite) this.fault = null;
    if (fault === 'before') throw new TypeError('fetch failed');
    const response = await fetch(input, init);
    if (fault === 'after commit') throw new TypeError('fetch failed');
    return response;
  };
}
